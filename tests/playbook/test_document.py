from __future__ import annotations

import json
from collections.abc import Callable

from caopan.playbook.compiler import Compiled
from caopan.playbook.document import ladder_document, rule_document
from caopan.playbook.handbook import handbook
from caopan.playbook.wording import in_words


def test_a_rule_is_told_in_full(aov_fell: str, compile_text: Callable[[str], Compiled]) -> None:
    rule = compile_text(aov_fell).rule
    assert rule is not None

    assert rule_document(rule, language="zh") == {
        "id": "aov_fell", "topic": "basket", "lens": "goods", "metric": "aov",
        "severity": "medium", "status": "active", "origin": "shipped", "confidence": "trade",
        "name": {"zh": "客单价从 … 降到 …", "en": "GMV per buyer fell from … to …"},
        "title": {"zh": "客单价从 {comparison} 降到 {value}",
                  "en": "GMV per buyer fell from {comparison} to {value}"},
        "doubt": None,
        "advice": {"zh": "补组合装", "en": "Add bundles"},
        "settle": None,
        "source": {"zh": "行业经验", "en": "Trade knowledge"},
        "limits": {"zh": "新客多时会误报", "en": "Misleads when many buyers are new"},
        "condition": in_words(rule.condition, language="zh"),
        "author": "小林", "written_on": "2026-03-01", "changed_on": None, "version": 1,
        "examples": [_aov("firing", "0.80", "supported"), _aov("quiet", "0.95", None)],
    }


def _aov(kind: str, yuan: str, expected: str | None) -> dict[str, object]:
    """Return one example: the file holds minor units, the document a string of the major unit."""
    return {"kind": kind, "expected": expected, "signals": [
        {"metric": "aov", "against": "previous", "value": yuan, "comparison": "1.00",
         "currency": "CNY", "n": 0, "n_comparison": 0, "p_value": None, "percentile": None,
         "verdict": "supported"}]}


def test_every_shipped_rule_and_the_ladder_survive_json() -> None:
    book = handbook()

    for told in [*(rule_document(rule, language="en") for rule in book.rules),
                 ladder_document(book.ladder)]:
        assert json.loads(json.dumps(told, ensure_ascii=False, allow_nan=False)) == told


def test_the_ladder_names_its_rungs_in_order() -> None:
    told = ladder_document(handbook().ladder)

    rungs = told["rungs"]
    assert isinstance(rungs, list)
    assert [rung["id"] for rung in rungs] == [
        "cold_start", "conversion", "depth", "reach", "team", "repeat", "brand",
    ]
    assert told["confidence"] == "trade"

from __future__ import annotations

import json
from collections.abc import Callable

from caopan.playbook.compiler import Compiled
from caopan.playbook.document import document, ladder_document
from caopan.playbook.handbook import handbook


def test_a_rule_is_told_in_full(aov_fell: str, compile_text: Callable[[str], Compiled]) -> None:
    rule = compile_text(aov_fell).rule
    assert rule is not None

    assert document(rule) == {
        "schema_version": 1,
        "id": "aov_fell",
        "topic": "basket",
        "lens": "goods",
        "metric": "aov",
        "severity": "medium",
        "confidence": "trade",
        "status": "active",
        "title": {
            "zh": "客单价从 {comparison} 降到 {value}",
            "en": "GMV per buyer fell from {comparison} to {value}",
        },
        "doubt": None,
        "condition": {
            "metric": "aov",
            "against": "previous",
            "direction": "down",
            "change_at_least": 0.1,
            "verdict": "supported",
            "all": [],
            "any": [],
            "unless": [],
            "report_doubt": False,
        },
        "advice": {"zh": "补组合装", "en": "Add bundles"},
        "settle": None,
        "limits": {"zh": "新客多时会误报", "en": "Misleads when many buyers are new"},
        "source": {"zh": "行业经验", "en": "Trade knowledge"},
        "author": "小林",
        "written_on": "2026-03-01",
        "changed_on": None,
        "version": 1,
        "origin": "shipped",
        "files": ["aov_fell.toml"],
        "examples": {
            "firing": [{"expected": "supported", "signals": [
                {"metric": "aov", "against": "previous", "value": 80.0, "comparison": 100.0,
                 "difference": None, "percentile": None, "n": 0, "n_comparison": 0,
                 "verdict": "supported"}]}],
            "quiet": [{"expected": None, "signals": [
                {"metric": "aov", "against": "previous", "value": 95.0, "comparison": 100.0,
                 "difference": None, "percentile": None, "n": 0, "n_comparison": 0,
                 "verdict": "supported"}]}],
        },
    }


def test_every_shipped_rule_and_the_ladder_survive_json() -> None:
    book = handbook()

    for told in [*map(document, book.rules), ladder_document(book.ladder)]:
        assert json.loads(json.dumps(told, ensure_ascii=False, allow_nan=False)) == told


def test_the_ladder_names_its_rungs_in_order() -> None:
    told = ladder_document(handbook().ladder)

    rungs = told["rungs"]
    assert isinstance(rungs, list)
    assert [rung["id"] for rung in rungs] == [
        "cold_start", "conversion", "depth", "reach", "team", "repeat", "brand",
    ]
    assert told["confidence"] == "trade"

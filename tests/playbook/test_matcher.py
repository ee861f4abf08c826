from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from caopan.playbook.compiler import Compiled
from caopan.playbook.matcher import matches, read_by
from caopan.playbook.rule import Rule, Status
from caopan.playbook.signal import Against, Signal
from caopan.units.message import Text
from caopan.units.verdict import Verdict

CHEAPER = Signal(
    metric="aov", against=Against.PREVIOUS, value=6000, comparison=9000, verdict=Verdict.SUPPORTED
)
BUSIER = Signal(
    metric="viewers_per_session",
    against=Against.PREVIOUS,
    value=900,
    comparison=500,
    verdict=Verdict.SUPPORTED,
)


@pytest.fixture
def rule(aov_fell: str, compile_text: Callable[[str], Compiled]) -> Rule:
    found = compile_text(aov_fell).rule
    assert found is not None
    return found


def test_a_rule_speaks_about_the_signal_it_names(rule: Rule) -> None:
    found = matches([BUSIER, CHEAPER], [rule])

    assert [(match.rule.id, match.signal, match.verdict) for match in found] == [
        ("aov_fell", CHEAPER, Verdict.SUPPORTED)
    ]
    assert found[0].title.say("en", value="60", comparison="90") == (
        "GMV per buyer fell from 90 to 60"
    )


def test_the_same_metric_compared_with_something_else_is_another_signal(rule: Rule) -> None:
    assert matches([replace(CHEAPER, against=Against.PEERS)], [rule]) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.OFF])
def test_a_draft_and_a_rule_switched_off_are_quiet(rule: Rule, status: Status) -> None:
    assert matches([CHEAPER], [replace(rule, status=status)]) == []
    assert read_by([replace(rule, status=status)]) == frozenset()


def test_the_signals_that_helped_are_handed_over(
    aov_fell: str, compile_text: Callable[[str], Compiled]
) -> None:
    diluted = compile_text(
        aov_fell.replace(
            "[advice]",
            '[[condition.all]]\nmetric = "viewers_per_session"\nagainst = "previous"\n'
            'direction = "up"\n\n[advice]',
        ).replace(
            "comparison = 100\n\n[[examples.quiet]]",
            "comparison = 100\nwith = [{ metric = 'viewers_per_session', against = 'previous', "
            "value = 2, comparison = 1 }]\n\n[[examples.quiet]]",
        )
    )
    assert diluted.rule is not None, diluted.issues

    assert matches([CHEAPER, BUSIER], [diluted.rule])[0].beside == (BUSIER,)
    assert matches([CHEAPER], [diluted.rule]) == []
    assert read_by([diluted.rule]) == {
        ("aov", Against.PREVIOUS),
        ("viewers_per_session", Against.PREVIOUS),
    }


def test_a_match_in_doubt_has_the_title_of_doubt(rule: Rule) -> None:
    careful = replace(
        rule,
        doubt=Text(zh="说不准", en="cannot tell"),
        condition=replace(rule.condition, report_doubt=True),
    )

    found = matches([replace(CHEAPER, verdict=Verdict.CANNOT_TELL)], [careful])

    assert found[0].title.en == "cannot tell"
    assert matches([CHEAPER], [careful])[0].title.en.startswith("GMV per buyer fell")

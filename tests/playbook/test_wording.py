from __future__ import annotations

from enum import StrEnum

import pytest

from caopan.playbook.condition import Clause, Condition, Direction, Wanted
from caopan.playbook.signal import Against
from caopan.playbook.wording import in_words, metric_name
from caopan.playbook.words import WORDS, word
from caopan.units.unit import Unit


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        (
            Clause(metric="aov", against=Against.PREVIOUS, direction=Direction.UP),
            "客单价比上一期高",
            "GMV per buyer above the previous period",
        ),
        (
            Clause(metric="aov", against=Against.LEVEL, below=12_345_600),
            "客单价低于 123,456",
            "GMV per buyer under 123,456",
        ),
        (
            Clause(metric="enter_rate", against=Against.PEERS, percentile_above=0.75, minimum_n=4),
            "曝光进房率（人数）在同行里排在前 25%，样本不少于 4",
            "enter rate (people) in the highest 25% of its peers, with a count of 4 or more",
        ),
        (
            Clause(
                metric="enter_rate", against=Against.OWN, direction=Direction.DOWN,
                difference_at_least=0.005, verdict=Wanted.ANY,
            ),
            "曝光进房率（人数）比自己的历史低至少 0.5%（数据说不准也算）",
            (
                "enter rate (people) below its own history by at least 0.5%"
                " (also where the data cannot tell)"
            ),
        ),
        (
            Clause(
                metric="hours_per_session", against=Against.LEVEL, above=2.5,
                verdict=Wanted.CANNOT_TELL,
            ),
            "场均时长高于 2.5 小时（且数据还说不准）",
            "hours per session over 2.5 h (which the data cannot tell)",
        ),
    ],
)
def test_a_clause_reads_as_a_sentence(clause: Clause, zh: str, en: str) -> None:
    assert in_words(Condition(main=clause), language="zh") == zh
    assert in_words(Condition(main=clause), language="en") == en


def test_clauses_are_joined_as_people_join_them() -> None:
    main = Clause(metric="aov", against=Against.OWN, direction=Direction.DOWN)
    busy = Clause(metric="views_per_hour", against=Against.OWN, direction=Direction.UP)
    long = Clause(metric="sessions", against=Against.LEVEL, above=3)
    condition = Condition(main=main, every=(busy,), some=(busy, long), unless=(long,))

    assert in_words(condition, language="en") == (
        "GMV per buyer below its own history; and views per hour above its own history; "
        "and views per hour above its own history, or sessions over 3; unless sessions over 3"
    )
    assert in_words(condition, language="zh").endswith("；除非场次数高于 3")


def test_a_metric_of_the_catalogue_has_its_own_name() -> None:
    name, unit = metric_name("repurchase_30")

    assert "复购" in name.zh
    assert unit is Unit.RATIO


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_choice_has_words_in_both_languages(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == {choice.value for choice in kind}
    for choice in kind:
        assert word(choice).zh.strip()
        assert word(choice).en.isascii()


def test_a_choice_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        word(Direction.UP)

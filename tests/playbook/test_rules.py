"""The shipped rules themselves: each file is sound, and its examples are tests."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest

from caopan.playbook.example import Example
from caopan.playbook.matcher import matches, read_by
from caopan.playbook.reader import read_rules, read_sources, shipped
from caopan.playbook.rule import Confidence, Origin, Rule, Severity, Status, Topic
from caopan.playbook.vocabulary import PLACEHOLDERS, READINGS, known_ids
from caopan.units.message import Text

SOURCES = read_sources(shipped().joinpath("diagnosis"))[0]
RULES = read_rules(SOURCES, known=known_ids())[0]
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{kind}-{place}")
    for rule in RULES.values()
    for kind, examples in (("firing", rule.firing), ("quiet", rule.quiet))
    for place, example in enumerate(examples, start=1)
]
HAN = re.compile(r"[一-鿿]")
EVASION = "刷单 刷屏 随机空格 绕过 躲避 规避 小号 水军 谐音 evade bypass bots".split()


def texts(rule: Rule) -> list[Text]:
    every = (rule.called, rule.title, rule.doubt, rule.advice, rule.settle, rule.limits,
             rule.source)
    return [text for text in every if text is not None]


def test_forty_rules_or_more_are_shipped_and_none_has_an_issue() -> None:
    _, unreadable = read_sources(shipped().joinpath("diagnosis"))
    rules, issues = read_rules(SOURCES, known=known_ids())

    assert [*unreadable, *issues] == []
    assert len(rules) == len(SOURCES)
    assert len(rules) >= 40


def test_every_topic_has_rules() -> None:
    assert set(Counter(rule.topic for rule in RULES.values())) == set(Topic)


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_comes_out_as_it_says(rule: Rule, example: Example) -> None:
    found = matches(example.signals, [rule])

    assert [match.verdict for match in found] == ([example.expected] if example.expected else [])


def test_every_metric_that_a_rule_reads_exists() -> None:
    metrics = {metric for metric, _ in read_by(RULES.values())}

    assert metrics - known_ids() == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_reads_as_people_of_both_languages_write(rule: Rule) -> None:
    values = dict.fromkeys(PLACEHOLDERS, "7")

    for text in texts(rule):
        assert HAN.search(text.zh) or rule.confidence is Confidence.WEAK
        assert not HAN.search(text.en.replace("万", ""))
        assert "{" not in text.say("zh", **values) + text.say("en", **values)
        assert text.zh != text.en
    for title in filter(None, (rule.title, rule.doubt)):
        assert "{value}" in title.zh
        assert "{value}" in title.en


def test_every_rule_has_a_short_name_of_its_own_without_numbers_to_fill_in() -> None:
    names = [rule.name for rule in RULES.values()]

    assert all(name is not None for name in names)
    for language, longest in (("zh", 18), ("en", 45)):
        said = [getattr(name, language) for name in names]
        assert len(set(said)) == len(said)
        assert [name for name in said if len(name) > longest or set(name) & set("{}⟨⟩…。")] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_advice_names_who_does_it_and_how_to_see_that_it_worked(rule: Rule) -> None:
    assert "负责：" in rule.advice.zh
    assert "看：" in rule.advice.zh.split("负责：")[1]
    assert "Owner: " in rule.advice.en
    assert "Check" in rule.advice.en.split("Owner: ")[1]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_no_rule_advises_to_evade_a_platform(rule: Rule) -> None:
    spoken = " ".join(text.zh + text.en for text in texts(rule))

    assert [word for word in EVASION if word in spoken] == []


def test_trade_knowledge_is_called_so_in_the_source() -> None:
    for rule in RULES.values():
        if rule.confidence is Confidence.TRADE:
            assert "可改" in rule.source.zh, rule.id
            assert "edit" in rule.source.en, rule.id


def test_literature_levels_are_calm_hints_only() -> None:
    weak = [rule for rule in RULES.values() if rule.confidence is Confidence.WEAK]

    assert {rule.id for rule in weak} == {
        "advertising_roi_hint", "refund_hint", "traffic_watch_short",
    }
    assert {rule.severity for rule in weak} == {Severity.NOTE}


def test_a_rule_that_is_loud_needs_support_or_says_that_it_doubts() -> None:
    for rule in RULES.values():
        assert rule.condition.report_doubt == (rule.doubt is not None), rule.id
        assert rule.status is Status.ACTIVE
        assert rule.origin is Origin.SHIPPED


def test_the_fruit_of_the_article_traffic_fell_and_conversion_cannot_be_told() -> None:
    traffic = RULES["traffic_viewers_fell"].firing[0].signals
    conversion = RULES["conversion_view_pay_fell"].firing[1].signals

    found = {match.rule.id: match for match in matches([*traffic, *conversion], RULES.values())}

    assert set(found) == {"traffic_viewers_fell", "conversion_view_pay_fell"}
    assert found["traffic_viewers_fell"].title.say("zh", value="20", comparison="100") == (
        "每场场观从 100 掉到 20"
    )
    assert found["conversion_view_pay_fell"].title.say("zh", value="5%", comparison="10%") == (
        "观看成交率从 10% 到 5%，场和场之间起伏大，还分不清转化有没有变"
    )


def test_the_readings_have_names_in_both_languages() -> None:
    for id_, reading in READINGS.items():
        assert reading.id == id_
        assert reading.name.zh.strip()
        assert not HAN.search(reading.name.en)


@pytest.mark.parametrize(
    ("rule", "fall", "people"),
    [
        ("conversion_click_pay_fell", 0.30, 120),
        ("conversion_click_pay_fell", 0.15, 600),
        ("conversion_view_pay_fell", 0.40, 60),
        ("conversion_view_pay_fell", 0.20, 300),
        ("refund_rate_rose", -0.30, 230),
    ],
)
def test_the_counts_that_would_settle_a_doubt_are_worked_out(
    rule: str, fall: float, people: int
) -> None:
    settle = RULES[rule].settle
    needed = 2 * (2.8 / math.log(1 - fall)) ** 2

    assert settle is not None
    assert f"{people} " in settle.zh
    assert f"some {people} " in settle.en
    assert people == pytest.approx(needed, rel=0.1)


def test_no_doubt_about_a_rate_claims_that_few_people_came() -> None:
    """The doubt is that sessions scatter, with thirty thousand viewers as with thirty."""
    for rule in RULES.values():
        if rule.doubt is not None and rule.topic in {Topic.CONVERSION, Topic.BASKET}:
            assert "起伏大" in rule.doubt.zh
            assert "少" not in rule.doubt.zh
            assert "few" not in rule.doubt.en

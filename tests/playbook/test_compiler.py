from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.facts.issue import Issue, Level
from caopan.playbook.compiler import Compiled, compiled
from caopan.playbook.condition import Direction
from caopan.playbook.rule import Confidence, Lens, Origin, Severity, Status, Topic
from caopan.playbook.signal import Against
from caopan.playbook.source import Source

AOV = """
id = "aov_fell"
topic = "basket"
lens = "goods"
metric = "aov"
severity = "medium"
confidence = "trade"
author = "A"
written_on = 2026-03-01
title = { zh = "降到 {value}", en = "fell to {value}" }
condition = { against = "previous", direction = "down" }
advice = { zh = "补组合装", en = "Add bundles" }
limits = { zh = "会误报", en = "Misleads" }
source = { zh = "行业经验", en = "Trade knowledge" }
examples.firing = [{ value = 80, comparison = 100 }]
examples.quiet = [{ value = 101, comparison = 100 }]
"""

Compile = Callable[[str], Compiled]


def said(issues: tuple[Issue, ...]) -> list[tuple[str, int | None, str | None]]:
    """Return key, line and field of every issue, after both languages have been printed."""
    for issue in issues:
        assert issue.message.say("zh")
        assert issue.message.say("en")
        assert issue.message.advise("zh")
        assert issue.message.advise("en")
    return [(issue.message.key.removeprefix("playbook_"), issue.row, issue.column)
            for issue in issues]


def test_a_sound_file_becomes_a_rule(aov_fell: str, compile_text: Compile) -> None:
    result = compile_text(aov_fell)

    rule = result.rule
    assert result.issues == ()
    assert rule is not None
    assert (rule.id, rule.topic, rule.lens, rule.metric) == (
        "aov_fell", Topic.BASKET, Lens.GOODS, "aov",
    )
    assert (rule.severity, rule.confidence) == (Severity.MEDIUM, Confidence.TRADE)
    assert (rule.status, rule.version, rule.origin) == (Status.ACTIVE, 1, Origin.SHIPPED)
    assert (rule.author, rule.written_on, rule.changed_on) == ("小林", date(2026, 3, 1), None)
    main = rule.condition.main
    assert (main.against, main.direction, main.change_at_least) == (
        Against.PREVIOUS, Direction.DOWN, 0.1,
    )
    assert rule.title.say("zh", value="60 元", comparison="90 元") == "客单价从 90 元 降到 60 元"
    assert (rule.doubt, rule.settle) == (None, None)
    assert (len(rule.firing), len(rule.quiet)) == (1, 1)
    assert rule.files == ("aov_fell.toml",)


def test_a_rule_is_called_by_its_name_else_by_its_title_with_gaps(
        aov_fell: str, compile_text: Compile) -> None:
    named = compile_text(aov_fell.replace(
        "[title]", '[name]\nzh = "客单价下降"\nen = "GMV per buyer fell"\n[title]')).rule
    plain = compile_text(aov_fell).rule

    assert named is not None
    assert plain is not None
    assert (named.called.zh, named.called.en) == ("客单价下降", "GMV per buyer fell")
    assert plain.called.zh == "客单价从 … 降到 …"


@pytest.mark.parametrize(
    ("before", "after", "key", "line", "field"),
    [
        ('topic = "basket"', 'topic = "baskets"', "unknown_choice", 2, "topic"),
        ('topic = "basket"', "", "missing_field", None, "topic"),
        ('topic = "basket"', "topic = 3", "unknown_choice", 2, "topic"),
        ('lens = "goods"', "lens = ['goods']", "unknown_choice", 3, "lens"),
        ('metric = "aov"', 'metric = "aovv"', "unknown_metric", 4, "metric"),
        ('metric = "aov"', "metric = 7", "wrong_type", 4, "metric"),
        ('severity = "medium"', 'severity = "loud"', "unknown_choice", 5, "severity"),
        ('confidence = "trade"', 'confidence = "weak"', "weak_too_loud", 5, "severity"),
        ('author = "小林"', 'author = "  "', "wrong_type", 7, "author"),
        ("written_on = 2026-03-01", 'written_on = "2026-03-01"', "wrong_type", 8, "written_on"),
        ("written_on = 2026-03-01", "written_on = 2026-03-01T10:00:00", "wrong_type", 8,
         "written_on"),
        ('lens = "goods"', 'lens = "goods"\nlense = 1', "unknown_field", 4, "lense"),
        ('zh = "补组合装"\n', "", "missing_language", 19, "advice"),
        ('zh = "补组合装"', 'zh = " "', "missing_language", 19, "advice"),
        ('zh = "补组合装"', 'zh = "补"\nfr = "un"', "unknown_field", 21, "advice.fr"),
        ("[advice]", "[advice2]", "missing_field", None, "advice"),
        ("[title]", '[name]\nzh = "降到 {value}"\nen = "a"\n[title]', "unknown_placeholder", 11,
         "name.zh"),
        ("[title]", '[name]\nzh = "客单价下降"\n[title]', "missing_language", 10, "name"),
        ("[title]", 'name = "客单价下降"\n[title]', "wrong_type", 10, "name"),
        ("降到 {value}", "降到 {amount}", "unknown_placeholder", 11, "title.zh"),
        ("降到 {value}", "降到 {value:.2f}", "unknown_placeholder", 11, "title.zh"),
        ("降到 {value}", "降到 {value!r}", "unknown_placeholder", 11, "title.zh"),
        ("降到 {value}", "降到 {}", "broken_braces", 11, "title.zh"),
        ("降到 {value}", "降到 {value", "broken_braces", 11, "title.zh"),
        ("新客多时会误报", "{value} 新客多时会误报", "unknown_placeholder", 24, "limits.zh"),
        ('against = "previous"', 'against = "last_week"', "unknown_choice", 15,
         "condition.against"),
        ('against = "previous"\n', "", "missing_field", 14, "condition.against"),
        ('direction = "down"', 'direction = "sideways"', "unknown_choice", 16,
         "condition.direction"),
        ('direction = "down"\n', "", "needs", 16, "condition.change_at_least"),
        ('direction = "down"\nchange_at_least = 0.1', "", "no_limit", 14, "condition"),
        ("change_at_least = 0.1", 'change_at_least = "10%"', "wrong_type", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "change_at_least = true", "wrong_type", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "change_at_least = nan", "wrong_type", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", f"change_at_least = 1{'0' * 400}", "wrong_type", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "change_at_least = inf", "wrong_type", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "change_at_least = 0", "out_of_range", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "change_at_least = 10", "never_fires", 17,
         "condition.change_at_least"),
        ("change_at_least = 0.1", "percentile_below = 25", "out_of_range", 17,
         "condition.percentile_below"),
        ("change_at_least = 0.1", "above = 9\nbelow = 9", "never_fires", 17, "condition.above"),
        ("change_at_least = 0.1", "minimum_n = -1", "wrong_type", 17, "condition.minimum_n"),
        ("change_at_least = 0.1", "minimum_n = 2.5", "wrong_type", 17, "condition.minimum_n"),
        ("change_at_least = 0.1", "threshold = 0.1", "unknown_field", 17, "condition.threshold"),
        ("change_at_least = 0.1", "change_at_least = 0.1\nunless = 3", "wrong_type", 18,
         "condition.unless"),
        ("change_at_least = 0.1", "report_doubt = true", "needs", 17, "condition.report_doubt"),
        ("change_at_least = 0.1", "report_doubt = 1", "wrong_type", 17, "condition.report_doubt"),
        ("[[examples.quiet]]", "[[examples.calm]]", "no_example", None, "examples.quiet"),
        ("value = 80", "value = '80'", "wrong_type", 32, "examples.firing[1].value"),
        ("value = 80", "value = 80\nlow = 1", "needs", 33, "examples.firing[1].low"),
        ("value = 80", "value = 80\nlow = 2\nhigh = 1", "not_ascending", 33,
         "examples.firing[1].low"),
        ("value = 80", "value = 95", "example_fails", 31, "examples.firing[1]"),
        ("value = 95", "value = 50", "example_fails", 35, "examples.quiet[1]"),
        ("value = 80", "value = 80\nspeaks = 'cannot_tell'", "example_fails", 31,
         "examples.firing[1]"),
        ("value = 80", "value = 80\nspeaks = 'loudly'", "unknown_choice", 33,
         "examples.firing[1].speaks"),
        ("value = 80", "value = 80\nwith = [{ metric = 'x', against = 'own' }]", "unknown_metric",
         33, "examples.firing[1].with[1].metric"),
    ],
)
def test_each_fault_is_named_with_its_line_and_field(
    aov_fell: str, compile_text: Compile, before: str, after: str, key: str, line: int | None,
    field: str,
) -> None:
    assert aov_fell.count(before) == 1

    result = compile_text(aov_fell.replace(before, after))

    assert result.rule is None
    place = [entry for entry in said(result.issues) if entry[0] == key and entry[2] == field]
    assert len(place) == 1, said(result.issues)
    if line is not None:
        assert place[0][1] == line


def test_all_faults_of_a_file_are_named_at_once(aov_fell: str, compile_text: Compile) -> None:
    broken = (
        aov_fell.replace('topic = "basket"', 'topic = "x"')
        .replace('en = "Add bundles"\n', "")
        .replace("change_at_least = 0.1", "change_at_least = 'a'")
    )

    keys = [key for key, _, _ in said(compile_text(broken).issues)]

    assert sorted(keys) == ["missing_language", "unknown_choice", "wrong_type"]


def test_a_level_has_nothing_to_compare_with(aov_fell: str, compile_text: Compile) -> None:
    alone = aov_fell.replace('against = "previous"', 'against = "level"\nbelow = 90')

    found = said(compile_text(alone).issues)

    assert ("not_under_level", 17, "condition.direction") in found
    assert ("not_under_level", 18, "condition.change_at_least") in found


def test_the_title_of_a_level_rule_cannot_name_a_comparison(
    aov_fell: str, compile_text: Compile
) -> None:
    alone = aov_fell.replace(
        'against = "previous"\ndirection = "down"\nchange_at_least = 0.1',
        'against = "level"\nbelow = 90',
    )

    found = [entry for entry in said(compile_text(alone).issues) if "title" in str(entry[2])]

    assert found == [
        ("unknown_placeholder", 11, "title.zh"),
        ("unknown_placeholder", 12, "title.en"),
    ]


def test_a_rule_that_reports_doubt_says_it_and_says_what_would_settle_it(
    aov_fell: str, compile_text: Compile
) -> None:
    limit = "change_at_least = 0.1"
    doubting = aov_fell.replace(limit, f"{limit}\nreport_doubt = true")

    found = said(compile_text(doubting).issues)

    assert found == [("missing_field", None, "doubt"), ("missing_field", None, "settle")]


def test_clauses_beside_the_main_one_are_read_with_their_verdict(
    aov_fell: str, compile_text: Compile
) -> None:
    beside = '[[condition.unless]]\nmetric = "opm"\nagainst = "level"\nabove = 3\nverdict = "any"\n'
    result = compile_text(aov_fell.replace("[advice]", f"{beside}[advice]"))

    assert result.issues == ()
    assert result.rule is not None
    (clause,) = result.rule.condition.unless
    assert (clause.metric, clause.above, clause.verdict.value) == ("opm", 3.0, "any")


def test_a_close_name_is_offered_for_a_misspelt_one(aov_fell: str, compile_text: Compile) -> None:
    (issue,) = compile_text(aov_fell.replace('metric = "aov"', 'metric = "enter_rat"')).issues

    assert issue.level is Level.ERROR
    assert issue.value == "enter_rat"
    assert issue.message.advise("en") == "close to it: enter_rate"


@pytest.mark.parametrize("name", ["id", "title", "condition", "examples", "metric", "written_on"])
def test_a_field_nested_without_end_is_an_issue(
    aov_fell: str, compile_text: Compile, name: str
) -> None:
    deep = ".".join(["a"] * 3_000)
    lines = [line for line in aov_fell.splitlines() if not line.startswith(f"{name} ")]
    text = "\n".join(lines).replace(f"[{name}]", "[gone]").replace(f"[{name}.", "[gone.")

    result = compile_text(f"{name}.{deep} = 1\n{text}")

    assert result.rule is None
    assert name in {str(issue.column).split(".")[0] for issue in result.issues}
    assert all(len(issue.message.say("en")) < 400 for issue in result.issues)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(),
    st.datetimes(), st.sampled_from(["previous", "level", "down", "aov", "supported", "{value}"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from("zh en against direction below firing quiet with all metric n".split()),
        inner,
        max_size=4,
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(
        "id topic lens metric severity confidence author written_on title condition advice limits "
        "source examples doubt settle status version changed_on other".split()
    ),
    value=VALUES,
)
def test_whatever_stands_in_a_field_there_is_a_rule_or_an_error(name: str, value: object) -> None:
    data: dict[str, object] = {**tomllib.loads(AOV), name: value}
    if value is None:
        del data[name]

    result = compiled(Source(file="x.toml", text=AOV, data=data), known={"aov"})

    errors = [issue for issue in result.issues if issue.level is Level.ERROR]
    assert (result.rule is None) == bool(errors)
    said(result.issues)

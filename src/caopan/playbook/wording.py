"""A condition in one sentence, for people who do not read TOML."""

from __future__ import annotations

from collections.abc import Callable

from caopan.playbook.condition import Clause, Condition, Direction, Wanted
from caopan.playbook.vocabulary import READINGS, catalogue_metric
from caopan.playbook.words import word
from caopan.units.message import Language, Text
from caopan.units.money import MINOR_DIGITS
from caopan.units.unit import Unit

Naming = Callable[[str], tuple[Text, Unit | None]]
"""Gives the name and the unit of a metric id."""

_DOWN = Text(zh="比{against}低", en="below {against}")
_UP = Text(zh="比{against}高", en="above {against}")
_DOWN_BY = Text(zh="比{against}低至少 {size}", en="below {against} by at least {size}")
_UP_BY = Text(zh="比{against}高至少 {size}", en="above {against} by at least {size}")
_BELOW = Text(zh="低于 {size}", en="under {size}")
_ABOVE = Text(zh="高于 {size}", en="over {size}")
_RANK_BELOW = Text(zh="在同行里排在后 {size}", en="in the lowest {size} of its peers")
_RANK_ABOVE = Text(zh="在同行里排在前 {size}", en="in the highest {size} of its peers")
_COUNT = Text(zh="样本不少于 {size}", en="with a count of {size} or more")
_COUNT_THERE = Text(zh="对比样本不少于 {size}", en="with {size} or more to compare with")
_WANTED = {
    Wanted.SUPPORTED: Text(zh="", en=""),
    Wanted.CANNOT_TELL: Text(zh="（且数据还说不准）", en=" (which the data cannot tell)"),
    Wanted.ANY: Text(zh="（数据说不准也算）", en=" (also where the data cannot tell)"),
}
_LENGTHS = {
    Unit.SECONDS: Text(zh=" 秒", en=" s"), Unit.MINUTES: Text(zh=" 分钟", en=" min"),
    Unit.HOURS: Text(zh=" 小时", en=" h"), Unit.DAYS: Text(zh=" 天", en=" days"),
}
_AND = Text(zh="；并且", en="; and ")
_OR = Text(zh="，或者", en=", or ")
_UNLESS = Text(zh="；除非", en="; unless ")


def metric_name(metric: str) -> tuple[Text, Unit | None]:
    """Return the name and unit of a reading or of a metric; any other id stands for itself.

    >>> metric_name("aov")[0].zh, metric_name("no_such_metric")
    ('客单价', (Text(zh='no_such_metric', en='no_such_metric'), None))
    """
    reading = READINGS.get(metric)
    if reading is not None:
        return reading.name, reading.unit
    found = catalogue_metric(metric)
    return (Text(zh=metric, en=metric), None) if found is None else (found.name, found.unit)


def in_words(condition: Condition, *, language: Language, naming: Naming = metric_name) -> str:
    """Return when a condition holds, as one sentence without a full stop.

    >>> from caopan.playbook.signal import Against
    >>> main = Clause(metric="aov", against=Against.OWN, direction=Direction.DOWN,
    ...               change_at_least=0.1)
    >>> in_words(Condition(main=main), language="zh")
    '客单价比自己的历史低至少 10%'
    """

    def say(clause: Clause) -> str:
        return _clause(clause, language=language, naming=naming)

    sentence = "".join(
        [
            say(condition.main),
            *(_AND.say(language) + say(clause) for clause in condition.every),
        ]
    )
    if condition.some:
        sentence += _AND.say(language) + _OR.say(language).join(map(say, condition.some))
    return sentence + "".join(_UNLESS.say(language) + say(clause) for clause in condition.unless)


def _clause(clause: Clause, *, language: Language, naming: Naming) -> str:
    name, unit = naming(clause.metric)
    parts = [text.say(language, **values) for text, values in _limits(clause, unit, language)]
    gap = "" if language == "zh" else " "
    limits = ("，" if language == "zh" else ", ").join(parts)
    return f"{name.say(language)}{gap}{limits}{_WANTED[clause.verdict].say(language)}"


def _limits(
    clause: Clause, unit: Unit | None, language: Language
) -> list[tuple[Text, dict[str, object]]]:
    """Return every limit that is set, with what stands in it."""
    against = word(clause.against).say(language)
    falls = clause.direction is Direction.DOWN
    found: list[tuple[Text, dict[str, object]]] = [
        (_DOWN_BY if falls else _UP_BY, {"against": against, "size": size})
        for size in (
            *_sized(clause.change_at_least, Unit.RATIO, language),
            *_sized(clause.difference_at_least, unit, language),
        )
    ]
    if clause.direction is not None and not found:
        found.append((_DOWN if falls else _UP, {"against": against}))
    above = clause.percentile_above
    highest = None if above is None else 1 - above
    for text, size, measure in (
        (_BELOW, clause.below, unit),
        (_ABOVE, clause.above, unit),
        (_RANK_BELOW, clause.percentile_below, Unit.RATIO),
        (_RANK_ABOVE, highest, Unit.RATIO),
        (_COUNT, clause.minimum_n or None, None),
        (_COUNT_THERE, clause.minimum_n_comparison or None, None),
    ):
        found += [(text, {"size": shown}) for shown in _sized(size, measure, language)]
    return found


def _sized(size: float | None, unit: Unit | None, language: Language) -> list[str]:
    """Return a limit as people write it, an empty list where it is not set."""
    if size is None:
        return []
    if unit is Unit.RATIO:
        return [f"{size * 100:.6g}%"]
    if unit is Unit.MONEY:
        return [f"{size / 10**MINOR_DIGITS:,.10g}"]
    word = _LENGTHS[unit].plain(language) if unit in _LENGTHS else ""
    return [f"{size:,.10g}{word}"]

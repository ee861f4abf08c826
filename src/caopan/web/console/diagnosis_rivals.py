"""别的解释 · Other explanations of a finding: what else moved, and what was looked at in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.diagnose.diagnosis import Diagnosis, Factor
from caopan.playbook.rule import Rule
from caopan.report.dates import day as said_day
from caopan.report.factor_words import joined
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.message import Text
from caopan.units.verdict import Verdict

WATCHED = ("hours_per_session", "price", "mix")
"""Factors beside the main split that may stand behind any finding: length, price, the line-up."""
SATURDAY = 5


class Sign(StrEnum):
    """Whether another explanation stands in the way: it moved too, it does not, nobody can tell."""

    MOVED = "moved"
    STILL = "still"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One other explanation: what it is, what the data say of it, how far that clears it."""

    sign: Sign
    name: str
    said: str


def rivals(
    diagnosis: Diagnosis, *, words: Words, rules: Mapping[str, Rule], metric: str, rule: str = "",
) -> tuple[Rival, ...]:
    """Return what else could stand behind a number, those that moved first.

    Only what the data carry is named; what no import carries is said in one closing line.

    >>> rivals.__name__
    'rivals'
    """
    made = [*_factors(diagnosis, metric, words), *_best_left_out(diagnosis, words),
            *_weekends(diagnosis, words), *_set_aside(diagnosis, words),
            *_beside(diagnosis, rule, rules, words)]
    ranked = sorted(made, key=lambda one: list(Sign).index(one.sign))
    return (*ranked, Rival(sign=Sign.UNKNOWN, name=words.said(_OUTSIDE),
                           said=words.said(_NOT_IMPORTED)))


def _factors(diagnosis: Diagnosis, metric: str, words: Words) -> Iterator[Rival]:
    """Yield what the other splits say of length, price and line-up: each once."""
    found: dict[str, Factor] = {}
    for change in (diagnosis.change, *diagnosis.trees):
        for factor in change.factors:
            if factor.id in WATCHED and factor.id != metric:
                found.setdefault(factor.id, factor)
    currency, language = diagnosis.subject.currency, words.language
    for factor in found.values():
        values = joined(factor, currency=currency, language=language, gap=" ")
        amount = number.change(factor.amount, unit=diagnosis.change.unit, currency=currency,
                               language=language)
        span = number.change_interval(factor.interval, unit=diagnosis.change.unit,
                                      language=language)
        sure = factor.verdict is Verdict.SUPPORTED
        parts = [part for part in (values, f"{amount} · {span}" if factor.interval else amount)
                 if part != number.MISSING]
        yield Rival(sign=Sign.MOVED if sure else Sign.UNKNOWN,
                    name=capital(words.said(factor.name)), said=" · ".join(parts))


def _best_left_out(diagnosis: Diagnosis, words: Words) -> Iterator[Rival]:
    """Yield whether what a session sold moved the same way without each period's best one."""
    measure = diagnosis.change.measure
    sides: tuple[list[tuple[float, date]], ...] = ([], [])
    for day, session in _counted(diagnosis):
        sold = session.get(measure)
        if isinstance(sold, int | float):
            sides[_side(diagnosis, day)].append((float(sold), day))
    if min(map(len, sides)) < 3:  # noqa: PLR2004 - as everywhere: fewer than three say nothing
        return
    with_all = [sum(sold for sold, _ in side) / len(side) for side in sides]
    without = [(sum(sold for sold, _ in side) - max(side)[0]) / (len(side) - 1) for side in sides]
    same = (with_all[1] - with_all[0]) * (without[1] - without[0]) > 0
    before, after = (number.value(one, unit=diagnosis.change.unit, language=words.language,
                                  currency=diagnosis.subject.currency) for one in without)
    said = (_SAME_WAY if same else _OTHER_WAY).say(
        words.language, before=before, after=after,
        day=said_day(max(sides[1])[1], language=words.language))
    yield Rival(sign=Sign.STILL if same else Sign.MOVED, name=words.said(_ONE_SESSION), said=said)


def _weekends(diagnosis: Diagnosis, words: Words) -> Iterator[Rival]:
    """Yield how many sessions of either period fell on a weekend; nobody tells what it is worth."""
    counts = [[0, 0], [0, 0]]
    for day, _ in _counted(diagnosis):
        counts[_side(diagnosis, day)][int(day.weekday() >= SATURDAY)] += 1
    if all(map(sum, counts)):
        before, after = (number.percent(side[1] / sum(side)) for side in counts)
        sign = Sign.STILL if before == after else Sign.UNKNOWN
        yield Rival(sign=sign, name=words.said(_WEEKEND),
                    said=_SHARES.say(words.language, before=before, after=after))


def _set_aside(diagnosis: Diagnosis, words: Words) -> Iterator[Rival]:
    counts = [0, 0]
    for session in diagnosis.sessions:
        day = session["day"]
        if session["set_aside"] and isinstance(day, date):
            counts[_side(diagnosis, day)] += 1
    said = _ASIDE.say(words.language, before=counts[0], after=counts[1]) if any(counts) else (
        words.said(_NONE_ASIDE))
    yield Rival(sign=Sign.MOVED if any(counts) else Sign.STILL, name=words.said(_LEFT_OUT),
                said=said)


def _beside(
    diagnosis: Diagnosis, rule: str, rules: Mapping[str, Rule], words: Words,
) -> Iterator[Rival]:
    """Yield what else is supported: amounts overlap, so one may be the other's doing."""
    others = [one for one in diagnosis.findings
              if one.verdict is Verdict.SUPPORTED and one.rule != rule]
    if others:
        names = words("semicolon").join(
            words.said(rules[one.rule].called if one.rule in rules else one.title)
            for one in others)
        yield Rival(sign=Sign.MOVED, name=_OTHERS.say(words.language, n=len(others)), said=names)


def _counted(diagnosis: Diagnosis) -> Iterator[tuple[date, Mapping[str, object]]]:
    for session in diagnosis.sessions:
        day = session["day"]
        if isinstance(day, date) and not session["set_aside"]:
            yield day, session


def _side(diagnosis: Diagnosis, day: date) -> int:
    return int(diagnosis.period.start <= day < diagnosis.period.end)


_ONE_SESSION = Text(zh="一场撑起来的", en="one session alone")
_SAME_WAY = Text(zh="两期各去掉最大的一场（本期是 {day}），场均仍是 {before} → {after}，方向没变",
                 en="without each period's best session (now {day}), a session still went "
                    "{before} → {after}, the same way")
_OTHER_WAY = Text(zh="两期各去掉最大的一场（本期是 {day}），场均变成 {before} → {after}，方向反了",
                  en="without each period's best session (now {day}), a session went {before} → "
                     "{after}, the other way")
_WEEKEND = Text(zh="周几排法", en="days of the week")
_SHARES = Text(zh="周末场占 {before} → {after}", en="weekend sessions {before} → {after}")
_LEFT_OUT = Text(zh="另放的场次", en="sessions set aside")
_ASIDE = Text(zh="前一期 {before} 场，本期 {after} 场，没有算进来",
              en="{before} before, {after} now, left out")
_NONE_ASIDE = Text(zh="没有", en="none")
_OTHERS = Text(zh="同期还有 {n} 条有据", en="{n} more supported at the same time")
_OUTSIDE = Text(zh="大促、断流、平台改版", en="festivals, outages, platform changes")
_NOT_IMPORTED = Text(zh="导入的文件里没有，这里查不了",
                     en="no import carries them; they cannot be looked at here")

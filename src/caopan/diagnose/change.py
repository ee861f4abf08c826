"""The record of one subject's change: factors, ranges, what dominates, why it was refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.column import interval, known, leaning
from caopan.diagnose.diagnosis import Change, Factor
from caopan.diagnose.identity import SESSIONS, SESSIONS_NAME
from caopan.diagnose.measure import GMV, Measure
from caopan.diagnose.peers import FEWEST as LEAST_PEERS
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Both, Sides
from caopan.diagnose.split import Listed
from caopan.stats.arrays import Bools, Floats
from caopan.stats.student import t_probability, t_quantile
from caopan.units import number
from caopan.units.message import Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

FEWEST = 3
"""Sessions a side below which a change is not decomposed."""
DOMINATES = 0.5
"""A session that holds this share of a side's sales is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The change in sales itself: half the width of its range and the largest session, by side.

    ``half``: shape (s,), in the measure; ``largest``: shape (s, 2), in the measure;
    ``largest_row``: shape (s, 2), position in ``Sides.rows``, -1 where there is none.
    """

    half: Floats
    sure: Bools
    """Whether the change is beyond the ordinary, at its share of the false alarms."""
    largest: Floats
    largest_row: np.ndarray


def whole(pair: Both, sides: Sides, *, level: float, rate: float) -> Whole:
    """Return how far off the change in sales can be: both totals scatter with their sessions.

    Args:
        pair: what is compared.
        sides: the subjects' own sessions, of which the largest are named.
        level: of the range.
        rate: share of false alarms allowed to the claim that sales changed.
    """
    made = pair.contrast(pair.measure.per_session)
    sold = pair.total(pair.measure.id)
    error = np.sqrt(sold[:, 0] ** 2 * made.before_variance + sold[:, 1] ** 2 * made.after_variance)
    column = np.nan_to_num(sides.column(pair.measure.id))
    order = np.lexsort((column, sides.cell))
    last = np.full(2 * sides.subjects, -1, dtype=np.int64)
    last[sides.cell[order]] = order  # the last one written is the largest of its cell
    largest = np.where(last >= 0, column[last] if len(column) else 0.0, np.nan)
    enough = (pair.count.min(axis=1) >= FEWEST) & (error > 0)
    size = np.divide(sold[:, 1] - sold[:, 0], error, out=np.zeros_like(error), where=enough)
    sure = enough & (t_probability(size, made.freedom) <= rate)
    return Whole(half=t_quantile(level, made.freedom) * error, sure=np.asarray(sure),
                 largest=largest.reshape(-1, 2), largest_row=last.reshape(-1, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Both sides of every subject as plain lists: sales, sessions, the largest session."""

    measure: Measure
    sold: list[list[float]]
    count: list[list[float]]
    half: list[float]
    sure: list[bool]
    largest: list[list[float]]
    largest_row: list[list[int]]


def totals(made: Whole, pair: Both) -> Totals:
    """Return what a record says about both sides, quick to look up."""
    return Totals(measure=pair.measure, sold=pair.total(pair.measure.id).tolist(),
                  count=pair.count.tolist(), half=made.half.tolist(), sure=made.sure.tolist(),
                  largest=made.largest.tolist(), largest_row=made.largest_row.tolist())


def change(
    made: Listed, place: int, *, total: Totals, periods: tuple[Period, Period],
    verdicts: dict[str, bool], level: float, flags: tuple[Message, ...] = (),
    against: str = "previous",
) -> Change:
    """Return the record of one subject's split.

    Args:
        made: the split of many subjects.
        place: the subject's position in it.
        total: the change in sales itself.
        periods: the subject's period and the compared one.
        verdicts: by factor, whether the data carry its change.
        level: of the ranges.
        flags: what is remarkable about the two sides, whatever the identity.
        against: what the change is measured from.
    """
    subject = made.subjects[place]
    before, after = (round(sold) for sold in total.sold[subject])
    counts = total.count[subject]
    return Change(
        identity=made.tree.id, formula=made.formula, period=periods[0],
        compared_period=periods[1], before=before, after=after, n_before=round(counts[0]),
        n_after=round(counts[1]), interval=interval(after - before, total.half[subject], level),
        verdict=stated(total.sure[subject]), against=against, measure=total.measure.id,
        unit=total.measure.unit, method="lmdi" if made.exact[place] else "shapley",
        flags=flags if made.exact[place] else (_zero_factor(), *flags),
        factors=tuple(_factor(made, place, k, supported=verdicts.get(factor, False), level=level)
                      for k, factor in enumerate(made.factors)),
    )


def stated(sure: bool) -> Verdict:  # noqa: FBT001 - the whole of what is asked
    """Return the verdict that a test's answer makes.

    >>> stated(True).value
    'supported'
    """
    return Verdict.SUPPORTED if sure else Verdict.CANNOT_TELL


def dominating(
    subject: int, *, sides: Sides, total: Totals, currency: str, against: str = "previous",
) -> tuple[Message, ...]:
    """Return the sessions that hold at least half of a side's sales, and the change without them.

    Against peers only the period itself is made of the subject's own sessions.
    """
    sold, largest = total.sold[subject], total.largest[subject]
    own = (1,) if against == "peers" else (0, 1)
    heavy = [side for side in own if sold[side] > 0 and largest[side] >= DOMINATES * sold[side]]
    return tuple(_dominates(sides, total, subject, side, currency) for side in heavy)


def refused(
    *, periods: tuple[Period, Period], sold: tuple[int, int], counts: tuple[int, int],
    flags: tuple[Message, ...] = (), against: str = "previous", measure: Measure = GMV,
) -> Change:
    """Return a change that is not decomposed, with the reason.

    >>> from datetime import date
    >>> now = Period(start=date(2026, 3, 2), end=date(2026, 3, 3))
    >>> refused(periods=(now, now.previous()), sold=(5, 3), counts=(1, 1)).refused.key
    'too_few_sessions'
    """
    reason = (_no_peers() if against == "peers" else
              _too_few(counts) if min(counts) < FEWEST else _no_identity())
    return Change(
        identity="none", formula=measure.name, period=periods[0], compared_period=periods[1],
        before=sold[0], after=sold[1], n_before=counts[0], n_after=counts[1], interval=None,
        method="none", factors=(), refused=reason, flags=flags, against=against,
        measure=measure.id, unit=measure.unit)


def _factor(made: Listed, place: int, k: int, *, supported: bool, level: float) -> Factor:
    id_ = made.factors[k]
    amount = made.amounts[place][k]
    before, after = made.before[place][k], made.after[place][k]
    range_ = leaning(amount, made.half[place][k], level)
    if id_ == SESSIONS:
        name, unit = SESSIONS_NAME, Unit.COUNT
        same = before == after  # both are counted: that nothing changed is known
        certain = same or (range_ is not None and not range_.holds(0.0))
        range_ = None if same else range_
    else:
        name, unit = READINGS[id_].name, READINGS[id_].unit
        certain = supported
    return Factor(id=id_, name=name, unit=unit, before=known(before), after=known(after),
                  amount=amount, interval=range_, p_value=known(made.probability[place][k]),
                  verdict=stated(bool(certain)))


def _dominates(
    sides: Sides, total: Totals, subject: int, side: int, currency: str,
) -> Message:
    row = total.largest_row[subject][side]
    sold, largest = total.sold[subject], total.largest[subject][side]
    without = sold[1] - sold[0] + (largest if side == 0 else -largest)
    position = int(sides.rows[row])
    return Message(
        key="one_session_dominates",
        text=Text(zh="{day} 一场占了{side_zh}的 {share}；去掉它，变化是 {rest_zh}",
                  en="one session on {day} holds {share} of {side_en}; without it the change is "
                     "{rest_en}"),
        values={
            "side": side, "share_of": largest / sold[side],
            "session_id": sides.sessions.session_id[position],
            "day": sides.sessions.said_day(position),
            "share": number.percent(largest / sold[side]),
            "side_zh": "本期" if side else "对比期",
            "side_en": "this period" if side else "the compared period",
            "change_without": round(without),
            "rest_zh": number.change(without, unit=total.measure.unit,
                                     currency=currency, language="zh"),
            "rest_en": number.change(without, unit=total.measure.unit,
                                     currency=currency, language="en"),
        },
        hint=Text(zh="先看清这一场为什么特别，再谈其他变化",
                  en="find out what was special about it before reading the rest"))


def _zero_factor() -> Message:
    return Message(
        key="zero_factor",
        text=Text(zh="有一个因子是零，改用 Shapley 拆分",
                  en="a factor is zero, so the change was split by Shapley values"),
        hint=Text(zh="算不出的比率沿用另一期的值", en="ratios that cannot be computed carry over"))


def _too_few(counts: tuple[int, int]) -> Message:
    return Message(
        key="too_few_sessions",
        text=Text(zh="对比期 {before} 场、本期 {after} 场：每边至少 {least} 场才拆得开",
                  en="{before} sessions before, {after} after: a change is split from {least} "
                     "sessions a side on"),
        values={"before": counts[0], "after": counts[1], "least": FEWEST},
        hint=Text(zh="补导更早的场次，或把时间段放长",
                  en="import earlier sessions, or look at a longer period"))


def _no_peers() -> Message:
    return Message(
        key="too_few_peers",
        text=Text(zh="这段时间自己不足 {least} 场，或者列数相同的同行不足 {peers} 个，没法和同行比",
                  en="fewer than {least} own sessions, or fewer than {peers} peers with the same "
                     "columns: no comparison with peers"),
        values={"least": FEWEST, "peers": LEAST_PEERS},
        hint=Text(zh="改成和上一期比，或导入更多同品类的主播",
                  en="compare with the period before, or import more rooms of the category"))


def _no_identity() -> Message:
    return Message(
        key="no_identity",
        text=Text(zh="没有一组列能把 GMV 完整拆开",
                  en="no set of columns closes on GMV"),
        hint=Text(zh="导出时带上场观、成交人数或订单数、GMV",
                  en="export views, buyers or orders, and GMV"))

"""Which rules speak about very many subjects at once: the same limits on columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caopan.playbook.condition import Clause, Condition, Direction, Key, Wanted
from caopan.playbook.rule import Rule, Status
from caopan.playbook.signal import Against

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One signal of many subjects (列): the fields of ``Signal`` as arrays.

    Every array has shape (subjects,). NaN stands where a number cannot be computed; ``low`` and
    ``high`` are the ends of ``difference``; ``n`` and ``n_comparison`` are whole and >= 0.
    """

    value: Numbers
    comparison: Numbers
    low: Numbers
    high: Numbers
    percentile: Numbers
    n: NDArray[np.int64]
    n_comparison: NDArray[np.int64]
    supported: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A rule and the subjects it speaks about.

    ``rows``: shape (k,), positions in the columns, ascending; ``supported``: shape (k,), whether
    the data carry the claim for each of them.
    """

    rule: Rule
    rows: NDArray[np.int64]
    supported: Marks


def screen(board: Mapping[Key, Columns], rules: Iterable[Rule]) -> list[Firing]:
    """Return, for each active rule that speaks at all, the subjects it speaks about.

    All columns of the board have one length and one order of subjects. The answers are those of
    ``matcher.matches`` for each subject by itself.

    >>> screen({}, [])
    []
    """
    found: list[Firing] = []
    for rule in rules:
        if rule.status is not Status.ACTIVE or rule.condition.main.key not in board:
            continue
        speaks, supported = _judge(rule.condition, board)
        rows = np.flatnonzero(speaks)
        if rows.size:
            found.append(Firing(rule=rule, rows=rows, supported=supported[rows]))
    return found


def _judge(condition: Condition, board: Mapping[Key, Columns]) -> tuple[Marks, Marks]:
    """Return where the condition speaks, and where its main clause is supported."""
    columns = board[condition.main.key]
    supported = _supported(condition.main, columns)
    speaks = _meets(condition.main, columns)
    if not condition.report_doubt:
        speaks &= supported
    for clause in condition.every:
        speaks &= _holds(clause, board, len(speaks))
    if condition.some:
        speaks &= np.logical_or.reduce([_holds(c, board, len(speaks)) for c in condition.some])
    for clause in condition.unless:
        speaks &= ~_holds(clause, board, len(speaks))
    return speaks, supported


def _holds(clause: Clause, board: Mapping[Key, Columns], size: int) -> Marks:
    columns = board.get(clause.key)
    if columns is None:
        return np.zeros(size, dtype=np.bool_)
    meets = _meets(clause, columns)
    if clause.verdict is Wanted.ANY:
        return meets
    supported = _supported(clause, columns)
    return meets & (supported if clause.verdict is Wanted.SUPPORTED else ~supported)


def _meets(clause: Clause, columns: Columns) -> Marks:
    """Return where the limits are met; comparisons with NaN are never true."""
    meets = ~np.isnan(columns.value)
    meets &= columns.n >= clause.minimum_n
    meets &= columns.n_comparison >= clause.minimum_n_comparison
    meets &= _between(columns.value, clause.below, clause.above)
    meets &= _between(columns.percentile, clause.percentile_below, clause.percentile_above)
    return meets if clause.direction is None else meets & _moved(clause, columns)


def _moved(clause: Clause, columns: Columns) -> Marks:
    sign = 1.0 if clause.direction is Direction.UP else -1.0
    step = sign * (columns.value - columns.comparison)
    moved = step > 0
    if clause.difference_at_least is not None:
        moved &= step >= clause.difference_at_least
    if clause.change_at_least is not None:
        floor = clause.change_at_least * np.abs(columns.comparison)
        moved &= (columns.comparison != 0) & (step >= floor)
    return moved


def _supported(clause: Clause, columns: Columns) -> Marks:
    if clause.against is not Against.LEVEL:
        return columns.supported
    beyond = _between(columns.high, clause.below, None) & _between(columns.low, None, clause.above)
    return np.where(np.isnan(columns.low), columns.supported, beyond)


def _between(values: Numbers, below: float | None, above: float | None) -> Marks:
    inside = np.ones(values.shape, dtype=np.bool_)
    if below is not None:
        inside &= values < below
    if above is not None:
        inside &= values > above
    return inside

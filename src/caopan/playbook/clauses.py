"""The condition of a rule, read from its tables and refused where it could never hold."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from caopan.playbook.condition import Clause, Condition, Direction, Wanted
from caopan.playbook.fields import Fields
from caopan.playbook.signal import Against

RELATIVE = ("direction", "change_at_least", "difference_at_least")
"""Limits that need something to compare with."""

RANKS = ("percentile_below", "percentile_above")


def read_condition(fields: Fields, *, metric: str, known: Collection[str]) -> Condition | None:
    """Return a rule's condition; None, with issues, where it cannot stand."""
    before = len(fields.issues)
    doubt = fields.flag("report_doubt")
    main = _clause(fields, metric=metric, verdict=Wanted.ANY if doubt else Wanted.SUPPORTED)
    beside = {
        name: tuple(_beside(inner, known) for inner in fields.tables(name))
        for name in ("all", "any", "unless")
    }
    fields.finish()
    if main is None or len(fields.issues) > before:
        return None
    if doubt and not _sized(main):
        fields.complain("needs", "report_doubt", needed="change_at_least / difference_at_least")
        return None
    every, some, unless = (tuple(c for c in beside[name] if c) for name in ("all", "any", "unless"))
    return Condition(main=main, every=every, some=some, unless=unless, report_doubt=doubt)


def check_metric(fields: Fields, name: str, known: Collection[str]) -> str:
    """Return the metric a field names, with an issue where there is no such metric."""
    metric = fields.string(name, required=True) or ""
    if metric and metric not in known:
        close = difflib.get_close_matches(metric, known, n=3, cutoff=0.4)
        fields.complain("unknown_metric", name, value=metric, choices=", ".join(close) or "–")
    return metric


def _beside(fields: Fields, known: Collection[str]) -> Clause | None:
    metric = check_metric(fields, "metric", known)
    verdict = fields.choice("verdict", Wanted) or Wanted.SUPPORTED
    clause = _clause(fields, metric=metric, verdict=verdict)
    fields.finish()
    return clause


def _clause(fields: Fields, *, metric: str, verdict: Wanted) -> Clause | None:
    before = len(fields.issues)
    against = fields.choice("against", Against, required=True)
    direction = fields.choice("direction", Direction)
    numbers = {name: fields.number(name) for name in (*RELATIVE[1:], "below", "above", *RANKS)}
    minimum_n = fields.whole("minimum_n", default=0)
    minimum_n_comparison = fields.whole("minimum_n_comparison", default=0)
    if against is None or len(fields.issues) > before:
        return None
    clause = Clause(
        metric=metric,
        against=against,
        direction=direction,
        verdict=verdict,
        minimum_n=minimum_n,
        minimum_n_comparison=minimum_n_comparison,
        change_at_least=numbers["change_at_least"],
        difference_at_least=numbers["difference_at_least"],
        below=numbers["below"],
        above=numbers["above"],
        percentile_below=numbers["percentile_below"],
        percentile_above=numbers["percentile_above"],
    )
    _check_limits(fields, clause)
    return clause if len(fields.issues) == before else None


def _check_limits(fields: Fields, clause: Clause) -> None:
    """Add an issue for limits that contradict each other, mean nothing, or bind nothing."""
    if clause.against is Against.LEVEL:
        for name in (*RELATIVE, *RANKS, "minimum_n_comparison"):
            if name in fields.data:
                fields.complain("not_under_level", name)
    if clause.direction is None:
        for name in RELATIVE[1:]:
            if name in fields.data:
                fields.complain("needs", name, needed="direction")
        if all(name not in fields.data for name in ("below", "above", *RANKS)):
            fields.complain("no_limit")
    _check_ranges(fields, clause)
    _check_possible(fields, clause)


def _check_ranges(fields: Fields, clause: Clause) -> None:
    for name in RELATIVE[1:]:
        size = getattr(clause, name)
        if size is not None and size <= 0:
            fields.complain("out_of_range", name, value=size, low=0, high="∞")
    for name in RANKS:
        rank = getattr(clause, name)
        if rank is not None and not 0 <= rank <= 1:
            fields.complain("out_of_range", name, value=rank, low=0, high=1)


def _check_possible(fields: Fields, clause: Clause) -> None:
    falls = clause.direction is Direction.DOWN
    if falls and clause.change_at_least is not None and clause.change_at_least > 1:
        fields.complain(
            "never_fires",
            "change_at_least",
            reason_zh="跌幅不会超过 100%",
            reason_en="nothing falls by more than 100 %",
        )
    for low, high in (("above", "below"), ("percentile_above", "percentile_below")):
        floor, ceiling = getattr(clause, low), getattr(clause, high)
        if floor is not None and ceiling is not None and floor >= ceiling:
            fields.complain(
                "never_fires",
                low,
                reason_zh=f"{low} 不小于 {high}",
                reason_en=f"{low} is not below {high}",
            )


def _sized(clause: Clause) -> bool:
    """Return whether the clause asks for some size, and not only for a direction."""
    limits = (
        clause.change_at_least,
        clause.difference_at_least,
        clause.below,
        clause.above,
        clause.percentile_below,
        clause.percentile_above,
    )
    return any(limit is not None for limit in limits)

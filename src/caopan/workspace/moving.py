"""What the terms of a plan do to a forecast: told once more with each term as is usual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.outlook import told_by
from caopan.forecast.rules import LATELY, median_of
from caopan.stats.arrays import Floats, Ints
from caopan.stats.quantiles import MIDDLE
from caopan.workspace.forecast_result import Move
from caopan.workspace.learning import ToCome

MONEY = "spend"
"""The term that is held in minor units and told in major ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """One term of every asked session, in the order of the rows that are told.

    ``planned`` and ``usual``: shape (m,), NaN where not said or not known. ``instead``: the middle
    of the forecast with the usual one, shape (m,).
    """

    term: str
    planned: Floats
    usual: Floats
    instead: Floats

    def move(self, at: int, middle: float) -> Move | None:
        """Return what the term does to a middle; None where it does nothing, or is not known."""
        amount = middle - float(self.instead[at])
        if not np.isfinite(amount) or amount == 0.0:
            return None
        unit = 0.01 if self.term == MONEY else 1.0
        return Move(term=self.term, planned=float(self.planned[at]) * unit,
                    usual=float(self.usual[at]) * unit, amount=amount)


def moving(learnt: Learnt, history: History, coming: Sequence[ToCome],
           made: Callable[[Sequence[ToCome]], History]) -> tuple[Moving, ...]:
    """Return what hours, products and spend do to the forecast of each session to come.

    The same model tells the session with one term as in the median of the host's last five, and
    all else as planned. It is what the forecast reads in the plan, not what the term would bring:
    who plans more spend expects more anyway, and only drawn spend can tell the two apart.

    Args:
        learnt: what tells.
        history: as ``told_by`` takes it.
        coming: the plans, in the order of the rows that are told.
        made: makes the history with other plans.
    """
    rows = np.flatnonzero(history.to_come)
    return tuple(found for term in ("hours", "products", MONEY)
                 if (found := _moving(learnt, history, coming, made, term, rows)) is not None)


def _moving(learnt: Learnt, history: History, coming: Sequence[ToCome],
            made: Callable[[Sequence[ToCome]], History], term: str, rows: Ints) -> Moving | None:
    known: Floats | None = history.ran if term == "hours" else getattr(history, term)
    if known is None:
        return None
    usual = median_of(history.lately(known, LATELY))[rows]
    planned = np.array([getattr(one, term) for one in coming], dtype=np.float64)
    asked = np.isfinite(planned) & (usual > 0) & (planned != usual)
    if not asked.any():
        return None
    other = [_with(one, term, float(usual[at])) if asked[at] else one
             for at, one in enumerate(coming)]
    told = told_by(learnt, made(other)).quantiles[:, MIDDLE]
    return Moving(term=term, planned=planned, usual=usual,
                  instead=np.where(asked, told, np.nan))


def _with(one: ToCome, term: str, value: float) -> ToCome:
    match term:
        case "hours":
            return replace(one, hours=value)
        case "products":
            return replace(one, products=value)
        case _:
            return replace(one, spend=value)

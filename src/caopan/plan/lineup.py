"""A line-up as a problem (排品): what items bring by when and how long, and rules to keep.

Time is counted in steps from the moment the first item may begin. Nothing lies beside anything
else and nothing stands empty, but before an item that is pinned to a moment and at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from caopan.stats.arrays import Floats, Ints

BREAK = "break"
FLAT = 0.05
"""The least there is to win, beside what all items bring: where time changes nothing."""
LATE, SOON, TIGHT = 0.5, 0.05, 0.02
"""What a step beside a demand, a wish, and one unit of the whole value beyond the cap cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Items to be put in order in ``steps`` steps.

    ``value``: shape (n, lengths + 1, steps), what item i brings that begins at a step and lasts
    so many; minus infinity where it may not. ``loss``: of the same shape, >= 0, what it loses.
    ``kind``: the class of each, ``break`` for a break. ``apart``: steps between two of a class.
    ``first``: the classes that may open. ``stretch``: steps without a break at most. ``cap``: what
    may be lost in all. ``pins``: the step an item begins at. ``orders``: the first before the
    second. ``demanded``: names of rules that must hold; the others are wishes. ``limits``: the
    least and the greatest length of each item; None: as far as the values reach.
    """

    value: Floats
    loss: Floats
    kind: tuple[str, ...]
    steps: int
    apart: Mapping[str, int] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    stretch: int | None = None
    cap: float | None = None
    pins: Mapping[int, int] = field(default_factory=dict)
    orders: tuple[tuple[int, int], ...] = ()
    demanded: frozenset[str] = frozenset()
    limits: tuple[Ints, Ints] | None = None

    def lengths(self) -> tuple[Ints, Ints]:
        """Return the least and the greatest length of each item, steps."""
        if self.limits is not None:
            return self.limits
        able = np.asarray(np.isfinite(self.value).any(axis=2))
        return able.argmax(axis=1), able.shape[1] - 1 - able[:, ::-1].argmax(axis=1)

    @property
    def scale(self) -> float:
        """Return how much there is to win or lose by the order, in the unit of the values."""
        able = np.isfinite(self.value)
        most = np.where(able, self.value, -np.inf).max(axis=(1, 2))
        least = np.where(able, self.value, np.inf).min(axis=(1, 2))
        told = np.isfinite(most)
        largest = np.maximum(np.abs(most[told]), np.abs(least[told])).sum()
        return float(max((most[told] - least[told]).sum(), FLAT * largest)) or 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUp:
    """Items in an order with their lengths and starts, steps.

    ``broken``: by how much each rule that does not hold is missed, steps; the cap in the unit of
    the values.
    """

    order: tuple[int, ...]
    lengths: tuple[int, ...]
    starts: tuple[int, ...]
    value: float
    broken: Mapping[str, float]
    cost: float

    @property
    def ends(self) -> int:
        """Return the step at which the last item ends."""
        return self.starts[-1] + self.lengths[-1] if self.order else 0


class Judge:
    """Values a line-up many thousand times: the tables as lists, which a loop reads fastest."""

    def __init__(self, problem: Problem) -> None:
        """Keep what the loop needs."""
        self.problem = problem
        able = np.isfinite(problem.value)
        worst = np.where(able, problem.value, np.inf).min(axis=(1, 2), keepdims=True)
        worst = np.where(np.isfinite(worst), worst, 0.0)
        self._value = np.where(able, problem.value, worst).tolist()
        self._loss = problem.loss.tolist() if problem.cap is not None else None
        self._apart = dict(problem.apart)
        self._scale = problem.scale

    def line_up(self, order: Sequence[int], lengths: Sequence[int]) -> LineUp:
        """Return items in an order as a line-up; ``lengths`` are by item, not by place."""
        broken: dict[str, float] = {}
        value, starts = self._told(order, lengths, broken)
        return LineUp(
            order=tuple(order), lengths=tuple(lengths[one] for one in order), value=value,
            starts=tuple(starts), broken=broken, cost=value - self._fined(broken))

    def cost(self, order: Sequence[int], lengths: Sequence[int]) -> float:
        """Return what a line-up brings less what its broken rules are fined."""
        broken: dict[str, float] = {}
        value, _ = self._told(order, lengths, broken)
        return value - self._fined(broken) if broken else value

    def _fined(self, broken: Mapping[str, float]) -> float:
        problem, total = self.problem, 0.0
        for name, amount in broken.items():
            hard = name in problem.demanded or name in {"minutes", "order", "pin"}
            if name == "loss_cap":
                total += amount * (2.0 if hard else 1.0) + TIGHT * self._scale
            else:
                total += ((LATE if hard else SOON) * amount + TIGHT) * self._scale
        return total

    def _told(self, order: Sequence[int], lengths: Sequence[int],
              broken: dict[str, float]) -> tuple[float, list[int]]:
        problem, at, value, lost = self.problem, 0, 0.0, 0.0
        ends: dict[str, int] = {BREAK: 0}
        starts: list[int] = []
        last = problem.steps - 1
        for item in order:
            if item in problem.pins:
                at = _pinned(at, problem.pins[item], broken)
            length, kind = lengths[item], problem.kind[item]
            start = min(at, last)
            value += self._value[item][length][start]
            if self._loss is not None:
                lost += self._loss[item][length][start]
            if kind in self._apart or kind == BREAK:
                self._spaced(kind, at, ends, broken)
                ends[kind] = at + length
            starts.append(at)
            at += length
        if at > problem.steps:
            _add(broken, "minutes", at - problem.steps)
        self._spaced(BREAK, at, ends, broken)
        if problem.cap is not None and lost > problem.cap:
            _add(broken, "loss_cap", lost - problem.cap)
        self._ordered(order, starts, broken)
        return value, starts

    def _spaced(self, kind: str, at: int, ends: Mapping[str, int],
                broken: dict[str, float]) -> None:
        """Add what two of a class stand too close, or the host goes on too long."""
        if kind == BREAK:
            stretch = self.problem.stretch
            if stretch is not None and at - ends[kind] > stretch:
                _add(broken, "stretch", at - ends[kind] - stretch)
        elif kind in ends and at - ends[kind] < self._apart[kind]:
            _add(broken, f"apart.{kind}", self._apart[kind] - at + ends[kind])

    def _ordered(self, order: Sequence[int], starts: Sequence[int],
                 broken: dict[str, float]) -> None:
        """Add what stands first and should not, and what stands before what it should follow."""
        problem = self.problem
        if problem.first and order and problem.kind[order[0]] not in problem.first:
            _add(broken, "first", 1)
        if problem.orders:
            begins = dict(zip(order, starts, strict=True))
            for before, after in problem.orders:
                if begins[before] > begins[after]:
                    _add(broken, "order", begins[before] - begins[after])


def _pinned(at: int, pin: int, broken: dict[str, float]) -> int:
    if at > pin:
        _add(broken, "pin", at - pin)
    return max(at, pin)


def _add(broken: dict[str, float], name: str, amount: float) -> None:
    broken[name] = broken.get(name, 0.0) + amount

"""What a product brings by when it is explained and how long (时段价值): a line-up's tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.plan.lineup import BREAK, Problem
from caopan.playbook.lineup import LineUpRules
from caopan.stats.arrays import Floats

MOST_STEPS, GRAIN = 240, 30
"""Steps of a show at most; a step is whole half minutes."""
KNOTS = 65
MOST_BY = 6.0
"""How many times its usual demand a product is asked for at most: values are told up to there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """The products of one session; arrays in their order.

    ``points``: shape (n, draws), demand as equally likely values; ``stock``: units, infinity where
    it is not known. ``margin``: minor units a sale leaves, negative for what is given away.
    ``usual``: seconds of explanation that the demand supposes; ``least`` and ``most``: its limits.
    """

    product: tuple[str, ...]
    kind: tuple[str, ...]
    points: Floats
    stock: Floats
    margin: Floats
    usual: Floats
    least: Floats
    most: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The time there is: ``seconds`` of the whole; ``traffic``: shape (parts,), mean 1.

    ``told``: the share of demand that comes while a product is explained.
    """

    seconds: int
    traffic: Floats
    told: float

    @property
    def step(self) -> int:
        """Return the length of a step, seconds.

        >>> Show(seconds=7200, traffic=np.ones(2), told=0.5).step
        30
        """
        return GRAIN * math.ceil(self.seconds / MOST_STEPS / GRAIN)


def breaks_of(seconds: int, rules: LineUpRules) -> int:
    """Return how many breaks a show needs so that no stretch is too long.

    >>> from caopan.playbook.lineup import line_up_rules
    >>> breaks_of(6 * 3600, line_up_rules()[0])
    2
    """
    if rules.stretch is None:
        return 0
    stretch = rules.stretch * 60.0
    left = seconds - stretch
    return max(math.ceil(left / (stretch + rules.break_seconds) - 1e-9), 0)


def reach(show: Show, rules: LineUpRules, lengths: Floats, usual: float) -> Floats:
    """Return how many times its usual demand a product meets, shape (lengths, steps).

    Args:
        show: the time there is.
        rules: what the opening takes, and how demand follows the length.
        lengths: of the explanation, steps.
        usual: the length that the demand supposes, seconds.
    """
    step, steps = show.step, steps_of(show, rules)
    begins = rules.open_seconds / step + np.arange(steps)
    edges = np.concatenate([[0.0], np.cumsum(_by_step(show, rules))])
    at = np.arange(len(edges))
    ends = np.minimum(begins[None, :] + lengths[:, None], at[-1])
    seen = np.interp(ends, at, edges) - np.interp(begins, at, edges)[None, :]
    mean = seen / np.maximum(lengths, 1.0)[:, None]
    longer = (lengths * step / usual) ** rules.length_power
    return np.asarray((1.0 - show.told) + show.told * mean * longer[:, None])


def steps_of(show: Show, rules: LineUpRules) -> int:
    """Return the steps between the opening and the closing."""
    return max((show.seconds - rules.open_seconds - rules.close_seconds) // show.step, 0)


def units_at(points: Floats, stock: float, times: Floats) -> Floats:
    """Return the units a product sells, expected, where its demand is so many times the usual.

    >>> units_at(np.array([10.0, 20.0]), 15.0, np.array([1.0, 2.0])).tolist()
    [12.5, 15.0]
    """
    knots = np.linspace(0.0, max(MOST_BY, float(times.max(initial=0.0))), KNOTS)
    knots = np.union1d(knots, [1.0, 2.0])
    sold = np.minimum(points[None, :] * knots[:, None], stock).mean(axis=1)
    return np.asarray(np.interp(times, knots, sold))


def problem_of(goods: Goods, show: Show, rules: LineUpRules) -> Problem:
    """Return the line-up of a session as a problem: its products and the breaks it needs."""
    step, steps = show.step, steps_of(show, rules)
    rests = breaks_of(show.seconds, rules)
    rest = max(round(rules.break_seconds / step), 1)
    least = np.maximum(np.ceil(goods.least / step), 1.0)
    most = np.maximum(np.floor(goods.most / step), least)
    longest = int(max(most.max(initial=1.0), rest if rests else 1))
    n = len(goods.product)
    value = np.full((n + rests, longest + 1, steps), -np.inf)
    loss = np.zeros_like(value)
    lengths = np.arange(longest + 1, dtype=float)
    fits = lengths[:, None] + np.arange(steps)[None, :] <= steps
    for at in range(n):
        able = fits & (lengths >= least[at])[:, None] & (lengths <= most[at])[:, None]
        times = reach(show, rules, lengths, float(goods.usual[at]))
        brought = goods.margin[at] * units_at(goods.points[at], float(goods.stock[at]), times)
        value[at] = np.where(able, brought, -np.inf)
        loss[at] = np.where(able, np.maximum(-brought, 0.0), 0.0)
    value[n:, rest] = np.where(fits[rest], 0.0, -np.inf)
    place = {name: at for at, name in enumerate(goods.product)}
    begins = {one.product_id: max(round((one.minute * 60.0 - rules.open_seconds) / step), 0)
              for one in rules.pins}
    return Problem(
        value=value, loss=loss, kind=(*goods.kind, *[BREAK] * rests), steps=steps,
        apart={kind: math.ceil(minutes * 60.0 / step) for kind, minutes in rules.apart.items()},
        first=rules.first if rules.first & set(goods.kind) else frozenset(),
        stretch=None if rules.stretch is None else math.ceil(rules.stretch * 60.0 / step),
        cap=None if rules.loss_cap is None else float(rules.loss_cap),
        pins={place[name]: begin for name, begin in begins.items() if name in place},
        orders=tuple((place[first], place[then]) for first, then in rules.orders
                     if first in place and then in place),
        demanded=rules.demanded,
        limits=(np.append(least, [rest] * rests).astype(np.int64),
                np.append(most, [rest] * rests).astype(np.int64)))


def _by_step(show: Show, rules: LineUpRules) -> Floats:
    """Return the traffic of every step of the whole show, the last one whole, mean about 1."""
    many = max(steps_of(show, rules) + math.ceil(
        (rules.open_seconds + rules.close_seconds) / show.step), 1)
    middles = (np.arange(len(show.traffic)) + 0.5) / len(show.traffic)
    told = np.interp((np.arange(many) + 0.5) / many, middles, show.traffic)
    return np.asarray(told / told.mean())


def lengths_of(kinds: Sequence[str], planned: Sequence[float | None], rules: LineUpRules
               ) -> tuple[Floats, Floats, Floats]:
    """Return the least, usual and greatest seconds of products by class and by what is planned.

    What a plan says is the usual length; the class's own limits widen to hold it.

    >>> from caopan.playbook.lineup import line_up_rules
    >>> [one.tolist() for one in lengths_of(["hero"], [150.0], line_up_rules()[0])]
    [[150.0], [150.0], [1500.0]]
    """
    rows = np.array([rules.seconds.get(kind, rules.seconds["regular"]) for kind in kinds],
                    dtype=float).reshape(len(kinds), 3)
    said = np.array([np.nan if one is None or one <= 0 else one for one in planned], dtype=float)
    usual = np.where(np.isnan(said), rows[:, 1], said)
    return np.minimum(rows[:, 0], usual), usual, np.maximum(rows[:, 2], usual)

"""What one order brings beside another (改排增益): the same demand, told for both."""

from __future__ import annotations

import numpy as np

from caopan.plan.lineup_worth import Goods, Show, reach, steps_of
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_figures import lines
from caopan.playbook.lineup import LineUpRules
from caopan.stats.arrays import Floats
from caopan.units.interval import Interval

SAMPLES, SEED = 2_000, 20_265
LOW, HIGH, LEVEL = 0.1, 0.9, 0.8


def gain(before: RunSheet, after: RunSheet, *, goods: Goods, show: Show, rules: LineUpRules
         ) -> Interval:
    """Return what one sheet brings more than another, in the unit of the goods' margins.

    Both meet the same demand, drawn for every product by itself; what it would be on another
    evening is in the range, what the rules of thumb on length and traffic are worth is not.

    Args:
        before: the sheet it is compared with.
        after: the sheet.
        goods: the products; those that a sheet does not hold sell nothing by being told.
        show: the time there is.
        rules: how demand follows the length.
    """
    rng = np.random.default_rng(SEED)
    total = np.zeros(SAMPLES)
    was, now = (_times(one, goods, show, rules) for one in (before, after))
    for at in range(len(goods.product)):
        asked = goods.points[at][rng.integers(0, goods.points.shape[1], SAMPLES)]
        sold = [np.minimum(asked * times[at], goods.stock[at]) for times in (was, now)]
        total += goods.margin[at] * (sold[1] - sold[0])
    low, mid, high = (float(one) for one in np.quantile(total, (LOW, 0.5, HIGH)))
    return Interval(low=low, mid=mid, high=high, level=LEVEL)


def _times(sheet: RunSheet, goods: Goods, show: Show, rules: LineUpRules) -> Floats:
    """Return how many times its usual demand each product meets, shape (n,)."""
    place = {name: at for at, name in enumerate(goods.product)}
    met = np.full(len(goods.product), 1.0 - show.told)
    last = max(steps_of(show, rules) - 1, 0)
    for line in lines(sheet):
        at = place.get(line.item.product_id or "")
        if at is None or not line.item.seconds:
            continue
        step = round((line.begins - rules.open_seconds) / show.step)
        told = reach(show, rules, np.array([line.item.seconds / show.step]),
                     float(goods.usual[at]))[0, min(max(step, 0), last)]
        met[at] += told - (1.0 - show.told)
    return met

"""Distributions of one session that agree: whole counts, no money without a sale."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caopan.stats.arrays import Floats

SALES = ("gmv", "units", "orders")
"""Outcomes that are all nothing where one of them is."""
COUNTED = ("units", "orders", "viewers")
BOUNDS = (("orders", "units"),)
"""The first is never more than the second."""


def coherent(told: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the distributions of one session's outcomes, made to agree.

    Quantiles ascend and are never negative; counts are whole; an order has at least one unit; and
    the chance that nothing is sold is the same for GMV, units and orders: the largest of theirs.

    Args:
        told: quantiles by outcome, each shape (19,).

    >>> made = coherent({"gmv": np.full(19, 500.0), "orders": np.full(19, 2.4),
    ...                  "units": np.full(19, 2.0)})
    >>> made["orders"][0].tolist(), made["units"][0].tolist()
    (2.0, 2.0)
    """
    made = {name: np.maximum.accumulate(np.maximum(values, 0.0)) for name, values in told.items()}
    for name in COUNTED:
        if name in made:
            made[name] = np.round(made[name])
    for less, more in BOUNDS:
        if less in made and more in made:
            made[less] = np.minimum(made[less], made[more])
    sales = [name for name in SALES if name in made]
    nothing = max((int((made[name] <= 0).sum()) for name in sales), default=0)
    for name in sales:
        made[name][:nothing] = 0.0
    return made

"""What a yuan of a session's sales leaves after goods and returns (毛利率)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caopan.plan.waves import Told


def margin_of(lines: Sequence[Told]) -> float | None:
    """Return the share of expected sales that is left, lines sold at a loss included.

    None where no line has an order, or none is expected to sell.

    >>> margin_of([]) is None
    True
    """
    sales = left = 0.0
    for line, order, points in lines:
        sold = float(np.minimum(points, order.quantity + order.held).mean())
        sales += sold * float(line.price or 0)
        left += sold * ((line.kept or 0.0) - float(line.cost or 0))
    return left / sales if sales > 0 else None

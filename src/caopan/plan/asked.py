"""The lines of a plan as arrays: what demand is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.plan.sales import Names
from caopan.stats.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lines of a plan; arrays of shape (n,), in order of time for each product.

    ``start``: days since 1970-01-01 in the business zone; ``hours`` > 0; ``price`` NaN where not
    known; ``strength``: shape (n, outcomes), as that of ``Sales``. ``critical``: the share of
    cases in which each line's demand pays to be met, NaN where its economics are not known.
    """

    host: Names
    product: Names
    role: Names
    start: Floats
    hours: Floats
    price: Floats
    strength: Floats
    critical: Floats

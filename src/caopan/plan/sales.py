"""What each product sold in each session before (带货明细), and when its stock was gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caopan.stats.arrays import Bools, Floats, Ints

Names = NDArray[np.object_]
OUTCOMES = ("units", "viewers")
"""Whose forecasts of a session may say how much its products are asked for."""
LATELY = 30
"""Sessions of a product with a host that count, the latest ones: what is older says little."""
LEAST_SHARE = 1e-3
"""Of a show that stock lasted at least: what is gone at once still took a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """A row per session and product, in order of time; every array has shape (n,).

    ``units`` >= 0; ``hours`` > 0, of the show; ``opens`` and ``talked``: when its explanation
    began and how long it took, as shares of the show, NaN where not known; ``gone``: the share of
    the show after which the stock was gone, NaN where it was not or nobody knows when;
    ``capped``: whether it was gone at an unknown moment; ``price``: minor units, NaN where not
    known. ``start``: days since 1970-01-01 in the business zone. ``strength``: shape (n, 2), what
    was forecast of the session an hour before it began, beside what is usual of its host, by
    outcome of ``OUTCOMES``; NaN where nothing was.
    """

    host: Names
    product: Names
    role: Names
    start: Floats
    units: Floats
    hours: Floats
    opens: Floats
    talked: Floats
    gone: Floats
    capped: Bools
    price: Floats
    strength: Floats

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.units)

    def rows(self, places: Ints | Bools) -> Sales:
        """Return some of the rows, in the order given."""
        return Sales(**{name: getattr(self, name)[places] for name in self.__slots__})

    def lately(self) -> Sales:
        """Return the latest rows of each product with each host, at most ``LATELY``.

        Rows of one product and host stand together afterwards, in order of time.
        """
        pair = paired(self.host, self.product)
        order = np.argsort(pair, kind="stable")
        ends = np.cumsum(np.bincount(pair))
        from_end = ends[pair[order]] - np.arange(len(order))
        return self.rows(order[from_end <= LATELY])

    def stocked_share(self, told: float) -> Floats:
        """Return the share of the demand of each show that came while there was stock, (0, 1].

        Args:
            told: the share of demand, 0-1, that comes while a product is explained; the rest
                comes evenly over the show.
        """
        known = np.isfinite(self.opens) & np.isfinite(self.talked) & (self.talked > 0)
        window = np.where(known, told, 0.0)
        explained = np.clip(np.divide(self.gone - self.opens, self.talked,
                                      out=np.zeros(len(self)), where=known), 0.0, 1.0)
        share = window * explained + (1.0 - window) * self.gone
        return np.where(np.isnan(self.gone), 1.0, np.clip(share, LEAST_SHARE, 1.0))

    def moment_likelihood(self, told: float) -> float:
        """Return the part of the log likelihood of the moments of selling out that ``told`` moves.

        Demand comes at the rate of its share's slope; the counts' own likelihood is elsewhere.
        """
        out = np.isfinite(self.gone)
        known = out & np.isfinite(self.opens) & np.isfinite(self.talked) & (self.talked > 0)
        window = np.where(known, told, 0.0)[out]
        gone, opens, talked = self.gone[out], self.opens[out], self.talked[out]
        inside = (gone >= opens) & (gone <= opens + talked)
        slope = window * np.divide(inside, talked, out=np.zeros(len(gone)), where=talked > 0)
        slope += 1.0 - window
        return float(np.log(np.maximum(slope, LEAST_SHARE) / self.stocked_share(told)[out]).sum())


def paired(host: Names, product: Names) -> Ints:
    """Return a number for each pair of host and product, from 0, in order of first showing.

    >>> two = np.array(["a", "a", "b"], dtype=object)
    >>> paired(two, np.array(["x", "y", "x"], dtype=object)).tolist()
    [0, 1, 2]
    """
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault(one, len(numbers))
                     for one in zip(host, product, strict=True)], dtype=np.int64)

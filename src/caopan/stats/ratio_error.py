"""How far a ratio of sums can be off, when whole clusters (sessions) go together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints, divided, grouped_sum

HALF_AN_EVENT = 0.5
"""A count of zero is read as half an event: a finite logarithm with an honest, wide error."""
LEAST_SHARE = 0.1
"""What is left when the one cluster that holds everything is taken out: a tenth of a mean one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRatio:
    """The logarithm of each cell's ratio of sums, with what is needed to judge it.

    Arrays over cells: ``log`` (NaN where it cannot be computed), ``scatter`` the variance that
    one cluster brings (the variance of the log is ``scatter / count``), ``floor`` a variance below
    which counting alone does not let it fall, ``count`` clusters, ``excess`` the excess kurtosis
    of the clusters' influences (>= 0). ``influence`` (over rows) is each cluster's pseudo-value.
    """

    log: Floats
    scatter: Floats
    floor: Floats
    count: Floats
    excess: Floats
    influence: Floats


def log_ratio(
    numerator: Floats, denominator: Floats, cell: Ints, cells: int, *, events: bool,
) -> LogRatio:
    """Return the jackknifed log ratio of sums of every cell.

    The jackknife leaves out one cluster at a time, which holds better than the delta method where
    one cluster carries much of a sum. Rows in which either is NaN are left out of both sums.

    Args:
        numerator: shape (n,), >= 0, one value a cluster.
        denominator: shape (n,), >= 0.
        cell: shape (n,), in [0, cells).
        cells: number of cells.
        events: whether the numerator counts events: then a zero is read as half an event and the
            variance is at least one over the events.

    >>> made = log_ratio(np.array([4.0, 6.0]), np.array([50.0, 50.0]), np.array([0, 0]), 1,
    ...                  events=True)
    >>> np.exp(made.log).round(3).tolist(), made.floor.tolist()
    ([0.1], [0.1])
    """
    both = np.isfinite(numerator) & np.isfinite(denominator)
    above, below = np.where(both, numerator, 0.0), np.where(both, denominator, 0.0)
    count = grouped_sum(both, cell, cells)
    top, bottom = grouped_sum(above, cell, cells), grouped_sum(below, cell, cells)
    read = np.maximum(top, HALF_AN_EVENT) if events else top
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.where(bottom > 0, np.log(read) - np.log(bottom), np.nan)
        log[~np.isfinite(log)] = np.nan
        left_out = _left_out(read, top, above, count, cell) - _left_out(
            bottom, bottom, below, count, cell)
    influence = _centred(np.where(both, left_out, np.nan), both, count, cell, cells)
    squares = grouped_sum(influence**2, cell, cells)
    scatter = divided(squares, count - 1.0) * (count > 1)
    fourth = grouped_sum(influence**4, cell, cells)
    excess = np.nan_to_num(divided(fourth * count, squares**2) - 3.0).clip(min=0.0)
    floor = 1.0 / read.clip(min=HALF_AN_EVENT) if events else np.zeros(cells)
    scatter = np.where((count > 1) & np.isfinite(log), scatter, np.nan)
    return LogRatio(log=log, scatter=scatter, floor=floor, count=count, excess=excess,
                    influence=influence)


def from_moments(
    numerator: Floats,
    denominator: Floats,
    clusters: Floats,
    moments: tuple[Floats, Floats, Floats],
) -> LogRatio:
    """Return the log ratio of sums from sums of squares over clusters (delta method).

    Args:
        numerator: shape (n,), the sums.
        denominator: shape (n,).
        clusters: shape (n,), how many clusters went into them.
        moments: sums over clusters of numerator squared, numerator times denominator, and
            denominator squared, each shape (n,).

    >>> two = [np.array([x]) for x in (10.0, 100.0, 2.0, 52.0, 500.0, 5000.0)]
    >>> from_moments(two[0], two[1], two[2], (two[3], two[4], two[5])).scatter.round(3).tolist()
    [0.08]
    """
    square, product, below = moments
    good = (numerator > 0) & (denominator > 0) & (clusters > 1)
    top, bottom = np.where(good, numerator, 1.0), np.where(good, denominator, 1.0)
    spread = square / top**2 - 2.0 * product / (top * bottom) + below / bottom**2
    scatter = clusters**2 * spread / np.maximum(clusters - 1.0, 1.0)
    return LogRatio(
        log=np.where(good, np.log(top) - np.log(bottom), np.nan),
        scatter=np.where(good, scatter.clip(min=0.0), np.nan),
        floor=np.zeros_like(top), count=np.where(np.isfinite(clusters), clusters, 0.0),
        excess=np.zeros_like(top), influence=np.zeros(0),
    )


def _left_out(read: Floats, total: Floats, rows: Floats, count: Floats, cell: Ints) -> Floats:
    """Return the log of each cell's sum without one cluster, kept away from zero."""
    least = LEAST_SHARE * read / np.maximum(count, 1.0)
    return np.log(np.maximum((total[cell] - rows), least[cell]))


def _centred(
    left_out: Floats, both: Bools, count: Floats, cell: Ints, cells: int,
) -> Floats:
    """Return pseudo-values with mean zero in each cell; 0 where a row was left out."""
    known = np.where(both & np.isfinite(left_out), left_out, 0.0)
    mean = divided(grouped_sum(known, cell, cells), count)
    centred = (mean[cell] - known) * (count[cell] - 1.0)
    return np.where(both & np.isfinite(left_out), centred, 0.0)

"""Metrics of the catalogue (refunds, repurchase, advertising) as signals."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.column import Column, column
from caopan.diagnose.inputs import MetricTable
from caopan.diagnose.peers import Peers, beside
from caopan.diagnose.readings import Worth
from caopan.playbook.signal import Against
from caopan.stats.arrays import Floats, Ints, divided
from caopan.stats.contrast import alone, contrast
from caopan.stats.persistence import USUAL
from caopan.stats.ratio_error import LogRatio, from_moments
from caopan.stats.student import t_quantile

FEWEST = 3
"""Clusters a side below which no difference is tested."""


def against_previous(table: MetricTable, gmv: Floats, *, level: float) -> Column:
    """Return a metric beside the period before.

    ``gmv``: shape (s,), of the period, minor units: what a share of GMV is a share of; NaN where
    no amount is known, so that nothing is priced.
    """
    before, after = _side(table, 0), _side(table, 1)
    made = contrast(before, after, correlation=USUAL)
    values = divided(table.numerator, table.denominator)
    enough = (before.count >= FEWEST) & (after.count >= FEWEST)
    reach = np.where(enough, t_quantile(level, made.freedom), np.nan)
    difference = values[:, 1] - values[:, 0]
    slope = np.where(np.abs(made.change) > 0, divided(difference, made.change), values[:, 1])
    price = -gmv * slope if table.cost else gmv * table.sensitivity
    worth = table.cost or table.sensitivity != 0
    return column(
        table.metric, Against.PREVIOUS, values[:, 1], level=level, comparison=values[:, 0],
        n=table.n[:, 1], n_comparison=table.n[:, 0], n_of=table.n_of,
        half=reach * made.error * slope, probability=np.where(enough, made.probability, np.nan),
        prize=price * made.change if worth else np.full(gmv.shape, np.nan),
        prize_half=reach * made.error * np.abs(price),
    )


def by_itself(table: MetricTable, *, level: float) -> Column:
    """Return a metric of the period by itself, with the range of its value."""
    made = _side(table, 1)
    variance, freedom = alone(made, correlation=USUAL)
    value = divided(table.numerator, table.denominator)[:, 1]
    reach = np.where(made.count >= FEWEST, t_quantile(level, freedom), np.nan)
    return column(table.metric, Against.LEVEL, value, level=level, n=table.n[:, 1],
                  n_of=table.n_of, half=value * np.expm1(reach * np.sqrt(variance)))


def against_peers(table: MetricTable, gmv: Floats, *, group: Ints, level: float) -> Peers:
    """Return a metric beside its peers."""
    made = _side(table, 1)
    variance, freedom = alone(made, correlation=USUAL)
    worth = Worth.COST if table.cost else Worth.FACTOR if table.sensitivity else Worth.NONE
    return beside(table.metric, made, variance, freedom, group=group, per=1.0, sold=gmv,
                  level=level, worth=worth, n_of=table.n_of)


def _side(table: MetricTable, side: int) -> LogRatio:
    squares, products, below = (moment[:, side] for moment in table.moments)
    return from_moments(table.numerator[:, side], table.denominator[:, side],
                        table.clusters[:, side], (squares, products, below))

"""Each subject beside its peers: same category and currency, and stage where enough remain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.column import Column, column
from caopan.diagnose.inputs import Inputs
from caopan.diagnose.readings import READINGS, Worth
from caopan.playbook.signal import Against
from caopan.stats.arrays import Floats, Ints
from caopan.stats.empirical_bayes import Group, fitted, shrunken
from caopan.stats.ratio_error import LogRatio
from caopan.stats.student import t_probability, t_quantile

FEWEST = 5
"""Other subjects below which there is no peer group."""
ENOUGH = 20
"""Subjects of one stage from which on only they are peers."""
SURE = 1e-12
"""Variance of a log that is as good as none: sessions that are all alike."""
QUARTER = 0.6744897501960817
"""How many standard deviations a quartile lies from the centre of a normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """One reading of every subject beside its group, in the reading's own unit; shape (s,)."""

    centre: Floats
    quartiles: Floats
    """Shape (s, 3): 25th, 50th, 75th percentile of the peers' true values."""
    percentile: Floats
    count: Floats
    """Other subjects in the group with a value; NaN everything below ``FEWEST``."""
    column: Column


def groups(inputs: Inputs, rungs: Ints) -> Ints:
    """Return every subject's peer group, numbered from 0.

    Args:
        inputs: whose subjects.
        rungs: shape (s,), the stage each stands on, -1 = not known.

    >>> from caopan.diagnose.diagnosis import Subject
    >>> from caopan.diagnose.inputs import sessions
    >>> two = [Subject(kind="streamer", id=i, name=i, currency="CNY") for i in "ab"]
    >>> none = sessions(subject=[], session_id=[], started_at=[], columns={})
    >>> groups(Inputs(subjects=tuple(two), categories=("fruit", "tea"), sessions=none),
    ...        np.array([0, 0])).tolist()
    [0, 1]
    """
    wide = _numbered([(category, subject.currency) for category, subject in
                      zip(inputs.categories, inputs.subjects, strict=True)])
    narrow = _numbered(list(zip(wide.tolist(), rungs.tolist(), strict=True)))
    crowded = (np.bincount(narrow)[narrow] >= ENOUGH) & (rungs >= 0) if len(narrow) else narrow
    width = int(wide.max(initial=-1)) + 1
    mixed = np.where(crowded, width + narrow, wide)
    return np.unique(mixed, return_inverse=True)[1].astype(np.int64)


def beside(
    metric: str, made: LogRatio, variance: Floats, freedom: Floats, *, group: Ints, per: float,
    sold: Floats, level: float, worth: Worth, n_of: str = "sessions",
) -> Peers:
    """Return one metric of every subject beside its peers, drawn towards them.

    Args:
        metric: its id.
        made: log ratios of the period, arrays of shape (s,).
        variance: of those logs.
        freedom: of those variances.
        group: shape (s,), from ``groups``.
        per: the factor between the ratio of the columns and the metric.
        sold: shape (s,), of the period, in the measure; NaN where nothing can be priced.
        level: of the ranges.
        worth: what a change of the metric means in money, or in units.
        n_of: what ``made.count`` counts.
    """
    number = int(group.max(initial=-1)) + 1
    error = np.sqrt(np.maximum(variance, SURE))
    peers = fitted(made.log, error, group, number)
    drawn = shrunken(made.log, error, group, peers)
    others = peers.count[group] - np.isfinite(made.log)
    there = (others >= FEWEST) & np.isfinite(made.log) & np.isfinite(error)
    own = drawn.mean - peers.centre[group]
    wide = np.sqrt(variance + peers.centre_error[group] ** 2)
    reach = t_quantile(level, freedom)
    value, centre = np.exp(made.log) * per, np.exp(peers.centre[group]) * per
    prize = own * sold if worth is Worth.FACTOR else np.full(own.shape, np.nan)
    if worth is Worth.COST:
        prize = -(np.exp(drawn.mean) - np.exp(peers.centre[group])) * sold
    empty = np.full(own.shape, np.nan)
    gap = made.log - peers.centre[group]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(np.abs(gap) > 0, (value - centre) / gap, value)
        step = np.where(gap == 0, 0.0, gap / wide)
    read = column(
        metric, Against.PEERS, np.where(there, value, np.nan), level=level, n_of=n_of,
        comparison=np.where(there, centre, empty),
        half=np.where(there, reach * wide * slope, empty),
        probability=np.where(there, t_probability(step, freedom), empty),
        percentile=np.where(there, drawn.percentile, empty), n=made.count,
        n_comparison=np.where(there, others, 0.0), prize=np.where(there, prize, empty),
        prize_half=np.where(there, reach * drawn.error * sold, empty),
    )
    return Peers(centre=read.comparison, quartiles=_quartiles(peers, group, there, per),
                 percentile=read.percentile, count=read.n_comparison, column=read)


def per_of(reading: str) -> tuple[float, Worth]:
    """Return a reading's factor and what it is worth.

    >>> per_of("gpm")[0]
    1000.0
    """
    return READINGS[reading].per, READINGS[reading].worth


def _quartiles(peers: Group, group: Ints, there: np.ndarray, per: float) -> Floats:
    steps = np.array([-QUARTER, 0.0, QUARTER])
    logs = peers.centre[group][:, None] + peers.spread[group][:, None] * steps
    return np.where(there[:, None], np.exp(logs) * per, np.nan)


def _numbered(keys: list[tuple[object, ...]]) -> Ints:
    """Return a number for every distinct key, in order of first appearance."""
    seen: dict[tuple[object, ...], int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)

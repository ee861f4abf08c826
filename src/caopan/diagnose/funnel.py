"""The funnel of one subject as step rates beside its peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from caopan.diagnose.column import Column, Key, known
from caopan.diagnose.diagnosis import StepRate
from caopan.diagnose.measure import Measure
from caopan.diagnose.peers import Peers
from caopan.diagnose.readings import READINGS
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools, Floats
from caopan.units.verdict import Verdict

STEPS: tuple[tuple[str, ...], ...] = (
    ("enter_rate", "enter_rate_pv"),
    ("prod_expo_rate", "prod_expo_per_view"),
    ("prod_ctr_expo", "prod_ctr_expo_pv", "prod_ctr_view"),
    ("click_pay_rate", "ctor"),
    ("view_pay_rate", "orders_per_view", "units_per_view"),
    ("aov", "gmv_per_order", "gmv_per_unit"),
    ("follow_rate",),
)
"""The steps in order; of each the first basis that the columns carry."""

UNIT_STEPS: tuple[tuple[str, ...], ...] = (
    *STEPS[:4],
    ("view_pay_rate", "orders_per_view", "units_per_viewer", "units_per_view"),
    ("units_per_buyer", "items_per_order"),
    ("follow_rate",),
)
"""The same where sales are counted in units: no price has a step."""


def steps_of(measure: Measure) -> tuple[tuple[str, ...], ...]:
    """Return the steps in order, each with its bases, for sales counted in a measure.

    >>> from caopan.diagnose.measure import UNITS
    >>> steps_of(UNITS)[-2]
    ('units_per_buyer', 'items_per_order')
    """
    return STEPS if measure.priced else UNIT_STEPS


def metrics(measure: Measure) -> tuple[str, ...]:
    """Return every basis of every step.

    >>> from caopan.diagnose.measure import GMV
    >>> metrics(GMV)[:2]
    ('enter_rate', 'enter_rate_pv')
    """
    return tuple(metric for step in steps_of(measure) for metric in step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One basis of a step, its numbers of all subjects; arrays of shape (s,), quartiles (s, 3)."""

    metric: str
    value: Floats
    half: Floats
    comparison: Floats
    quartiles: Floats
    percentile: Floats
    count: Floats
    supported: Bools


def steps(
    measure: Measure, *, columns: Mapping[Key, Column], values: Mapping[str, Column],
    peers: Mapping[str, Peers], verdicts: Mapping[Key, Bools],
) -> tuple[tuple[Step, ...], ...]:
    """Return every step with those of its bases that anybody's columns carry.

    Args:
        measure: what sales are counted in.
        columns: all signals; of them those against the previous period.
        values: each step's value by itself, with its range.
        peers: each step beside the peers.
        verdicts: whether the data carry a difference.
    """
    def listed(metric: str) -> Step:
        key, own, group = (metric, Against.PREVIOUS), values[metric], peers[metric]
        return Step(
            metric=metric, value=own.value, half=own.half, comparison=columns[key].comparison,
            quartiles=group.quartiles, percentile=group.percentile, count=group.count,
            supported=verdicts[key])

    return tuple(tuple(listed(metric) for metric in step
                       if np.isfinite(values[metric].value).any()) for step in steps_of(measure))


def funnel(subject: int, *, made: tuple[tuple[Step, ...], ...]) -> tuple[StepRate, ...]:
    """Return the steps of one subject that can be computed."""
    chosen = (next((one for one in step if isfinite(one.value.item(subject))), None)
              for step in made)
    return tuple(_rate(one, subject) for one in chosen if one is not None)


def _rate(one: Step, subject: int) -> StepRate:
    value, half = one.value.item(subject), one.half.item(subject)
    low, middle, high = one.quartiles[subject].tolist()
    ranged = isfinite(half)
    return StepRate(
        metric=one.metric, name=READINGS[one.metric].name, value=value,
        comparison=known(one.comparison.item(subject)),
        low=max(value - half, 0.0) if ranged else None, high=value + half if ranged else None,
        peers=(low, middle, high) if isfinite(middle) else None,
        percentile=known(one.percentile.item(subject)), n_peers=int(one.count.item(subject)),
        verdict=Verdict.SUPPORTED if one.supported.item(subject) else Verdict.CANNOT_TELL)

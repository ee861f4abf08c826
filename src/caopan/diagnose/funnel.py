"""The funnel of one subject as step rates beside its peers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caopan.diagnose.column import Column, Key, interval, known
from caopan.diagnose.diagnosis import StepRate
from caopan.diagnose.peers import Peers
from caopan.diagnose.readings import READINGS
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools
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

METRICS: tuple[str, ...] = tuple(metric for step in STEPS for metric in step)


def funnel(
    subject: int, *, columns: Mapping[Key, Column], values: Mapping[str, Column],
    peers: Mapping[str, Peers], verdicts: Mapping[Key, Bools],
) -> tuple[StepRate, ...]:
    """Return the steps of one subject that can be computed.

    Args:
        subject: its position.
        columns: all signals; of them those against the previous period.
        values: each step's value by itself, with its range.
        peers: each step beside the peers.
        verdicts: whether the data carry a difference.
    """
    found = []
    for step in STEPS:
        metric = next((one for one in step if np.isfinite(values[one].value[subject])), None)
        if metric is None:
            continue
        key = (metric, Against.PREVIOUS)
        own, group = values[metric], peers[metric]
        span = interval(own.value[subject], own.half[subject], own.level)
        spread = group.quartiles[subject]
        found.append(StepRate(
            metric=metric, name=READINGS[metric].name, value=known(own.value[subject]),
            comparison=known(columns[key].comparison[subject]),
            low=max(span.low, 0.0) if span else None, high=span.high if span else None,
            peers=_three(spread) if np.isfinite(spread).all() else None,
            percentile=known(group.percentile[subject]), n_peers=int(group.count[subject]),
            verdict=Verdict.SUPPORTED if verdicts[key][subject] else Verdict.CANNOT_TELL))
    return tuple(found)


def _three(spread: np.ndarray) -> tuple[float, float, float]:
    return float(spread[0]), float(spread[1]), float(spread[2])

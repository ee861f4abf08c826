"""The definition of every number that diagnoses show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from caopan.diagnose.diagnosis import Diagnosis
from caopan.metrics.catalogue import METRICS
from caopan.playbook.vocabulary import READINGS
from caopan.report.page import Definition


def definitions(diagnoses: Iterable[Diagnosis]) -> Mapping[str, Definition]:
    """Return the definitions of the metrics and readings used, by id."""
    used: set[str] = set()
    for one in diagnoses:
        used |= {found.signal.metric for found in one.findings}
        used |= {step.metric for step in one.funnel} | set(one.figures)
        used |= {factor.id for change in (one.change, *one.trees) for factor in change.factors}
    return {name: made for name in sorted(used) if (made := _definition(name)) is not None}


@cache
def _definition(name: str) -> Definition | None:
    metric = METRICS.get(name)
    if metric is not None:
        return Definition(id=name, name=metric.name, formula=metric.formula, unit=metric.unit)
    reading = READINGS.get(name)
    if reading is None:
        return None
    return Definition(id=name, name=reading.name, formula=reading.name, unit=reading.unit)

"""The definition of every number that diagnoses show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from caopan.diagnose.diagnosis import Diagnosis
from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.playbook.vocabulary import READINGS
from caopan.report.formulas import FORMULAS
from caopan.report.page import Definition
from caopan.units.message import Text
from caopan.units.unit import Unit

GMV = Definition(
    id="gmv", name=Text(zh="成交金额（GMV）", en="GMV"), unit=Unit.MONEY,
    formula=Text(zh="计入场次的成交金额之和，含后续退款",
                 en="sum over the sessions that count, later refunds included"))
"""What the report calls GMV: the sessions' own figure."""
CALLED = {"gmv_per_unit": "price_per_item"}
"""As a factor a ratio has an id of its own; it is called what it is called elsewhere."""


def definitions(diagnoses: Iterable[Diagnosis]) -> Mapping[str, Definition]:
    """Return the definitions of the metrics and readings used, by id."""
    used = {GMV.id}
    for one in diagnoses:
        used |= {found.signal.metric for found in one.findings}
        used |= {step.metric for step in one.funnel} | set(one.figures)
        used |= {factor.id for change in (one.change, *one.trees) for factor in change.factors}
    return {name: made for name in sorted(used) if (made := definition(name)) is not None}


@cache
def definition(name: str) -> Definition | None:
    """Return the definition of a metric or reading, None where neither has that id.

    >>> definition("gpm").formula.en
    'GMV ÷ views × 1,000'
    """
    if name == GMV.id:
        return GMV
    metric = METRICS.get(name)
    if metric is not None:
        called = METRICS[CALLED.get(name, name)].name
        return Definition(id=name, name=called, formula=_formula(metric), unit=metric.unit)
    reading = READINGS.get(name)
    if reading is None:
        return None
    return Definition(id=name, name=reading.name, formula=FORMULAS[name], unit=reading.unit)


def _formula(metric: Metric) -> Text:
    """Return the formula; a plain column, called by its own name, is said to be a sum."""
    if metric.formula.zh != metric.name.zh and metric.formula.en != metric.name.en:
        return metric.formula
    return FORMULAS.get(metric.id) or Text(zh=f"各行{metric.formula.zh}之和",
                                           en=f"sum of {metric.formula.en}")

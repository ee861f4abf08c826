"""The catalogue (指标目录): every metric by its id."""

from __future__ import annotations

from difflib import get_close_matches

from caopan.metrics import (
    advertising,
    article,
    cadence,
    followers,
    interaction,
    ledger_sales,
    product_steps,
    record,
    refunds,
    repurchase,
    sales,
    service,
    stock,
    structure,
    traffic,
)
from caopan.metrics.metric import Metric
from caopan.units.message import CaopanError, Message, Text

FAMILIES = (
    traffic, interaction, followers, product_steps, sales, ledger_sales, refunds, repurchase,
    advertising, structure, stock, cadence, record, service, article,
)


def _collected() -> dict[str, Metric]:
    found: dict[str, Metric] = {}
    for family in FAMILIES:
        for metric in family.metrics():
            if metric.id in found:
                message = f"two metrics share the id {metric.id}"
                raise ValueError(message)
            found[metric.id] = metric
    return found


METRICS: dict[str, Metric] = _collected()
"""Every metric by id, family by family."""


def metric(id: str) -> Metric:  # noqa: A002 - the field's own name
    """Return one metric by id.

    >>> metric("enter_rate").formula.en
    'viewers ÷ people shown the room'

    Raises:
        UnknownMetricError: there is no such id.
    """
    if id not in METRICS:
        raise UnknownMetricError(id)
    return METRICS[id]


def _near(asked: str) -> list[str]:
    """Return the ids that may be meant: those that begin with the word, then those like it."""
    begun = [name for name in METRICS if name.split("_")[0] == asked.lower()]
    like = get_close_matches(asked.lower(), METRICS, n=3, cutoff=0.5)
    return list(dict.fromkeys((*begun[:3], *like)))[:4]


class UnknownMetricError(CaopanError):
    """Raised for an id that is not in the catalogue."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the field's own name
        """Name the id and the nearest ones."""
        near = _near(id)
        super().__init__(Message(
            key="unknown_metric",
            text=Text(zh="没有指标 {id}", en="no metric {id}"),
            values={"id": id, "near": near, "choice": ", ".join(near) or "caopan metrics"},
            hint=Text(zh="是不是这些：{choice}（全部见 caopan metrics）",
                      en="did you mean: {choice} (all of them: caopan metrics)"),
        ))

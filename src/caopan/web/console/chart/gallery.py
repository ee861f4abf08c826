"""One labelled-synthetic example of each chart in each state: for the gallery and its tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from caopan.units.message import Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.gallery_canvas import canvas_examples
from caopan.web.console.chart.gallery_rows import row_examples
from caopan.web.console.chart.state import (
    EMPTY,
    LOADING,
    READY,
    State,
    failed,
    stale,
    too_little_data,
)

STATES: tuple[State, ...] = (
    READY, stale(754), LOADING, EMPTY,
    too_little_data(Text(zh="再播 3 场就能算", en="3 more sessions and it can be computed")),
    failed(Text(zh="订单表缺支付时间，补上后重试",
                en="the orders lack a time of payment; add it and try again")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A chart in a state; the key is unique on the page."""

    key: str
    figure: Figure


def gallery() -> tuple[Example, ...]:
    """Return every kind of chart in every state, kind by kind.

    >>> [one.key for one in gallery()][:3]
    ['pacing-ready', 'pacing-stale', 'pacing-loading']
    """
    return tuple(Example(key=f"{figure.kind}-{state.condition.value}",
                         figure=replace(figure, state=state))
                 for figure in (*canvas_examples(), *row_examples()) for state in STATES)

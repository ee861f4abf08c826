"""A chart whose marks stand in the rows of a table: a name, a bar, its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from caopan.report import svg
from caopan.report.factor_rows import lying_whisker
from caopan.report.findings_axis import anchor_at
from caopan.report.scale import Scale
from caopan.report.scale import ticks as round_values
from caopan.report.svg import share
from caopan.units.verdict import Verdict

HEIGHT = 26.0
MIDDLE = HEIGHT / 2
EDGE = 3.0
"""Shares of the width kept free at both ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. ``tone`` is a style sheet's class: gain, loss, now, plan, unknown."""

    name: str
    note: str = ""
    bar: Markup
    value: str
    span: str = ""
    tone: str = "now"
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows under the strip of their shared axis; None where each row has its own scale."""

    axis: Markup | None
    rows: tuple[Row, ...]


def axis_of(values: list[float], *, with_zero: bool) -> Scale:
    """Return a scale in shares of the width that holds all values, and zero if asked.

    >>> axis_of([2.0, 8.0], with_zero=True)
    Scale(low=0.0, high=8.0, start=3.0, end=97.0)
    >>> axis_of([], with_zero=False).high
    1.0
    """
    held = [*values, 0.0] if with_zero or not values else values
    low, high = min(held), max(held)
    return Scale(low=low, high=high if high > low else low + 1.0, start=EDGE, end=100.0 - EDGE)


def axis_strip(axis: Scale, *, labels: dict[float, str], title: str) -> Markup:
    """Return the strip of labels that stands over the rows.

    >>> "20" in axis_strip(Scale(low=0, high=40), labels={20.0: "20"}, title="人")
    True
    """
    parts = [svg.words((share(axis.at(mark)), 12.0), label, "t small",
                       anchor=anchor_at(axis.at(mark))) for mark, label in labels.items()]
    return svg.strip(*parts, height=16.0, title=title)


def marks_of(axis: Scale) -> tuple[float, ...]:
    """Return the round values of an axis, three or so.

    >>> marks_of(Scale(low=0, high=8))
    (0.0, 2.0, 4.0, 6.0, 8.0)
    """
    return round_values(axis.low, axis.high, about=3)


def dot_bar(
    middle: float, ends: tuple[float, float], *, axis: Scale, kind: str, title: str,
    zero: float | None = None,
) -> Markup:
    """Return a dot with its whisker on a shared axis, and a line where nothing changes.

    ``kind`` is a style sheet's class; an unsure dot is hollow.

    >>> dot_bar(2, (1, 3), axis=Scale(low=0, high=4), kind="now", title="t").count("<circle")
    1
    """
    parts = [svg.line((share(axis.start), MIDDLE), (share(axis.end), MIDDLE), "grid")]
    if zero is not None and axis.low <= zero <= axis.high:
        parts.append(svg.line((share(axis.at(zero)), 0.0), (share(axis.at(zero)), HEIGHT), "axis"))
    parts.append(lying_whisker(axis.at(ends[0]), axis.at(ends[1]), MIDDLE))
    parts.append(svg.tag("circle", cx=share(axis.at(middle)), cy=MIDDLE, r=5.0,
                         class_=f"dot {kind}"))
    return svg.strip(*parts, height=HEIGHT, title=title)

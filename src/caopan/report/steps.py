"""The funnel (漏斗) as step rates: one scale a row, own rate above, peers on their own line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import StepRate
from caopan.report import svg
from caopan.report.factor_rows import lying_whisker
from caopan.report.page import Definition
from caopan.report.scale import Scale
from caopan.report.svg import share
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

HEIGHT = 32.0
OWN, PEER, DOT = 10.0, 24.0, 4.5
"""Where the own rate and the peers stand, from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of the funnel, ready to be laid out."""

    name: str
    value: str
    before: str
    median: str
    percentile: str
    verdict: Verdict
    bar: Markup
    money: bool
    """Whether the step is a price, drawn as a dot, and not a rate."""


def step_rows(
    steps: tuple[StepRate, ...], *, definitions: Mapping[str, Definition], currency: str,
    words: Words,
) -> tuple[StepRow, ...]:
    """Return the rows of the funnel; a rate that cannot be computed has an empty bar.

    A step is read in its metric's own unit, as a ratio where no definition names one.
    """
    return tuple(_row(step, definitions.get(step.metric), currency, words) for step in steps)


def _row(step: StepRate, known: Definition | None, currency: str, words: Words) -> StepRow:
    def said(value: float | None) -> str:
        return number.value(value, unit=known.unit if known else Unit.RATIO, currency=currency,
                            language=words.language)

    money = known is not None and known.unit is Unit.MONEY
    name = capital(words.said(step.name))
    median = said(step.peers[1] if step.peers else None)
    title = words("steps.bar", name=name, value=said(step.value), low=said(step.low),
                  high=said(step.high), median=median)
    return StepRow(name=name, value=said(step.value), before=said(step.comparison), median=median,
                   percentile=number.MISSING if step.percentile is None
                   else f"{100 * step.percentile:.0f}",
                   verdict=step.verdict, money=money,
                   bar=step_bar(step, unit=known.unit if known else Unit.RATIO, title=title))


def step_bar(step: StepRate, *, unit: Unit, title: str) -> Markup:
    """Return one step on its own scale: a bar, or a dot where the step is a price."""
    return svg.strip(*_parts(step, dot=unit is Unit.MONEY), height=HEIGHT, title=title)


def top_of(step: StepRate) -> float:
    """Return the end of a row's own scale: round, and above all that the row shows.

    >>> from caopan.units.message import Text
    >>> top_of(StepRate(metric="x", name=Text(zh="", en=""), value=0.0821, comparison=None,
    ...                 low=None, high=None, peers=(0.07, 0.08, 0.104), percentile=None,
    ...                 n_peers=9, verdict=Verdict.CANNOT_TELL))
    0.15
    """
    shown = [step.value, step.high, step.comparison, *(step.peers or ())]
    largest = max((rate for rate in shown if rate is not None), default=0.0)
    ladder = [base * 10.0**power for power in range(-5, 14) for base in (1, 1.5, 2, 3, 4, 6, 8)]
    if largest <= 1.0 < largest * 1.25:
        return 1.0
    enough = [rung for rung in ladder if rung >= largest * 1.25]
    return round(min(enough, default=largest or 1.0), 9)


def _parts(step: StepRate, *, dot: bool) -> list[str]:
    axis = Scale(low=0.0, high=top_of(step), start=0.0, end=100.0)
    parts = [svg.line((share(0.0), OWN), (share(100.0), OWN), "grid") if dot
             else _bar(100.0, "track")]
    if step.value is not None and not dot:
        parts.append(_bar(max(axis.at(step.value), 0.4), "now"))
    if step.low is not None and step.high is not None:
        parts.append(lying_whisker(axis.at(step.low), axis.at(step.high), OWN))
    if step.value is not None and dot:
        parts.append(svg.tag("circle", cx=share(axis.at(step.value)), cy=OWN, r=DOT,
                             class_="b now"))
    if step.peers is not None:
        parts.append(_peers(step.peers, axis))
    return parts


def _bar(wide: float, kind: str) -> str:
    return svg.tag("rect", x=0.0, y=OWN - 4, width=share(wide), height=8.0, rx=2.0,
                   class_=f"b {kind}")


def _peers(peers: tuple[float, float, float], axis: Scale) -> str:
    low, middle, high = (share(axis.at(rate)) for rate in peers)
    return (svg.line((low, PEER), (high, PEER), "peer")
            + svg.line((low, PEER - 4), (low, PEER + 4), "peer")
            + svg.line((high, PEER - 4), (high, PEER + 4), "peer")
            + svg.line((middle, PEER - 5), (middle, PEER + 5), "peer mid"))

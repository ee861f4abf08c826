"""Findings on one axis of money (or units): a band from low to high, a tick, one zero line."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale, Word, tick_label, ticks, word_for
from caopan.report.svg import share
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

BAND, TICK = 10.0, 16.0
EDGE = 4.0
"""Shares of the width kept free at both ends."""


def axis_for(prizes: Iterable[Interval | None]) -> Scale | None:
    """Return the axis that holds every prize and zero; None without a prize.

    It is one of minor units, or of units where those are at stake.

    >>> axis_for([Interval(low=-200, mid=-100, high=-50, level=0.8)])
    Scale(low=-200.0, high=0.0, start=4.0, end=96.0)
    >>> axis_for([None]) is None
    True
    """
    ends = [end for prize in prizes if prize is not None for end in (prize.low, prize.high)]
    if not ends:
        return None
    low, high = min(0.0, *ends), max(0.0, *ends)
    return Scale(low=float(low), high=float(high) if high > low else low + 1.0,
                 start=EDGE, end=100.0 - EDGE)


def axis_labels(axis: Scale, *, words: Words, unit: Unit = Unit.MONEY) -> Markup:
    """Return the strip of round amounts above the findings; ``unit`` is that of the axis."""
    marks = ticks(axis.low, axis.high, about=3)
    marks = marks or (0.0,)
    step = marks[1] - marks[0] if len(marks) > 1 else abs(marks[0]) or 1.0
    word = word_for([axis.low / unit.parts, axis.high / unit.parts], language=words.language)
    parts = [svg.words((share(axis.at(mark)), 12.0),
                       _signed(mark / unit.parts, step / unit.parts, word), "t small",
                       anchor=anchor_at(axis.at(mark))) for mark in marks]
    return svg.strip(*parts, height=16.0, title=words("found.axis"), kind="axis-labels")


def prize_bar(
    prize: Interval | None, *, axis: Scale, verdict: Verdict, title: str,
) -> Markup:
    """Return one finding's bar; hatched where nobody can tell, empty where there is no prize.

    >>> "hatch" in prize_bar(Interval(low=-1, mid=0, high=1, level=0.8),
    ...                      axis=Scale(low=-2, high=2), verdict=Verdict.CANNOT_TELL, title="t")
    True
    """
    parts = [svg.line((share(axis.at(0.0)), 0.0), (share(axis.at(0.0)), "100%"), "axis")]
    if prize is not None:
        parts.append(_band(prize, axis, _kind(prize, verdict)))
    return svg.strip(*parts, height=None, title=title, kind="fill")


def _band(prize: Interval, axis: Scale, kind: str) -> str:
    left, right = axis.at(prize.low), axis.at(prize.high)
    parts = [svg.tag("rect", x=share(left), y="50%", width=share(max(right - left, 0.5)),
                     height=BAND, rx=2.0, transform=f"translate(0 -{BAND / 2:.0f})",
                     class_="b hatch" if kind == "unknown" else f"band {kind}")]
    if prize.high > prize.low:
        parts += [svg.tag("rect", x=share(end), y="50%", width=1.5, height=BAND,
                          transform=f"translate(-0.75 -{BAND / 2:.0f})", class_=f"tick {kind}")
                  for end in (left, right)]
    parts.append(svg.tag("rect", x=share(axis.at(prize.mid)), y="50%", width=3.0, height=TICK,
                         rx=1.0, transform=f"translate(-1.5 -{TICK / 2:.0f})",
                         class_=f"tick {kind}"))
    return "".join(parts)


def _kind(prize: Interval, verdict: Verdict) -> str:
    if verdict is Verdict.CANNOT_TELL:
        return "unknown"
    return "loss" if prize.mid < 0 else "gain"


def _signed(mark: float, step: float, word: Word) -> str:
    label = tick_label(mark, step=step, word=word)
    return f"+{label}" if mark > 0 else label


def anchor_at(place: float, *, edge: float = 8.0) -> str:
    """Return how words stand at a share of the width so that they stay inside.

    >>> anchor_at(2), anchor_at(50), anchor_at(99)
    ('start', 'middle', 'end')
    """
    if place < edge:
        return "start"
    return "end" if place > 100.0 - edge else "middle"

"""The waterfall (瀑布图): from one total to another, a bar a factor, ranges above the bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Change, Factor
from caopan.report import svg
from caopan.report.factor_words import ARROW, amount, before_after, ends, joined, tone
from caopan.report.levels import Ladder, Levels, Step, Total
from caopan.report.measure import fit, width, wrap
from caopan.report.scale import Scale, Word, tick_label, word_for
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

WIDTH = 760.0
PLOT = 184.0
"""Height of the bars' field."""
NAME, SMALL, HEAD = 12.5, 11.5, 15.0
"""Font sizes: factor names, small print, amounts."""
LEADING = 15.0
NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where everything stands, in pixels."""

    gutter: float
    column: float
    bar: float
    top: float
    y: Scale
    stacked: bool
    head: Word
    axis: Word
    unit: Unit
    language: Language

    @property
    def bottom(self) -> float:
        return self.top + PLOT

    def total_word(self, level: float) -> Word:
        return word_for([level], language=self.language)

    def centre(self, index: int) -> float:
        return self.gutter + self.column * (index + 0.5)


def waterfall(
    change: Change, *, name: str, currency: str, key: str, words: Words,
    links: Mapping[str, str] = NO_LINKS,
) -> Markup:
    """Return the drawing of one decomposition; the change must not be refused.

    The summary in words names every factor, its amount and its verdict. ``links`` says where a
    factor's column leads to, by the factor's id.
    """
    return ladder_drawing(ladder_of(change, words=words),
                          title=words.of("fall.title", change.measure, name=name),
                          currency=currency, key=key, words=words, links=links)


def ladder_of(change: Change, *, words: Words) -> Ladder:
    """Return a decomposition as two totals, each with its number of sessions, and its factors."""
    before = Total(minor=change.before, name=words("fall.before"),
                   note=words("sessions", n=change.n_before))
    after = Total(minor=change.after, name=words("fall.after"),
                  note=words("sessions", n=change.n_after))
    return Ladder(before=before, after=after, factors=change.factors, unit=change.unit)


def ladder_drawing(
    ladder: Ladder, *, title: str, currency: str, key: str, words: Words,
    links: Mapping[str, str] = NO_LINKS,
) -> Markup:
    """Return the drawing of any two totals with the factors between them."""
    found = ladder.levels
    frame = _frame(ladder, found, words)
    names = [wrap(capital(words.said(step.factor.name)), size=NAME, room=frame.column - 6,
                  lines=3) for step in found.steps]
    lines = max([1, *map(len, names)])
    values = [_values(step, frame, currency, words) for step in found.steps]
    value_lines = max([1, *map(len, values)])
    under = frame.bottom + 20 + lines * LEADING
    chip_at = under + value_lines * LEADING - 4
    parts = [_grid(found, frame)]
    parts += [_connector(level, index, frame)
              for index, level in enumerate([found.before, *(step.end for step in found.steps)])]
    parts.append(_total(ladder.before, 0, found, frame))
    for index, step in enumerate(found.steps, start=1):
        column = [
            _bar(step, index, frame), _heading(step, index, frame),
            _under(frame.centre(index), names[index - 1], "t name", frame.bottom + 20),
            _under(frame.centre(index), values[index - 1], "t small", under + 2),
            _chip(step.factor.verdict, frame.centre(index), chip_at, frame, words)]
        parts.append(_linked(column, links.get(step.factor.id), index, chip_at + 22, frame))
    parts.append(_total(ladder.after, len(found.steps) + 1, found, frame))
    return svg.drawing(*parts, width=WIDTH, height=chip_at + 24, key=key, kind="wide", title=title,
                       summary=ladder_summary(ladder, currency=currency, words=words))


def _linked(
    column: list[str], to: str | None, index: int, height: float, frame: _Frame,
) -> str:
    """Return a factor's column; where it leads somewhere, all of it can be pressed."""
    if to is None:
        return "".join(column)
    ground = svg.tag("rect", x=frame.centre(index) - frame.column / 2, y=0.0, width=frame.column,
                     height=height, rx=4.0, class_="press")
    return svg.tag("a", ground, *column, href=to, class_="factor")


def ladder_summary(ladder: Ladder, *, currency: str, words: Words) -> str:
    """Return the decomposition in words: both totals, then every factor with its verdict."""
    def said(minor: int) -> str:
        return number.value(minor, unit=ladder.unit, currency=currency, language=words.language)

    parts = [words("fall.part", name=words.said(factor.name),
                   amount=number.change(factor.amount, unit=ladder.unit, currency=currency,
                                        language=words.language),
                   verdict=words(f"verdict.{factor.verdict.value}"))
             for factor in ladder.factors]
    return words("fall.summary", parts=words("semicolon").join(parts),
                 before=said(ladder.before.minor), after=said(ladder.after.minor))


def factor_word(factors: tuple[Factor, ...], *, words: Words,
                unit: Unit = Unit.MONEY) -> Word:
    """Return the one word (万, K) in which all amounts of some factors are written.

    >>> factor_word((), words=Words(language="zh")).text
    ''
    """
    return word_for([factor.amount / unit.parts for factor in factors], language=words.language)


def _frame(ladder: Ladder, found: Levels, words: Words) -> _Frame:
    axis = word_for([found.low, found.high], language=words.language)
    head = factor_word(ladder.factors, words=words, unit=ladder.unit)
    marks = found.ticks
    labels = [tick_label(mark, step=_gap(marks), word=axis) for mark in marks]
    gutter = max([24.0, *(width(label, size=SMALL) for label in labels)]) + 8
    column = (WIDTH - gutter) / (len(found.steps) + 2)
    spans = [" – ".join(pair) for step in found.steps
             if (pair := ends(step.factor, word=head, unit=ladder.unit))]
    stacked = any(width(span, size=SMALL) > column - 6 for span in spans)
    top = 70.0 if stacked else 58.0
    return _Frame(gutter=gutter, column=column, bar=min(46.0, column * 0.5), top=top,
                  y=Scale(low=found.low, high=found.high, start=top + PLOT, end=top),
                  stacked=stacked, head=head, axis=axis, unit=ladder.unit,
                  language=words.language)


def _gap(marks: tuple[float, ...]) -> float:
    return marks[1] - marks[0] if len(marks) > 1 else max(abs(marks[0]), 1.0) if marks else 1.0


def _grid(found: Levels, frame: _Frame) -> str:
    marks = found.ticks
    parts = [svg.line((frame.gutter, frame.y.at(mark)), (WIDTH, frame.y.at(mark)), "grid")
             + svg.words((0.0, frame.y.at(mark) + 4),
                         tick_label(mark, step=_gap(marks), word=frame.axis), "t small")
             for mark in marks]
    base = frame.bottom if found.low >= 0 else frame.y.at(0.0)
    return "".join([*parts, svg.line((frame.gutter, base), (WIDTH, base), "axis")])


def _connector(level: float, index: int, frame: _Frame) -> str:
    y = frame.y.at(level)
    return svg.line((frame.centre(index) + frame.bar / 2, y),
                    (frame.centre(index + 1) - frame.bar / 2, y), "link")


def _total(total: Total, index: int, found: Levels, frame: _Frame) -> str:
    level = total.minor / frame.unit.parts
    centre, ground = frame.centre(index), frame.y.at(max(found.low, 0.0))
    top, foot = sorted((frame.y.at(level), ground))
    parts = [svg.tag("rect", x=centre - frame.bar / 2, y=top, width=frame.bar,
                     height=max(foot - top, 2.0), rx=2.0, class_="b now" if index else "b plan")]
    if found.broken:
        parts.append(_break(centre, frame.bottom - 13, frame.bar))
    word = frame.total_word(level)
    said = fit(word.say(level) + word.text, size=HEAD, room=frame.column)
    parts.append(svg.words((centre, 20.0), said, "t head", anchor="middle"))
    parts.append(_under(centre, [fit(total.name, size=NAME, room=frame.column)], "t name",
                        frame.bottom + 20))
    parts.append(_under(centre, wrap(total.note, size=SMALL, room=frame.column, lines=2), "t small",
                        frame.bottom + 22 + LEADING))
    return "".join(parts)


def _break(centre: float, y: float, bar: float) -> str:
    """Return the zigzag that says a bar does not start at zero."""
    step = bar / 4 + 2
    path = (f"M{centre - bar / 2 - 4:.1f} {y:.1f}" + f"l{step:.1f} -6l{step:.1f} 6" * 2 + "l0 5"
            + f"l-{step:.1f} -6l-{step:.1f} 6" * 2 + "z")
    return svg.tag("path", d=path, class_="paper")


def _bar(step: Step, index: int, frame: _Frame) -> str:
    centre = frame.centre(index)
    top, foot = sorted((frame.y.at(step.start), frame.y.at(step.end)))
    parts = [svg.tag("rect", x=centre - frame.bar / 2, y=top, width=frame.bar,
                     height=max(foot - top, 2.0), rx=2.0, class_=f"b {tone(step.factor)}")]
    if step.low is not None and step.high is not None:
        parts.append(_whisker(centre, step.low, step.high, frame.y))
    return "".join(parts)


def _whisker(x: float, low: float, high: float, y: Scale) -> str:
    """Return a whisker with caps of 12 pixels; an end outside the axis has no cap."""
    top, foot = y.at(high), y.at(low)
    caps = [svg.line((x - 6, y.at(end)), (x + 6, y.at(end)), "wh")
            for end in (low, high) if y.low <= end <= y.high]
    return "".join([svg.line((x, top), (x, foot), "cut"), svg.line((x, top), (x, foot), "wh"),
                    *caps])


def _heading(step: Step, index: int, frame: _Frame) -> str:
    factor, centre = step.factor, frame.centre(index)
    bare = amount(factor, word=frame.head, unit=frame.unit)
    full = bare + frame.head.text
    said = full if width(full, size=HEAD) <= frame.column - 4 else bare
    supported = factor.verdict is Verdict.SUPPORTED
    parts = [svg.words((centre, 20.0), said, f"t head {tone(factor)}" if supported
                       else "t unsure", anchor="middle")]
    pair = ends(factor, word=frame.head, unit=frame.unit)
    if pair is None:
        return "".join([*parts, svg.words((centre, 38.0), number.MISSING, "t small",
                                          anchor="middle")])
    lines = [f"{pair[0]} –", pair[1]] if frame.stacked else [f"{pair[0]} – {pair[1]}"]
    parts += [svg.words((centre, 38.0 + 14 * row), said, "t small", anchor="middle")
              for row, said in enumerate(lines)]
    return "".join(parts)


def _values(step: Step, frame: _Frame, currency: str, words: Words) -> list[str]:
    said = joined(step.factor, currency=currency, language=words.language)
    if width(said, size=SMALL) <= frame.column - 4:
        return [said]
    before, after = before_after(step.factor, currency=currency, language=words.language)
    return [fit(part, size=SMALL, room=frame.column - 2) for part in (before, f"{ARROW} {after}")]


def _under(centre: float, lines: list[str], kind: str, y: float) -> str:
    return "".join(svg.words((centre, y + row * LEADING), said, kind, anchor="middle")
                   for row, said in enumerate(lines))


def _chip(verdict: Verdict, centre: float, y: float, frame: _Frame, words: Words) -> str:
    label = words(f"verdict.{verdict.value}")
    said = width(label, size=SMALL)
    mark = 11.0 if said + 22 <= frame.column else 0.0
    wide = min(said + mark + 12, frame.column - 2)
    supported = verdict is Verdict.SUPPORTED
    parts = [svg.tag("rect", x=centre - wide / 2, y=y, width=wide, height=18.0, rx=4.0,
                     class_="chip-yes" if supported else "chip-no")]
    if mark:
        parts.append(svg.tag("circle", cx=centre - wide / 2 + 11, cy=y + 9, r=3.0,
                             class_="dot-yes" if supported else "dot-no"))
    parts.append(svg.words((centre + mark / 2, y + 13), label,
                           "t yes" if supported else "t no", anchor="middle"))
    return "".join(parts)

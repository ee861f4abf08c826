"""The path of a plan (成长路径): a month's sales as a band over dates, against stepped targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.measure import width
from caopan.report.scale import Scale, ticks
from caopan.report.svg import share
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.web.console.chart.calendar_axis import DayScale
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.twin import Twin, columns

HEIGHT, TOP, FOOT, INSIDE, SMALL = 300.0, 16.0, 24.0, 1000.0, 11.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPoint:
    """The sales of thirty days before a day; None: not told. ``n`` months carry it."""

    day: date
    month: Interval | None
    n: int = 0
    extrapolated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PathTarget:
    """A target over ``[start, end)``; ``chance`` of it at its end, a ratio, None: not told."""

    name: str
    start: date
    end: date
    target: float
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPath(Figure):
    """Points in the order of their days, and targets one after the other.

    >>> from caopan.units.unit import Unit
    >>> one = PathPoint(day=date(2026, 3, 1), n=20, month=Interval(low=1e6, mid=2e6, high=4e6,
    ...                                                            level=0.8))
    >>> chart = GrowthPath(title=Text(zh="路径", en="Path"), unit=Unit.MONEY, points=(one,),
    ...                    targets=(), today=date(2026, 3, 1))
    >>> chart.summary(language="en")
    'By 2026-03-01: ¥10.0K–40.0K (80%).'
    """

    kind: ClassVar[str] = "path"
    points: tuple[PathPoint, ...]
    targets: tuple[PathTarget, ...]
    today: date

    @property
    def known(self) -> tuple[PathPoint, ...]:
        """Return the points that are told."""
        return tuple(one for one in self.points if one.month is not None)

    @property
    def scale(self) -> DayScale:
        """Return the days of all points and targets."""
        days = [one.day for one in self.points] + [day for one in self.targets
                                                   for day in (one.start, one.end)]
        return DayScale(start=min(days, default=self.today), end=max(days, default=self.today))

    def drawing(self, *, language: Language, key: str) -> Markup:  # noqa: ARG002
        """Return the band, the targets with their chances, and what cannot be told."""
        y, x = self._height(), self.scale
        marks = ticks(0.0, y.high, about=4)
        labels = self.scaled(marks, language=language)
        side = max([20.0, *(width(label, size=SMALL) for label in labels)]) + 6
        inner = svg.tag("svg", *self._bands(x, y), *self._steps(x, y),
                        viewBox=f"0 0 {INSIDE:.0f} {HEIGHT:.0f}", preserveAspectRatio="none",
                        width="100%", height=HEIGHT, class_="stretched")
        grid = [svg.line((0.0, y.at(mark)), ("100%", y.at(mark)), "grid") for mark in marks]
        now = share(x.at(self.today))
        plot = svg.strip(
            *grid, *x.grid(top=TOP, foot=HEIGHT - FOOT), *self._untold(x, language), inner,
            svg.line((now, TOP), (now, HEIGHT - FOOT), "gantt-today"),
            *self._chances(x, y), *self._told(x, language),
            height=HEIGHT, kind="path", title=self.title.plain(language))
        scale = svg.tag("svg", *(svg.words((0.0, y.at(mark) + 4), label, "t")
                                 for mark, label in zip(marks, labels, strict=True)),
                        width=side, height=HEIGHT, class_="ticks", aria_hidden="true")
        return Markup('<div class="line-plot">{}{}</div>').format(
            plot, Markup(scale))  # noqa: S704 - made of escaped parts

    def twin(self, *, language: Language) -> Twin:
        """Return a row a date with its range, the target of its stage, and what carries it."""
        rows = tuple((one.day.isoformat(), self.middle(one.month, language=language),
                      self.ranged(one.month, language=language),
                      self.said(self._target(one.day), language=language),
                      f"{one.n:,}" if one.n else "", self._basis(one, language))
                     for one in self.points)
        return Twin(columns=columns(_DAY, self.title, _RANGE, _TARGET, _MONTHS, _BASIS,
                                    language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say how far it is told, and the range there."""
        if not self.known:
            return _NONE.plain(language)
        last = self.known[-1]
        return _SUMMARY.say(language, day=last.day,
                            range=self.ranged(last.month, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Name the band and the targets."""
        return (Key(sign=Sign.FORECAST, label=_BAND.plain(language)),
                Key(sign=Sign.PLAN, label=_TARGET.plain(language)))

    def _height(self) -> Scale:
        sizes = [one.target for one in self.targets]
        sizes += [one.month.high for one in self.known if one.month is not None]
        return Scale(low=0.0, high=max(sizes, default=1.0) * 1.12 or 1.0, start=HEIGHT - FOOT,
                     end=TOP)

    def _bands(self, x: DayScale, y: Scale) -> list[str]:
        """Return the seen part, the extrapolated part, and the middle through both."""
        seen = [one for one in self.known if not one.extrapolated]
        beyond = [*seen[-1:], *(one for one in self.known if one.extrapolated)]
        return [_band(part, x, y, kind) for part, kind in (
            (seen, "path-band"), (beyond, "path-band beyond")) if len(part) > 1] + [
            svg.tag("polyline", class_=f"path-mid {kind}", points=" ".join(
                f"{x.at(one.day) * 10:.1f},{y.at(one.month.mid):.1f}"
                for one in part if one.month is not None))
            for part, kind in ((seen, ""), (beyond, "beyond")) if len(part) > 1]

    def _steps(self, x: DayScale, y: Scale) -> list[str]:
        return [svg.line((x.at(one.start) * 10, y.at(one.target)),
                         (x.at(one.end) * 10, y.at(one.target)), "path-target")
                for one in self.targets]

    def _chances(self, x: DayScale, y: Scale) -> list[str]:
        parts = []
        for one in self.targets:
            place = min(x.at(one.end), 98.5)
            said = "?" if one.chance is None else number.percent(round(one.chance, 2))
            parts += [svg.tag("circle", cx=share(place), cy=y.at(one.target), r=4.5,
                              class_="dot path-gate"),
                      svg.words((share(place), y.at(one.target) - 8),
                                said.replace(".0%", "%"), "t name", anchor="end")]
        return parts

    def _untold(self, x: DayScale, language: Language) -> list[str]:
        """Return the hatched days of which nothing is told."""
        last = self.known[-1].day if self.known else x.start
        left = x.at(last)
        if last >= x.end or left > 99:  # noqa: PLR2004
            return []
        return [svg.tag("rect", x=share(left), y=TOP, width=share(100.0 - left),
                        height=HEIGHT - FOOT - TOP, class_="path-untold"),
                svg.words((share((left + 100.0) / 2), HEIGHT - FOOT - 10),
                          _UNTOLD.plain(language), "t unsure", anchor="middle")]

    def _told(self, x: DayScale, language: Language) -> list[str]:
        """Return places that answer the pointer, a date each."""
        points, parts = self.points, []
        for at, one in enumerate(points):
            left = x.at(points[at - 1].day) if at else 0.0
            said = svg.tag("title", str(Markup("{} · {}").format(
                one.day, self.ranged(one.month, language=language))))
            parts.append(svg.tag("rect", said, x=share(left), y=TOP, class_="press",
                                 width=share(max(x.at(one.day) - left, 0.3)),
                                 height=HEIGHT - FOOT - TOP))
        return parts

    def _target(self, day: date) -> float | None:
        return next((one.target for one in self.targets if one.start < day <= one.end), None)

    def _basis(self, one: PathPoint, language: Language) -> str:
        if one.month is None:
            return _UNTOLD.plain(language)
        return (_BEYOND if one.extrapolated else _SEEN if one.n else _KNOWN).plain(language)


def _band(part: Sequence[PathPoint], x: DayScale, y: Scale, kind: str) -> str:
    told = [(x.at(one.day) * 10, one.month) for one in part if one.month is not None]
    upper = [f"{at:.1f},{y.at(month.high):.1f}" for at, month in told]
    lower = [f"{at:.1f},{y.at(month.low):.1f}" for at, month in reversed(told)]
    return svg.tag("polygon", points=" ".join((*upper, *lower)), class_=kind)


_DAY = Text(zh="到这天的 30 天", en="30 days before")
_RANGE = Text(zh="区间", en="Interval")
_TARGET = Text(zh="目标", en="Target")
_MONTHS = Text(zh="检验过的月", en="Months")
_BASIS = Text(zh="凭什么", en="By")
_BAND = Text(zh="按计划的月成交", en="a month's sales as planned")
_KNOWN = Text(zh="已知", en="known")
_SEEN = Text(zh="检验过", en="tested")
_BEYOND = Text(zh="外推", en="extrapolated")
_UNTOLD = Text(zh="无法判断", en="cannot tell")
_NONE = Text(zh="现在说不出一个月能卖多少。", en="A month's sales cannot be told now.")
_SUMMARY = Text(zh="到 {day}：{range}。", en="By {day}: {range}.")

"""The sparkline (迷你走势): a line as small as a word, with its last value marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.twin import Twin, columns

WIDTH, HEIGHT, EDGE = 120.0, 28.0, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline(Figure):
    """Values by name of their moment, ascending; None breaks the line.

    >>> from caopan.units.unit import Unit
    >>> line = Sparkline(title=Text(zh="场观", en="Views"), unit=Unit.COUNT,
    ...                  values=(("一", 2), ("二", None), ("三", 4)))
    >>> line.drawing(language="zh", key="s").count("<polyline")
    0
    >>> line.summary(language="zh")
    '最近 三 4，最高 4，最低 2。'
    """

    kind: ClassVar[str] = "sparkline"
    values: tuple[tuple[str, float | None], ...]

    def drawing(self, *, language: Language, key: str) -> Markup:
        """Return the line; a value between two gaps is a point."""
        known = [value for _, value in self.values if value is not None]
        low, high = min(known, default=0.0), max(known, default=1.0)
        y = Scale(low=low, high=high if high > low else low + 1.0, start=HEIGHT - EDGE, end=EDGE)
        x = Scale(low=0.0, high=float(max(len(self.values) - 1, 1)), start=EDGE, end=WIDTH - EDGE)
        runs = self._runs(x, y)
        parts = [svg.tag("polyline", points=" ".join(f"{at:.1f},{up:.1f}" for at, up in run),
                         class_="spark") for run in runs if len(run) > 1]
        parts += [svg.tag("circle", cx=run[0][0], cy=run[0][1], r=1.5, class_="dot now")
                  for run in runs if len(run) == 1]
        if runs:
            parts.append(svg.tag("circle", cx=runs[-1][-1][0], cy=runs[-1][-1][1], r=3.0,
                                 class_="dot now"))
        return svg.drawing(*parts, width=WIDTH, height=HEIGHT, key=key, kind="sparkline",
                           title=self.title.plain(language),
                           summary=self.summary(language=language))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a moment."""
        rows = tuple((name, self.said(value, language=language)) for name, value in self.values)
        return Twin(columns=columns(_MOMENT, self.title, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the last known value beside the highest and the lowest."""
        known = [(name, value) for name, value in self.values if value is not None]
        if not known:
            return _NONE.plain(language)
        sizes = [value for _, value in known]
        return _SUMMARY.say(language, name=known[-1][0],
                            last=self.said(known[-1][1], language=language),
                            high=self.said(max(sizes), language=language),
                            low=self.said(min(sizes), language=language))

    def _runs(self, x: Scale, y: Scale) -> list[list[tuple[float, float]]]:
        runs: list[list[tuple[float, float]]] = [[]]
        for index, (_, value) in enumerate(self.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((x.at(index), y.at(value)))
        return [run for run in runs if run]


_MOMENT = Text(zh="时间", en="Time")
_NONE = Text(zh="没有能算的数。", en="No value can be computed.")
_SUMMARY = Text(zh="最近 {name} {last}，最高 {high}，最低 {low}。",
                en="Latest {name} {last}, highest {high}, lowest {low}.")

"""The forest plot (森林图): effects beside each other on one axis with one zero line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caopan.report.scale import Scale
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.verdict import Verdict
from caopan.web.console.chart.figure import Figure, verdict_said
from caopan.web.console.chart.rows import Row, Rows, axis_of, axis_strip, dot_bar, marks_of
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A difference with its range, from ``n`` observations; ``pooled`` is the one of all."""

    name: Text
    effect: Interval
    n: int
    verdict: Verdict
    pooled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest(Figure):
    """Effects in the order given; a pooled one stands last."""

    kind: ClassVar[str] = "forest"
    effects: tuple[Effect, ...]

    def rows(self, *, language: Language) -> Rows:
        """Return a row an effect under one axis."""
        ends = [end for one in self.effects for end in (one.effect.low, one.effect.high)]
        axis = axis_of(ends, with_zero=True)
        labels = {mark: self.moved(mark, language=language) for mark in marks_of(axis)}
        return Rows(axis=axis_strip(axis, labels=labels, title=self.title.plain(language)),
                    rows=tuple(self._row(one, axis, language) for one in self._ordered))

    def twin(self, *, language: Language) -> Twin:
        """Return a row an effect with its range, n and verdict."""
        rows = tuple((one.name.plain(language), self.moved(one.effect.mid, language=language),
                      self._range(one, language), f"{one.n:,}",
                      verdict_said(one.verdict, language=language)) for one in self._ordered)
        return Twin(columns=columns(_NAME, _EFFECT, _RANGE, _SAMPLE, _VERDICT, language=language),
                    rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the pooled effect, or how many effects are supported."""
        supported = sum(one.verdict is Verdict.SUPPORTED for one in self.effects)
        pooled = next((one for one in self.effects if one.pooled), None)
        if pooled is None:
            return _COUNT.say(language, n=len(self.effects), supported=supported)
        return _POOLED.say(language, n=len(self.effects) - 1,
                           effect=self.moved(pooled.effect.mid, language=language),
                           range=self._range(pooled, language),
                           verdict=verdict_said(pooled.verdict, language=language))

    @property
    def _ordered(self) -> tuple[Effect, ...]:
        return tuple(sorted(self.effects, key=lambda one: one.pooled))

    def _range(self, one: Effect, language: Language) -> str:
        return number.change_interval(one.effect, unit=self.unit, language=language)

    def _row(self, one: Effect, axis: Scale, language: Language) -> Row:
        tone = _tone(one)
        name, value = one.name.plain(language), self.moved(one.effect.mid, language=language)
        span = self._range(one, language)
        bar = dot_bar(one.effect.mid, (one.effect.low, one.effect.high), axis=axis, zero=0.0,
                      kind=f"{tone} pooled" if one.pooled else tone, title=f"{name} {value} {span}")
        return Row(name=name, note=f"n = {one.n:,}", bar=bar, value=value, span=span, tone=tone,
                   verdict=one.verdict)


def _tone(one: Effect) -> str:
    if one.verdict is Verdict.CANNOT_TELL:
        return "unknown"
    return "loss" if one.effect.mid < 0 else "gain"


_NAME = Text(zh="对照", en="Comparison")
_EFFECT = Text(zh="效果", en="Effect")
_RANGE = Text(zh="区间", en="Interval")
_SAMPLE = Text(zh="样本", en="Sample")
_VERDICT = Text(zh="判断", en="Verdict")
_COUNT = Text(zh="{n} 个效果里 {supported} 个有据。",
              en="{supported} of {n} effects are supported.")
_POOLED = Text(zh="{n} 组合起来 {effect}，区间 {range}：{verdict}。",
               en="{n} groups together {effect}, interval {range}: {verdict}.")

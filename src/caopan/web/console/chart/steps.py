"""The funnel (漏斗) as step rates beside peers, each row on its own scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from caopan.diagnose.diagnosis import StepRate
from caopan.report.steps import step_bar
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.chart.figure import Figure, verdict_said
from caopan.web.console.chart.rows import Row, Rows
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Figure):
    """Steps from the first to the last; ``units`` names the metrics that are not a ratio."""

    kind: ClassVar[str] = "steps"
    steps: tuple[StepRate, ...]
    units: Mapping[str, Unit] = field(default_factory=dict)

    def rows(self, *, language: Language) -> Rows:
        """Return a row a step, with its peers' quarter marks under its own bar."""
        return Rows(axis=None, rows=tuple(self._row(step, language) for step in self.steps))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a step with all its figures."""
        rows = tuple((
            self._name(step, language), self._said(step, step.value, language),
            self._said(step, step.low, language), self._said(step, step.high, language),
            self._said(step, step.comparison, language),
            *(self._said(step, peer, language) for peer in step.peers or (None, None, None)),
            f"{step.n_peers:,}", verdict_said(step.verdict, language=language),
        ) for step in self.steps)
        return Twin(columns=columns(_STEP, _NOW, _LOW, _HIGH, _BEFORE, _P25, _P50, _P75, _PEERS,
                                    _VERDICT, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say which supported step lies furthest below its peers' median."""
        short = [(step.value / step.peers[1], index) for index, step in enumerate(self.steps)
                 if step.value is not None and step.peers and step.peers[1] > 0
                 and step.verdict is Verdict.SUPPORTED]
        if not short or min(short)[0] >= 1:
            return _NO_GAP.say(language, n=len(self.steps))
        step = self.steps[min(short)[1]]
        return _GAP.say(language, n=len(self.steps), name=self._name(step, language),
                        value=self._said(step, step.value, language),
                        median=self._said(step, step.peers and step.peers[1], language))

    def _row(self, step: StepRate, language: Language) -> Row:
        name, value = self._name(step, language), self._said(step, step.value, language)
        known = step.low is not None and step.high is not None
        low, high = (self._said(step, end, language) for end in (step.low, step.high))
        median = self._said(step, step.peers and step.peers[1], language)
        title = _BAR.say(language, name=name, value=value, low=low, high=high, median=median)
        return Row(name=name, value=value, span=f"{low}–{high}" if known else number.MISSING,
                   note=_MEDIAN.say(language, median=median), verdict=step.verdict,
                   bar=step_bar(step, unit=self._unit(step), title=title))

    def _name(self, step: StepRate, language: Language) -> str:
        return capital(Words(language=language).said(step.name))

    def _unit(self, step: StepRate) -> Unit:
        return self.units.get(step.metric, self.unit)

    def _said(self, step: StepRate, value: float | None, language: Language) -> str:
        return number.value(value, unit=self._unit(step), currency=self.currency,
                            language=language)


_STEP = Text(zh="步骤", en="Step")
_NOW = Text(zh="本期", en="Now")
_LOW = Text(zh="区间低", en="Low")
_HIGH = Text(zh="区间高", en="High")
_BEFORE = Text(zh="对比期", en="Before")
_P25 = Text(zh="同行 25%", en="Peers 25%")
_P50 = Text(zh="同行中位", en="Peer median")
_P75 = Text(zh="同行 75%", en="Peers 75%")
_PEERS = Text(zh="同行家数", en="Number of peers")
_VERDICT = Text(zh="判断", en="Verdict")
_MEDIAN = Text(zh="同行中位 {median}", en="peer median {median}")
_BAR = Text(zh="{name} {value}，区间 {low}–{high}，同行中位 {median}",
            en="{name} {value}, interval {low}–{high}, peer median {median}")
_GAP = Text(zh="{n} 步里离同行最远的是 {name}：{value}，同行中位 {median}。",
            en="Of {n} steps, {name} is furthest below its peers: {value} beside {median}.")
_NO_GAP = Text(zh="{n} 步里没有一步有据地低于同行中位。",
               en="None of {n} steps is known to be below its peers' median.")

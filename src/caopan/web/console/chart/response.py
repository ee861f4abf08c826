"""The response curve (投产曲线): what is put in (A), what comes out (B), and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The expected result of one input."""

    spend: float
    result: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What ``n`` sessions with a drawn input (抽签) came to: they carry the curve."""

    spend: float
    result: Interval
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Figure):
    """A curve of ascending inputs in minor units; beyond the largest trial it is extrapolated.

    ``seen`` are sessions whose input somebody chose: drawn grey, they carry nothing.
    ``chosen`` is the input under consideration.
    """

    kind: ClassVar[str] = "response"
    points: tuple[Point, ...]
    trials: tuple[Trial, ...] = ()
    seen: tuple[tuple[float, float], ...] = ()
    chosen: Point | None = None

    @property
    def tried_to(self) -> float:
        """Return the largest input that was tried, 0 where none was."""
        return max((trial.spend for trial in self.trials), default=0.0)

    def twin(self, *, language: Language) -> Twin:
        """Return a row a point of the curve, then the trials with their n, then what was seen."""
        rows = [(self._put(one.spend, language), self.said(one.result.mid, language=language),
                 self.ranged(one.result, language=language), "",
                 (_BEYOND if one.spend > self.tried_to else _CURVE).plain(language))
                for one in self.points]
        rows += [(self._put(one.spend, language), self.said(one.result.mid, language=language),
                  self.ranged(one.result, language=language), f"{one.n:,}",
                  _TRIAL.plain(language)) for one in self.trials]
        rows += [(self._put(spend, language), self.said(result, language=language), "", "1",
                  _SEEN.plain(language)) for spend, result in self.seen]
        return Twin(columns=columns(_SPEND, self.title, _RANGE, _SAMPLE, _KIND,
                                    language=language), rows=tuple(rows))

    def summary(self, *, language: Language) -> str:
        """Say what the chosen input is expected to bring, and how far trials reach."""
        n = sum(trial.n for trial in self.trials)
        reach = _REACH.say(language, n=n, limit=self._put(self.tried_to, language))
        if self.chosen is None:
            return reach
        chosen = _CHOSEN.say(language, spend=self._put(self.chosen.spend, language),
                             range=self.ranged(self.chosen.result, language=language))
        gap = "" if language == "zh" else " "
        return f"{chosen}{gap}{reach}"

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Name the curve, the trials that carry it, what was seen, and the chosen input."""
        signs = ((Sign.FORECAST, _CURVE, bool(self.points)), (Sign.DECISION, _TRIAL, self.trials),
                 (Sign.SEEN, _SEEN, self.seen), (Sign.CHOSEN, _THIS, self.chosen))
        return tuple(Key(sign=sign, label=text.plain(language))
                     for sign, text, there in signs if there)

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the curve, the trials, what was seen and what is chosen."""
        level = number.level(self.points[0].result.level) if self.points else ""
        chosen = [_quad(self.chosen.spend, self.chosen.result)] if self.chosen else []
        return {"points": [_quad(one.spend, one.result) for one in self.points],
                "trials": [[*_quad(one.spend, one.result), one.n] for one in self.trials],
                "seen": [list(pair) for pair in self.seen], "chosen": chosen,
                "tried_to": self.tried_to, "level": level,
                "words": {key: text.plain(language) for key, text in _WORDS.items()}}

    def _put(self, spend: float, language: Language) -> str:
        return number.value(spend, unit=Unit.MONEY, currency=self.currency, language=language)


def _quad(spend: float, result: Interval) -> list[float]:
    return [spend, result.low, result.mid, result.high]


_SPEND = Text(zh="投放", en="Spend")
_RANGE = Text(zh="区间", en="Interval")
_SAMPLE = Text(zh="场次", en="Sessions")
_KIND = Text(zh="来自", en="From")
_THIS = Text(zh="这一场", en="this session")
_CURVE = Text(zh="曲线", en="curve")
_BEYOND = Text(zh="外推", en="extrapolated")
_TRIAL = Text(zh="抽签试过", en="drawn trial")
_SEEN = Text(zh="自选投放", en="chosen by hand")
_CHOSEN = Text(zh="投 {spend}，预计 {range}。", en="Spend {spend}, expect {range}.")
_REACH = Text(zh="{n} 场抽签撑起曲线，最高试到 {limit}，再往右是外推。",
              en="The curve stands on {n} drawn sessions up to {limit}; beyond it is "
                 "extrapolated.")
_WORDS = {"spend": _SPEND, "curve": _CURVE, "beyond": _BEYOND, "trial": _TRIAL, "seen": _SEEN,
          "sample": _SAMPLE, "chosen": _THIS}

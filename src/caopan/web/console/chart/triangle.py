"""The triangle of repurchase (复购): cohorts by the months since their first order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.heat import Cell, field, scale_key
from caopan.web.console.chart.key import Key
from caopan.web.console.chart.twin import Column, Twin


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Buyers (首单客群) whose first order fell in one month: what share came back by each age.

    ``values`` begin with the first month after; the future is simply not there.
    """

    name: str
    n: int
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle(Figure):
    """Cohorts from the oldest to the youngest; each knows less of its future."""

    kind: ClassVar[str] = "triangle"
    cohorts: tuple[Cohort, ...]

    @property
    def width(self) -> int:
        """Return the largest age any cohort has reached."""
        return max((len(cohort.values) for cohort in self.cohorts), default=0)

    def cells(self) -> tuple[Cell, ...]:
        """Return a cell for each age that each cohort has reached."""
        return tuple(Cell(column=age, row=row, value=value, n=cohort.n, name=cohort.name)
                     for row, cohort in enumerate(self.cohorts)
                     for age, value in enumerate(cohort.values))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a cohort; what lies in the future is an empty cell."""
        heads = (Column(name=_COHORT.plain(language), figures=False),
                 Column(name=_BUYERS.plain(language)),
                 *(Column(name=name) for name in self._ages(language)))
        rows = tuple((cohort.name, f"{cohort.n:,}",
                      *(self.said(value, language=language) for value in cohort.values),
                      *[""] * (self.width - len(cohort.values))) for cohort in self.cohorts)
        return Twin(columns=heads, rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the repurchase of all cohorts together at the first age."""
        known = [(cohort.n, cohort.values[0]) for cohort in self.cohorts if cohort.values]
        pairs = [(n, value) for n, value in known if value is not None]
        buyers = sum(n for n, _ in pairs)
        if not buyers:
            return _NONE.plain(language)
        share = sum(n * value for n, value in pairs) / buyers
        return _SUMMARY.say(language, n=f"{buyers:,}", cohorts=len(pairs),
                            share=self.said(share, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Say what the colours reach from and to."""
        return scale_key(self.cells(), said=lambda value: self.said(value, language=language))

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the cells with the names of cohorts and ages."""
        made = field(self.cells(), columns=self._ages(language),
                     rows=[cohort.name for cohort in self.cohorts], inked=True)
        return made | {"n_word": _BUYERS.plain(language)}

    def _ages(self, language: Language) -> list[str]:
        return [_AGE.say(language, n=age) for age in range(1, self.width + 1)]


_COHORT = Text(zh="首单月份", en="First order")
_BUYERS = Text(zh="买家", en="Buyers")
_AGE = Text(zh="+{n} 月", en="+{n} mo")
_NONE = Text(zh="还没有客群满一个月。", en="No cohort is a month old yet.")
_SUMMARY = Text(zh="{cohorts} 个客群共 {n} 位买家，首月复购 {share}。",
                en="{n} buyers in {cohorts} cohorts; {share} came back in the first month.")

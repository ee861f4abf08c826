"""Slot by hour (时段热力): how a value differs by what is shown and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.heat import Cell, ends, field, scale_key
from caopan.web.console.chart.key import Key
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotHeat(Figure):
    """Cells whose row is a slot and whose column is an hour of the day (0-23) of ``hours``."""

    kind: ClassVar[str] = "slots"
    slots: tuple[str, ...]
    hours: tuple[int, ...]
    cells: tuple[Cell, ...]

    def twin(self, *, language: Language) -> Twin:
        """Return a row a cell."""
        rows = tuple((self._named(cell), self.said(cell.value, language=language), str(cell.n))
                     for cell in self.cells)
        return Twin(columns=columns(_PLACE, self.title, _SAMPLE, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the highest and the lowest cell."""
        found = ends(self.cells)
        if found is None:
            return _NONE.plain(language)
        low, high = found
        return _SUMMARY.say(language, high=self._named(high), low=self._named(low),
                            most=self.said(high.value, language=language),
                            least=self.said(low.value, language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Say what the colours reach from and to."""
        return scale_key(self.cells, said=lambda value: self.said(value, language=language))

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the cells with the names of slots and hours."""
        hours = [f"{hour:02d}:00" for hour in self.hours]
        made = field(self.cells, columns=hours, rows=list(self.slots), inked=True)
        return made | {"n_word": _SAMPLE.plain(language)}

    def _named(self, cell: Cell) -> str:
        return f"{self.slots[cell.row]} {self.hours[cell.column]:02d}:00"


_PLACE = Text(zh="节目与时段", en="Slot and hour")
_SAMPLE = Text(zh="样本", en="Sample")
_NONE = Text(zh="没有能算的格子。", en="No cell can be computed.")
_SUMMARY = Text(zh="最高 {high} {most}，最低 {low} {least}。",
                en="Highest {high} with {most}, lowest {low} with {least}.")

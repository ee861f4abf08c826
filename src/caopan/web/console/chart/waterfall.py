"""The waterfall (瀑布图) of an amount: from one total to another, a bar a factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report.factor_rows import FactorRow, ladder_rows
from caopan.report.factor_words import before_after
from caopan.report.levels import Ladder, running_levels
from caopan.report.waterfall import ladder_drawing, ladder_summary
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.figure import Figure, verdict_said
from caopan.web.console.chart.rows import Row, Rows
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall(Figure):
    """Two totals and factors that add up exactly from one to the other, in minor units.

    Raises:
        NotAddingUpError: the factors leave something over.
    """

    kind: ClassVar[str] = "waterfall"
    ladder: Ladder

    def __post_init__(self) -> None:
        """Refuse factors that do not add up."""
        if self.ladder.left_over and self.state.drawn:
            raise NotAddingUpError(self.ladder.left_over)

    def drawing(self, *, language: Language, key: str) -> Markup:
        """Return the wide drawing; ``rows`` is its form for a phone."""
        return ladder_drawing(self.ladder, title=self.title.plain(language), key=key,
                              currency=self.currency, words=Words(language=language))

    def rows(self, *, language: Language) -> Rows:
        """Return a row a bar."""
        made = ladder_rows(self.ladder, currency=self.currency, words=Words(language=language))
        return Rows(axis=None, rows=tuple(map(_row, made)))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a bar with values, contribution, range and verdict."""
        words = Words(language=language)
        before, after = self.ladder.before, self.ladder.after
        middle = [(capital(words.said(factor.name)),
                   *before_after(factor, currency=self.currency, language=language),
                   number.change(factor.amount, unit=Unit.MONEY, currency=self.currency,
                                 language=language),
                   number.change_interval(factor.interval, unit=Unit.MONEY, language=language),
                   verdict_said(factor.verdict, language=language))
                  for factor in self.ladder.factors]
        ends = [(total.name, "", "", self.said(total.minor, language=language), "", "")
                for total in (before, after)]
        return Twin(columns=columns(_FACTOR, _BEFORE, _AFTER, _AMOUNT, _RANGE, _VERDICT,
                                    language=language), rows=(ends[0], *middle, ends[1]))

    def summary(self, *, language: Language) -> str:
        """Say both totals and every factor; and that the axis is broken, where it is."""
        told = ladder_summary(self.ladder, currency=self.currency, words=Words(language=language))
        found = running_levels(self.ladder.before.minor, self.ladder.after.minor,
                               factors=self.ladder.factors)
        if not found.broken:
            return told
        floor = self.said(found.low * 100, language=language)
        stop = Text(zh="。", en=". ").plain(language)
        return told.rstrip("。. ") + stop + _BROKEN.say(language, floor=floor)


def _row(row: FactorRow) -> Row:
    return Row(name=row.name, note=row.values, bar=row.bar, value=row.amount, span=row.span,
               tone=row.tone, verdict=row.verdict)


class NotAddingUpError(CaopanError):
    """Raised where factors do not add up from one total to the other."""

    def __init__(self, left_over: int) -> None:
        """Keep what is left over, in minor units."""
        super().__init__(Message(
            key="not_adding_up",
            text=Text(zh="瀑布图的因子加不拢，差 {left_over} 分",
                      en="the factors of a waterfall leave {left_over} minor units over"),
            values={"left_over": left_over}))
        self.left_over = left_over


_FACTOR = Text(zh="因子", en="Factor")
_BEFORE = Text(zh="前", en="Before")
_AFTER = Text(zh="后", en="After")
_AMOUNT = Text(zh="贡献", en="Contribution")
_RANGE = Text(zh="区间", en="Interval")
_VERDICT = Text(zh="判断", en="Verdict")
_BROKEN = Text(zh="轴自 {floor} 起。", en="The axis starts at {floor}.")

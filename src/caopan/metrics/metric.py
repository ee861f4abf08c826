"""One metric, one definition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

from caopan.metrics.grouping import Shape
from caopan.metrics.scope import Scope
from caopan.units.message import Language, Text
from caopan.units.unit import Unit


class How(StrEnum):
    """How the rows of a group become one number."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    MAX = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A numerator or a denominator: its words, its value in a row, how rows are put together.

    A null in a row means "not known": the row then counts for neither side of a ratio. ``only``
    narrows what is counted without making the rest unknown. ``known`` says that no row is null.
    """

    words: Text
    of: Callable[[ir.Table], ir.Value]
    how: How = How.SUM
    only: Callable[[ir.Table], ir.Value] | None = None
    known: bool = False
    counts: str = ""
    """The column whose values are counted once, under ``DISTINCT``."""
    reads: frozenset[str] | None = None
    """The columns of a row that ``of`` and ``only`` look at; None: perhaps any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The rows (底表) that metrics are summed over, one concept each: sessions, paid lines.

    ``rows`` returns them for a scope, filtered and with the scope's groupings as columns.
    ``counted`` is what ``n`` counts; ``tables`` are the canonical tables they are made of.
    """

    name: str
    counted: Text
    tables: tuple[str, ...]
    shape: Shape
    rows: Callable[[Scope], ir.Table]
    source: Text
    one_per: frozenset[str] = frozenset()
    """Groupings of which every combination is a single row; none: rows may share all of them."""
    regrouped: bool = False
    """Whether the rows are made for the grouping asked for: finer groups do not add up to it."""
    whole: Base | None = None
    """The base of which these are some rows, where they are; ``only`` says which."""
    only: Callable[[ir.Table], ir.Value] | None = None


class GmvBasis(StrEnum):
    """Whose GMV (成交金额口径) a metric is about; the same word differs between screens."""

    SESSION = "session"
    """The session's own figure, as the platform attributes it, later refunds included."""
    PAID = "paid"
    """Paid order lines, later refunds included, zero-yuan lottery and gift lines left out."""
    NET = "net"
    """Paid order lines less the refunds known at the metric's maturity."""
    PRODUCT = "product"
    """The product's figure in a session or channel report."""
    ATTRIBUTED = "attributed"
    """What the advertising platform attributes to its own spend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric (指标): what it is called, what it divides by what, and what it does not say.

    ``value = numerator ÷ denominator × times``; without a denominator the numerator itself.
    ``money`` says that amounts are involved, so currencies are kept apart. ``maturity`` is the
    number of days after payment at which refunds are counted, None where refunds play no part.
    ``strict`` makes a group null as soon as one of its rows is not known. ``ungrouped`` names
    groupings that make no sense here.
    """

    id: str
    zh: str
    en: str
    family: str
    unit: Unit
    base: Base
    numerator: Part
    denominator: Part | None = None
    times: int = 1
    money: bool = False
    gmv_basis: GmvBasis | None = None
    window: Text | None = None
    maturity: int | None = None
    strict: bool = False
    ungrouped: frozenset[str] = frozenset()
    trap: Text | None = None
    note: Text | None = None
    """A longer definition, where the formula alone does not say it."""

    @property
    def name(self) -> Text:
        """Return the name in both languages."""
        return Text(zh=self.zh, en=self.en)

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the canonical tables that it reads."""
        return self.base.tables

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groupings that it allows (its grain and everything coarser)."""
        return tuple(name for name in self.base.shape.groups if name not in self.ungrouped)

    @property
    def counted(self) -> Text:
        """Return what its ``n`` counts."""
        return self.base.counted

    @property
    def source(self) -> Text:
        """Return where its numbers come from."""
        return self.base.source

    @property
    def formula(self) -> Text:
        """Return the definition in words."""
        return Text(zh=self._formula("zh"), en=self._formula("en"))

    def document(self, language: Language) -> dict[str, object]:
        """Return the definition as a JSON row."""
        return {
            "id": self.id, "zh": self.zh, "en": self.en, "family": self.family,
            "unit": self.unit.value, "formula": self.formula.say(language),
            "tables": list(self.tables), "by": list(self.groups),
            "counted": self.counted.say(language), "maturity_days": self.maturity,
            "gmv_basis": self.gmv_basis and self.gmv_basis.value,
            "trap": self.trap and self.trap.say(language),
            "source": self.source.say(language),
        }

    def _formula(self, language: str) -> str:
        words = [getattr(part.words, language)
                 for part in (self.numerator, self.denominator) if part is not None]
        formula = " ÷ ".join(words)
        if self.times != 1:
            formula += f" × {self.times:,}"
        note = getattr(self.note, language) if self.note else ""
        opening, closing = ("（", "）") if language == "zh" else (" (", ")")
        return f"{formula}{opening}{note}{closing}" if note else formula

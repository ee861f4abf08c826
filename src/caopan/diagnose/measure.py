"""What a subject's sales are counted in (销量口径): money, or units where no amount is known."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.diagnose.identity import TOTALS, TREES, UNIT_TREES, Tree
from caopan.units.message import Text
from caopan.units.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A column of the sessions that adds up to what was sold, and the identities that split it.

    ``id`` is the column's name; ``unit`` that of its sums, of the amounts of a split and of what
    is at stake; ``figures`` are the readings that stand at the head of a report.
    """

    id: str
    unit: Unit
    trees: tuple[Tree, ...]
    figures: tuple[str, ...]

    @property
    def name(self) -> Text:
        """Return what people call it."""
        return TOTALS[self.id]

    @property
    def per_session(self) -> str:
        """Return the reading that says what a session sold.

        >>> UNITS.per_session
        'units_per_session'
        """
        return f"{self.id}_per_session"

    @property
    def priced(self) -> bool:
        """Return whether it is money: only then are there prizes, costs and a growth stage."""
        return self.unit is Unit.MONEY


GMV = Measure(id="gmv", unit=Unit.MONEY, trees=TREES, figures=(
    "gmv_per_session", "gmv_per_hour", "viewers_per_session", "view_pay_rate", "aov", "gpm",
    "uv_value", "hours_per_session"))
UNITS = Measure(id="units", unit=Unit.UNITS, trees=UNIT_TREES, figures=(
    "units_per_session", "units_per_hour", "viewers_per_session", "viewers_per_hour",
    "units_per_viewer", "hours_per_session"))

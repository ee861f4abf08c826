"""Refund maturity (退款成熟): how the refunded share of each month's sales grows with age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.metrics.refund_curve import LAST_DAY, refund_curve
from caopan.store.store import Store
from caopan.workspace.ledger import Lines

READ_AT = (1, 3, 7, 14, 30)
"""Days after payment at which months are read beside each other."""
MONTHS = 6
FEWEST_LINES = 20
"""Order lines watched through a day below which its share is not said."""


class Refusal(StrEnum):
    """Why there is no curve."""

    NO_ORDERS = "no_orders"
    NO_REFUNDS = "no_refunds"
    UNDATED = "undated"
    LITTLE = "little"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One month of payment: the refunded share (0-1) by day, None from where it is not ripe."""

    month: date
    lines: int
    shares: tuple[float | None, ...]

    @property
    def ripe(self) -> int:
        """Return the last day after payment that the share is known of, -1 for none."""
        return max((day for day, share in enumerate(self.shares) if share is not None), default=-1)

    def document(self) -> dict[str, object]:
        """Return the month as a JSON row; ``shares`` by days after payment.

        >>> Curve(month=date(2026, 3, 1), lines=20, shares=(0.0, None)).document()["ripe"]
        0
        """
        return {"month": self.month, "lines": self.lines, "ripe": self.ripe,
                "shares": list(self.shares)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """The curves of the last months, the newest last; ``refusal`` where there is none.

    ``at``: the largest age at which the two newest months that are ripe enough may be compared,
    None where no two are.
    """

    curves: tuple[Curve, ...]
    refusal: Refusal | None = None
    at: int | None = None
    older: Curve | None = None
    newer: Curve | None = None

    def document(self) -> dict[str, object]:
        """Return it as JSON; the two months beside each other are named by their first day.

        >>> Maturity(curves=(), refusal=Refusal.NO_ORDERS).document()["refusal"]
        'no_orders'
        """
        return {"curves": [curve.document() for curve in self.curves],
                "refusal": self.refusal and self.refusal.value, "read_at": self.at,
                "older": self.older and self.older.month,
                "newer": self.newer and self.newer.month}


def maturity(store: Store, lines: Lines) -> Maturity:
    """Return how the refunded share of a room's months grew with age."""
    if not lines.rows.num_rows:
        return Maturity(curves=(), refusal=Refusal.NO_ORDERS)
    if not lines.seen.refunds:
        return Maturity(curves=(), refusal=Refusal.NO_REFUNDS)
    rows = lines.ask(store, "refund curve", refund_curve, by=("month",)).to_pylist()
    curves = curves_of(rows)
    if not curves:
        return Maturity(curves=(), refusal=Refusal.NO_ORDERS)
    if all(curve.ripe < 0 for curve in curves):
        undated = any(row["lines"] >= FEWEST_LINES for row in rows)
        return Maturity(curves=curves, refusal=Refusal.UNDATED if undated else Refusal.LITTLE)
    return compared(curves)


def curves_of(rows: Iterable[dict[str, object]]) -> tuple[Curve, ...]:
    """Return the last months' curves; a day that too few lines were watched through is not said.

    >>> made = curves_of([{"month": date(2026, 3, 1), "day": 0, "lines": 50, "share": 0.1},
    ...                   {"month": date(2026, 3, 1), "day": 1, "lines": 4, "share": 0.2}])
    >>> made[0].ripe, made[0].lines
    (0, 50)
    """
    found: dict[date, dict[int, tuple[int, float | None]]] = {}
    for row in rows:
        days = found.setdefault(row["month"], {})  # type: ignore[arg-type]
        days[row["day"]] = (row["lines"], row["share"])  # type: ignore[index,assignment]
    return tuple(Curve(month=month, lines=found[month].get(0, (0, None))[0],
                       shares=_shares(found[month])) for month in sorted(found)[-MONTHS:])


def compared(curves: tuple[Curve, ...]) -> Maturity:
    """Return the curves with the two newest months that are ripe at one same age.

    The age is the largest of ``READ_AT`` that two months reach; unequal ages are never compared.
    """
    for at in reversed(READ_AT):
        ripe = [curve for curve in curves if curve.ripe >= at]
        if len(ripe) > 1:
            return Maturity(curves=curves, at=at, older=ripe[-2], newer=ripe[-1])
    return Maturity(curves=curves)


def _shares(days: dict[int, tuple[int, float | None]]) -> tuple[float | None, ...]:
    shares: list[float | None] = []
    for day in range(LAST_DAY + 1):
        lines, share = days.get(day, (0, None))
        blind = bool(shares) and shares[-1] is None
        shares.append(None if blind or lines < FEWEST_LINES else share)
    return tuple(shares)

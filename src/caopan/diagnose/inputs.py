"""What a diagnosis reads: sessions, products and metric sums of all subjects, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caopan.diagnose.diagnosis import Subject
from caopan.diagnose.measure import GMV, Measure
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.units.unit import Unit

Instants = NDArray[np.datetime64[Any]]
Names = NDArray[np.object_]

EPOCH = date(1970, 1, 1).toordinal()

COLUMNS = (
    "minutes", "room_impressions", "room_viewers_exposed", "views", "viewers", "avg_online",
    "avg_watch_seconds", "product_impressions", "product_viewers", "product_clicks",
    "product_clickers", "orders", "buyers", "units", "gmv", "refund_amount", "new_followers",
    "lost_followers", "comments", "likes", "shares", "private_views", "public_views", "paid_views",
    "ad_spend",
)
"""The session columns a diagnosis can use, canonical names; ``minutes`` is end minus start."""

ZONE_SHIFT = np.timedelta64(8, "h")
"""The business day is Asia/Shanghai, which keeps UTC+8 all year (and did since 1992)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """The sessions of all subjects, ordered by subject, then by start.

    ``subject``: shape (n,), positions in ``Inputs.subjects``, ascending. ``started_at``: shape
    (n,), datetime64[us] in UTC. ``columns``: every name of ``COLUMNS``, shape (n,), float, NaN =
    null (not zero); money in minor units of the subject's currency. ``dated``: shape (n,), False
    where only the month of the start is known, so that its day and hour mean nothing. ``measure``
    is what the sales of all of them are counted in.
    """

    subject: Ints
    session_id: Names
    started_at: Instants
    columns: dict[str, Floats]
    dated: Bools
    measure: Measure = GMV
    _days: list[Ints] = field(init=False, default_factory=list, repr=False, compare=False)

    @property
    def sold(self) -> Floats:
        """Return what every session sold, in the measure; NaN = null."""
        return self.columns[self.measure.id]

    @property
    def day(self) -> Ints:
        """Return the business day of every session, days since 1970-01-01; worked out once."""
        if not self._days:
            self._days.append(days_of(self.started_at))
        return self._days[0]

    def said_day(self, row: int) -> str:
        """Return the day of one session in ISO form; its month where no more is known."""
        text = day_of(int(self.day[row])).isoformat()
        return text if self.dated[row] else text[:len("2026-03")]

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """What each session sold of each product: one row per session and product.

    ``session``: shape (m,), positions in ``Inputs.sessions``; ``product``: shape (m,), positions
    in ``names``; ``units`` and ``gmv`` (minor units), NaN = null.
    """

    session: Ints
    product: Ints
    units: Floats
    gmv: Floats
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTable:
    """A metric of the catalogue for every subject and both periods, from ``metrics.spread``.

    Every array has shape (subjects, 2): the compared period, then the period; NaN where there is
    nothing. ``moments`` are the sums over clusters of numerator squared, numerator times
    denominator and denominator squared. ``sensitivity`` is what one unit of relative change of
    the metric is worth in relative GMV: 1 for a factor of GMV, 0 where no price can be put on it;
    ``cost`` marks a share of GMV that is lost (a refund rate): its difference times GMV is money.
    """

    metric: str
    numerator: Floats
    denominator: Floats
    n: Floats
    clusters: Floats
    moments: tuple[Floats, Floats, Floats]
    n_of: str = "orders"
    unit: Unit = Unit.RATIO
    sensitivity: float = 0.0
    cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a diagnosis of all subjects reads.

    ``categories`` (one a subject, None = not known) make the peer groups together with the
    currency.
    """

    subjects: tuple[Subject, ...]
    categories: tuple[str | None, ...]
    sessions: Sessions
    products: Products | None = None
    metrics: tuple[MetricTable, ...] = field(default=())


def sessions(
    *, subject: Any, session_id: Any, started_at: Any, columns: dict[str, Any],  # noqa: ANN401
    dated: Any = None,  # noqa: ANN401
) -> Sessions:
    """Return sessions in their order, with absent columns as null; ``order`` is stable.

    Args:
        subject: shape (n,), whole numbers.
        session_id: shape (n,), text.
        started_at: shape (n,), anything numpy reads as datetime64, UTC.
        columns: any names of ``COLUMNS``, None or NaN = null.
        dated: shape (n,), whether day and hour of the start are known; all of them where None.

    Raises:
        KeyError: a column that is not in ``COLUMNS``.

    >>> made = sessions(subject=[0, 0], session_id=["b", "a"], columns={"gmv": [5, None]},
    ...                 started_at=["2026-03-02T12:00", "2026-03-01T17:00"])
    >>> made.session_id.tolist(), made.columns["gmv"].tolist(), day_of(made.day[0])
    (['a', 'b'], [nan, 5.0], datetime.date(2026, 3, 2))
    """
    unknown = set(columns) - set(COLUMNS)
    if unknown:
        raise KeyError(*sorted(unknown))
    owner = np.asarray(subject, dtype=np.int64)
    start = np.asarray(started_at, dtype="datetime64[us]")
    order = np.lexsort((start, owner))
    empty = np.full(len(owner), np.nan)
    return Sessions(
        subject=owner[order],
        session_id=np.asarray(session_id, dtype=object)[order],
        started_at=start[order],
        columns={name: np.asarray(columns[name], dtype=np.float64)[order]
                 if name in columns else empty for name in COLUMNS},
        dated=np.ones(len(owner), dtype=np.bool_) if dated is None
        else np.asarray(dated, dtype=np.bool_)[order],
    )


def days_of(instants: Instants) -> Ints:
    """Return the business day of each instant, days since 1970-01-01.

    >>> days_of(np.array(["2026-03-01T17:00"], dtype="datetime64[us]"))[0] - number_of(
    ...     date(2026, 3, 1))
    np.int64(1)
    """
    return np.asarray((instants + ZONE_SHIFT).astype("datetime64[D]").astype(np.int64))


def day_of(number: int) -> date:
    """Return the date of a day number (days since 1970-01-01).

    >>> day_of(20_000)
    datetime.date(2024, 10, 4)
    """
    return date.fromordinal(int(number) + EPOCH)


def number_of(day: date) -> int:
    """Return the day number of a date.

    >>> number_of(date(2024, 10, 4))
    20000
    """
    return day.toordinal() - EPOCH


def ordering(*, subject: Any, started_at: Any) -> Ints:  # noqa: ANN401
    """Return where each row of ``sessions`` came from, to number the rows of ``Products``.

    >>> ordering(subject=[1, 0], started_at=["2026-03-02", "2026-03-01"]).tolist()
    [1, 0]
    """
    start = np.asarray(started_at, dtype="datetime64[us]")
    return np.lexsort((start, np.asarray(subject, dtype=np.int64))).astype(np.int64)

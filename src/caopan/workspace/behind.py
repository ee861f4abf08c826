"""What stands behind a number: one reading of every session of both periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

import numpy as np
import pyarrow as pa

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.inputs import sessions
from caopan.diagnose.measures import measure
from caopan.diagnose.readings import READINGS
from caopan.report.document import in_unit, unit_of
from caopan.store.store import Store
from caopan.workspace.defining import definition
from caopan.workspace.gathering import own_sessions, sums_of
from caopan.workspace.grain import Grain

STANDARD = "gmv_per_session"
"""What is shown for a number that is no ratio of sums over sessions: the GMV of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One session: its side (1 = the period), the two sums of the reading, and their ratio.

    None is what the files do not say. ``counts`` is False for a session that was set apart.
    """

    session_id: str
    started_at: datetime
    day: date
    side: int
    above: float | None
    below: float | None
    value: float | None
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The sessions behind a reading; ``levels`` are the ratios of sums of both sides."""

    metric: str
    numerator: str
    denominator: str
    rows: tuple[Row, ...]
    levels: tuple[float | None, float | None]

    def document(self, *, currency: str) -> dict[str, object]:
        """Return the sessions as JSON; ``levels`` are the ratios of sums of both sides."""
        known = {name: found for name in (self.metric, self.numerator, self.denominator)
                 if (found := definition(name)) is not None}
        units = {name: unit_of(name, known)
                 for name in (self.metric, self.numerator, self.denominator)}

        def said(name: str, value: float | None) -> str | float | None:
            return in_unit(value, units[name], currency)

        before, after = self.levels
        return {
            "metric": self.metric, "unit": units[self.metric], "currency": currency,
            "numerator": self.numerator, "denominator": self.denominator,
            "levels": {"before": said(self.metric, before), "after": said(self.metric, after)},
            "rows": [{"session_id": row.session_id, "started_at": row.started_at, "day": row.day,
                      "side": "after" if row.side else "before", "counts": row.counts,
                      "numerator": said(self.numerator, row.above),
                      "denominator": said(self.denominator, row.below),
                      "value": said(self.metric, row.value)} for row in self.rows]}


def behind(store: Store, diagnosis: Diagnosis, *, metric: str) -> Behind:
    """Return the sessions of both periods with what a metric reads of each, in order of time."""
    about = diagnosis.subject
    rows = own_sessions(store.tables(), store.fetch, grain=Grain(about.kind), only=about.id)
    shown = {str(one["session_id"]): one for one in diagnosis.sessions}
    rows = rows.filter(pa.array([name in shown for name in rows["session_id"].to_pylist()],
                                pa.bool_()))
    reading = READINGS.get(metric) or READINGS[STANDARD]
    started = rows["started_at"].cast(pa.timestamp("us")).to_numpy()
    made = sessions(subject=np.zeros(rows.num_rows), session_id=rows["session_id"].to_numpy(),
                    started_at=started, columns=sums_of(rows))
    moments = sorted(rows["started_at"].to_pylist())
    above, below = (measure(made, name) for name in (reading.numerator, reading.denominator))
    found = tuple(
        _row(shown[name], diagnosis, moment, top, bottom, reading.per)
        for name, moment, top, bottom in zip(made.session_id.tolist(), moments, above.tolist(),
                                             below.tolist(), strict=True))
    return Behind(metric=reading.id, numerator=reading.numerator, rows=found,
                  denominator=reading.denominator,
                  levels=(_level(found, 0, reading.per), _level(found, 1, reading.per)))


def _row(
    told: Mapping[str, object], diagnosis: Diagnosis, moment: datetime, top: float, bottom: float,
    per: float,
) -> Row:
    day = told["day"]
    when = day if isinstance(day, date) else diagnosis.period.start
    above, below = (value if isfinite(value) else None for value in (top, bottom))
    ratio = above * per / below if above is not None and below else None
    return Row(session_id=str(told["session_id"]), started_at=moment, day=when,
               side=int(diagnosis.period.start <= when < diagnosis.period.end),
               above=above, below=below, value=ratio, counts=not told["set_aside"])


def _level(rows: tuple[Row, ...], side: int, per: float) -> float | None:
    """Return a side's ratio of sums over the sessions that count and say both."""
    both = [(row.above, row.below) for row in rows if row.side == side and row.counts
            and row.above is not None and row.below is not None]
    below = sum(bottom for _, bottom in both)
    return sum(top for top, _ in both) * per / below if below else None

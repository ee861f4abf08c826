"""Every session of a room as a row: its columns, its length, why it is set aside, its rates."""

from __future__ import annotations

from math import isfinite
from typing import Any

import pyarrow as pa

from caopan.metrics.catalogue import METRICS
from caopan.report.document import in_unit
from caopan.workspace.room import Room
from caopan.workspace.show import STEPS, facts

RATES = tuple(name for step in STEPS for name in step)
"""The rates of every step a session may take."""


def session_rows(room: Room, *, rated: pa.Table | None = None) -> list[dict[str, Any]]:
    """Return the sessions in the order of their starts.

    ``aside`` is why one is set aside, None where it counts; ``minutes`` None where its length is
    not known.

    Args:
        room: whose.
        rated: the step rates of every session, as ``Rooms.rates`` returns them; None: none.
    """
    rates = {row["session_id"]: row for row in rated.to_pylist()} if rated is not None else {}
    rows: list[dict[str, Any]] = room.rows.to_pylist()
    for row, reason, minutes in zip(rows, room.apart, room.sessions.columns["minutes"].tolist(),
                                    strict=True):
        row |= {name: rates[row["session_id"]][name] for name in RATES if rates}
        row["aside"] = reason
        row["minutes"] = minutes if isfinite(minutes) else None
    return rows


def session_document(row: dict[str, Any], *, currency: str) -> dict[str, object]:
    """Return a row of ``session_rows`` as JSON.

    >>> session_document({"gmv": 100, "minutes": 60.0, "aside": None, "aov": 50}, currency="CNY")
    {'gmv': '1.00', 'minutes': 60.0, 'currency': 'CNY', 'aside': None, 'rates': {'aov': '0.50'}}
    """
    aside = row["aside"]
    plain = {name: value for name, value in row.items() if name != "aside" and name not in RATES}
    return {**facts(plain, currency=currency), "aside": aside and aside.document(),
            "rates": {name: in_unit(row[name], METRICS[name].unit, currency)
                      for name in RATES if name in row}}

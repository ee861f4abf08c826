"""The standing check (对账): do products and orders add up to what the sessions say?"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import channel_rows, listed_products, paid_lines, session_rows
from caopan.metrics.calendar import day_of
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope, Tables
from caopan.units.period import Period


class Subject(StrEnum):
    """Whose totals are compared."""

    SESSION = "session_id"
    STREAMER = "streamer_id"
    MERCHANT = "merchant_id"
    EVERYTHING = "everything"


HOST = "x_streamer_id"
"""Where a product report says whose room it is of, ingest keeps the host in this extra column;
stored rows carry it inside ``extra``, the JSON text of all their extra columns."""

EXTRA = "extra"

_COLUMNS = ("subject", "currency", "witness", "start", "end", "sessions_gmv", "witness_gmv",
            "ratio", "sessions", "off")


def reconcile(
    tables: Tables, *, tolerance: float, subject: Subject = Subject.STREAMER,
    period: Period | None = None,
) -> ir.Table:
    """Return the GMV of sessions beside each other witness of it, one row a subject and witness.

    ``witness`` is ``session_products`` or ``orders`` (compared over the sessions that have rows
    there and a figure of their own), or ``product_channels``: the live channel of a product
    report, which has no link to sessions, against all sessions of the subject inside ``[start,
    end)``, the days that the report covers (one row a report; by streamer only where the report
    names the host, never by session). Columns: ``subject`` (the id, ``everything`` for the whole),
    ``currency``, ``witness``, ``start``, ``end`` (null for the first two), ``sessions_gmv``,
    ``witness_gmv`` (minor units), ``ratio`` = witness ÷ sessions (null where the sessions sold
    nothing), ``sessions`` (compared), ``off`` (the ratio is further than ``tolerance`` from 1, or
    the witness sold where the sessions did not). The period cuts sessions by their start.
    """
    scope = Scope(tables=tables, by=_by(subject, "currency"), period=period)
    found = [_by_session(scope, subject, listed_products, "gmv", "session_products"),
             _by_session(scope, subject, paid_lines, "amount", "orders")]
    reports = _reports(tables, subject)
    if reports is not None:
        found.append(_by_report(scope, subject, reports))
    rows = ibis.union(*found)
    share = ratio(rows.witness_gmv, rows.sessions_gmv)
    gap = (share - 1).abs() > tolerance
    rows = rows.mutate(ratio=share, off=gap.fill_null(rows.witness_gmv > 0))
    return rows.select(*_COLUMNS).order_by("subject", "currency", "witness", "start", "end")


def _by(subject: Subject, *more: str) -> tuple[str, ...]:
    return more if subject is Subject.EVERYTHING else (subject.value, *more)


def _name(rows: ir.Table, subject: Subject) -> ir.Value:
    return ibis.literal("everything") if subject is Subject.EVERYTHING else rows[subject.value]


def _by_session(
    scope: Scope, subject: Subject, lines: Callable[[Scope], ir.Table], amount: str, name: str,
) -> ir.Table:
    """Return both totals over the sessions that the witness knows."""
    rows = lines(Scope(tables=scope.tables, by=("session_id", "currency")))
    rows = rows.filter(rows.session_id.notnull())
    known = rows.group_by(_session=rows.session_id, _currency=rows.currency).aggregate(
        witness_gmv=rows[amount].sum())
    sessions = _with_figure(scope)
    both = sessions.join(known, [sessions.session_id == known["_session"],
                                 sessions.currency.identical_to(known["_currency"])])
    totals = both.group_by(subject=_name(both, subject), currency=both.currency).aggregate(
        sessions_gmv=both.gmv.sum(), witness_gmv=both.witness_gmv.sum(), sessions=both.count())
    return totals.select(
        "subject", "currency", "sessions_gmv", "witness_gmv", "sessions",
        witness=ibis.literal(name), start=ibis.null("date"), end=ibis.null("date"))


def _reports(tables: Tables, subject: Subject) -> ir.Table | None:
    """Return the live rows of product reports with ``subject``; None where they name none."""
    rows = channel_rows(Scope(tables=tables, by=_by(subject) if subject is Subject.MERCHANT
                              else ()))
    rows = rows.filter(rows.channel == "live")
    match subject:
        case Subject.EVERYTHING | Subject.MERCHANT:
            return rows.mutate(subject=_name(rows, subject))
        case Subject.STREAMER if HOST in rows.columns:
            return rows.mutate(subject=rows[HOST])
        case Subject.STREAMER if EXTRA in rows.columns:
            return rows.mutate(subject=rows[EXTRA].cast("json")[HOST].str)
    return None


def _by_report(scope: Scope, subject: Subject, rows: ir.Table) -> ir.Table:
    """Return each report's live total beside the sessions inside the days that it covers."""
    known = rows.filter(rows["subject"].notnull()).group_by(
        _subject=rows["subject"], _currency=rows.currency, start=rows["from"], end=rows["to"],
    ).aggregate(witness_gmv=rows.gmv.sum())
    sessions = _with_figure(scope)
    sessions = sessions.mutate(subject=_name(sessions, subject), day=day_of(sessions.started_at))
    both = sessions.join(known, [
        sessions["subject"] == known["_subject"],
        sessions.currency.identical_to(known["_currency"]),
        sessions.day >= known.start, sessions.day < known.end,
    ])
    totals = both.group_by("subject", "currency", "start", "end").aggregate(
        sessions_gmv=both.gmv.sum(), witness_gmv=both.witness_gmv.max(), sessions=both.count())
    return totals.select(
        "subject", "currency", "sessions_gmv", "witness_gmv", "sessions",
        "start", "end", witness=ibis.literal("product_channels")).select(
        "subject", "currency", "sessions_gmv", "witness_gmv", "sessions", "witness", "start",
        "end")


def _with_figure(scope: Scope) -> ir.Table:
    sessions = session_rows(scope)
    return sessions.filter(sessions.gmv.notnull())

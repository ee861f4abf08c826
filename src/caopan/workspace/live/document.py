"""A room as JSON carries it: the snapshot, its minutes, its log, what a command would change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from caopan.live.alert import Alert
from caopan.live.cover import Cover
from caopan.live.preview import Preview
from caopan.live.pulse import aimed, due
from caopan.live.room import Room
from caopan.live.tally import COUNTS, MINUTE_MS, Tally
from caopan.plan.run_sheet_document import item_written, written
from caopan.plan.timing import Slot
from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.units.money import Money
from caopan.workspace.live.held import Held

MONEY = frozenset({"gmv", "refunds", "ad_spend"})
MINUTE_COLUMNS = ("entries", "entries_private", "entries_public", "entries_paid", "clicks",
                  "orders", "units", "gmv", "ad_spend", "comments")
"""The columns of ``session_minutes`` that a minute carries, beside ``online``."""


def amount(minor: float | None, currency: str) -> str | None:
    """Return an amount as decimal text in major units; None stays so."""
    return None if minor is None else Money(minor=round(minor), currency=currency).written()


def snapshot(held: Held, *, now: datetime, language: Language, alerts: Iterable[Alert] = (),
             stock: Iterable[Cover] = (), forecast: Interval | None = None,
             basis: str | None = None) -> dict[str, Any]:
    """Return the room as it stands.

    Args:
        held: the room.
        now: the present, in the room's time.
        language: of alerts.
        alerts: what is off.
        stock: what is left of each product.
        forecast: what the session will have sold, minor units; None: the plan's own targets.
        basis: where the forecast comes from; None: from the minutes.
    """
    with held.lock:
        room, tally, rev = held.room, held.tally, held.rev
        totals, online, ages = tally.totals(), tally.online, _ages(tally, now)
        told = bool(tally.minutes)
    currency, coming = room.sheet.currency, room.coming(now)
    by_plan = due(room.planned, by=now) if room.started_at else None
    basis = (basis or "minutes") if forecast else "plan"
    forecast = forecast or aimed(room.planned)
    return {
        "room": room.id, "rev": rev, "server_epoch_ms": round(now.timestamp() * 1000),
        "title": room.title, "streamer_id": room.streamer_id, "session_id": room.session_id,
        "synthetic": room.synthetic, "rehearsal": room.rehearsal, "speed": room.speed,
        "status": room.status.value, "currency": currency,
        "planned_start": room.planned_start.isoformat(), "started_at": _time(room.started_at),
        "closed_at": _time(room.closed_at), "ends_at": room.ends_at(now).isoformat(),
        "now": _on_air(room, now), "next": _slot(coming[0], currency) if coming else None,
        "time_offset_seconds": room.late(now),
        "money_offset": amount(totals["gmv"] - by_plan, currency)
        if by_plan is not None and told else None,
        "money_due": amount(by_plan, currency),
        "totals": {name: amount(count, currency) if name in MONEY else count
                   for name, count in totals.items()} | {"online": online},
        "forecast": _range(forecast, currency, basis),
        "stock": [_cover(one) for one in stock],
        "alerts": [alert_document(one, language) for one in alerts],
        "messages": [{"id": one.id, "to": one.to.value, "text": one.text, "who": one.who,
                      "at": one.at.isoformat(), "received_at": _time(one.received_at)}
                     for one in room.notices],
        "incidents": [{"card": one.card, "armed_at": one.armed_at.isoformat(),
                       "fired_at": _time(one.fired_at), "recovered_at": _time(one.recovered_at),
                       "done": sorted(one.done)} for one in room.incidents],
        "ages": ages}


def alert_document(alert: Alert, language: Language) -> dict[str, Any]:
    """Return an alert as JSON carries it."""
    return {"id": alert.id, "severity": alert.severity.value, "since": alert.since.isoformat(),
            "card": alert.card, "owner": alert.owner.value, "item_id": alert.item_id,
            "source": alert.source, **alert.message.document(language)}


def sheet_document(room: Room, *, now: datetime) -> dict[str, Any]:
    """Return the run sheet as it is now, with when each item was or will be on air."""
    coming = {one.item.id: one for one in room.coming(now)}
    told: dict[str, list[dict[str, Any]]] = {}
    for one in room.told:
        told.setdefault(one.item_id, []).append(
            {"began_at": one.began_at.isoformat(), "ended_at": one.ended_at.isoformat()})
    planned = {one.item.id: one for one in room.planned}
    body = written(room.sheet)
    body["items"] = [
        item_written(item, room.sheet.currency)
        | {"told": told.get(item.id, []), "on_air": item.id == room.current,
           "planned_at": _time(planned[item.id].starts_at) if item.id in planned else None,
           "expected_at": _time(coming[item.id].starts_at) if item.id in coming else None,
           "late_seconds": coming[item.id].late if item.id in coming else None,
           "ticked": sorted(room.ticked.get(item.id, ()))}
        for item in room.sheet.items]
    return body


def minutes_document(held: Held, *, first: int | None = None,
                     last: int | None = None) -> dict[str, Any]:
    """Return the sums by minute in the columns of ``session_minutes``.

    Minute 0 is the one the room went on air in, or its planned start's; a minute before it is
    negative. ``first`` and ``last`` are such minutes, both in.
    """
    with held.lock:
        room, found = held.room, sorted(held.tally.minutes.items())
    zero = int((room.started_at or room.planned_start).timestamp() * 1000) // MINUTE_MS
    rows = []
    for at, minute in found:
        number = at - zero
        if (first is not None and number < first) or (last is not None and number > last):
            continue
        counts = dict(zip(COUNTS, minute.counts, strict=True))
        rows.append({"session_id": room.session_id, "minute": number,
                     "at": datetime.fromtimestamp(at * 60, UTC).isoformat(),
                     "online": minute.online,
                     **{name: amount(counts[name], room.sheet.currency) if name in MONEY
                        else counts[name] for name in MINUTE_COLUMNS}})
    return {"currency": room.sheet.currency, "rev": held.rev, "minutes": rows}


def log_document(held: Held) -> list[dict[str, Any]]:
    """Return the decision log, the newest first: who, when, what, and what was known."""
    return [{"id": one.id, "kind": one.kind.value, "at": one.at.isoformat(), "who": one.who,
             "decided_on_rev": one.rev, "rev": rev, "body": dict(one.body)}
            for rev, one in reversed(held.log)]


def preview_document(found: Preview, *, currency: str) -> dict[str, Any]:
    """Return what a command would change."""
    return {
        "ends_before": found.ends_before.isoformat(), "ends_after": found.ends_after.isoformat(),
        "seconds": (found.ends_after - found.ends_before).total_seconds(),
        "money": _range(found.money, currency, "plan"), "unknown": list(found.unknown),
        "currency": currency,
        "shifts": [{"item_id": one.item.id, "title": one.item.title,
                    "before": _time(one.before), "after": _time(one.after),
                    "late_before": one.late_before, "late_after": one.late_after}
                   for one in found.shifts]}


def _on_air(room: Room, now: datetime) -> dict[str, Any] | None:
    on_air = room.on_air
    if on_air is None:
        return None
    return {"item": item_written(on_air.item, room.sheet.currency),
            "began_at": on_air.began_at.isoformat(), "paused": on_air.paused_at is not None,
            "elapsed_seconds": on_air.elapsed(now), "left_seconds": on_air.left(now)}


def _slot(slot: Slot, currency: str) -> dict[str, Any]:
    return {"item": item_written(slot.item, currency), "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat(), "waits_seconds": slot.waits,
            "late_seconds": slot.late}


def _range(one: Interval | None, currency: str, basis: str) -> dict[str, Any] | None:
    if one is None:
        return None
    return {**{name: amount(getattr(one, name), currency) for name in ("low", "mid", "high")},
            "level": one.level, "basis": basis}


def _cover(one: Cover) -> dict[str, Any]:
    return {"product_id": one.product_id, "left": one.left,
            "per_minute": round(one.per_minute, 3),
            "cover_minutes": None if one.minutes is None else round(one.minutes, 1),
            "sold_out_at": _time(one.sold_out_at), "source": one.source, "at": _time(one.at)}


def _ages(tally: Tally, now: datetime) -> dict[str, Any]:
    present = now.timestamp() * 1000
    return {topic: {"at": datetime.fromtimestamp(one.at / 1000, UTC).isoformat(),
                    "seconds": round((present - one.at) / 1000, 1), "source": one.source}
            for topic, one in tally.heard.items()}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

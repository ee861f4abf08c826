"""The pacing chart of a room: plan, what came by the minute, where it is going."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from itertools import accumulate
from math import sqrt

from caopan.live.command import KIND_WORDS, Kind
from caopan.live.pulse import due
from caopan.live.room import Status
from caopan.live.tally import GMV, MINUTE_MS
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.pacing import Flag, Mark, Pace, Pacing, Slot
from caopan.web.console.chart.state import READY, State, too_little_data
from caopan.web.console.room_cards import in_force
from caopan.web.console.room_stage import Stage, milliseconds

POINTS = 72
"""So many moments the chart has at most; more cannot be told apart on it."""
FLAGGED = {Kind.SWAP, Kind.CUT, Kind.EXTEND, Kind.RETURN}


def pacing(stage: Stage, *, language: Language) -> Pacing:
    """Return the chart as it stands; before the start it says what it waits for."""
    room = stage.room
    start = room.started_at or room.planned_start
    end = max(room.ends_at(stage.now), start + timedelta(minutes=5))
    seconds = round((end - start).total_seconds())
    step = max(60, -(-seconds // POINTS // 60) * 60)
    marks = sorted({*range(0, seconds, step), seconds,
                    *([_present(stage, start)] if room.status is not Status.CLOSED else [])})
    sold = _sold(stage)
    over = room.closed_at or stage.now
    points = tuple(_point(stage, start, at, sold, over=over, end=seconds)
                   for at in marks if 0 <= at <= seconds)
    return Pacing(title=Text(zh="进度", en="Pacing"), unit=Unit.MONEY, currency=stage.currency,
                  live_at=start.astimezone(BUSINESS_ZONE).time().replace(microsecond=0),
                  points=points, slots=_slots(stage, start), flags=_flags(stage, start, language),
                  state=_state(stage))


def _state(stage: Stage) -> State:
    if stage.room.started_at is None:
        return too_little_data(Text(zh="开播以后开始画", en="it begins when the room goes on air"))
    if "orders" not in stage.heard and stage.due is None:
        return too_little_data(Text(zh="还没有订单，节目单也没有目标",
                                    en="no orders yet, and no targets in the run sheet"))
    return READY


def _sold(stage: Stage) -> tuple[list[int], list[int]]:
    """Return the ends of the minutes, epoch milliseconds, and the GMV up to each."""
    minutes = sorted(stage.minutes.items())
    return ([(at + 1) * MINUTE_MS for at, _ in minutes],
            list(accumulate(one.counts[GMV] for _, one in minutes)))


def _point(stage: Stage, start: datetime, at: int, sold: tuple[list[int], list[int]], *,
           over: datetime, end: int) -> Pace:
    moment = start + timedelta(seconds=at)
    plan = due(stage.room.planned, by=moment)
    actual: float | None = None
    present = _present(stage, start)
    if moment <= over and "orders" in stage.heard:
        # the minute under way counts: at the present all that is known is told
        until = milliseconds(moment) + (MINUTE_MS if at >= present else 0)
        upto = bisect_right(sold[0], until)
        actual = float(sold[1][upto - 1]) if upto else 0.0
    coming = stage.is_on and stage.forecast is not None and at >= present
    return Pace(at=at, plan=plan, actual=actual, forecast=(
        ahead(stage.forecast, now=float(stage.counts["gmv"]), share=_share(stage, start, at, end))
        if coming and stage.forecast is not None else None))


def ahead(close: Interval, *, now: float, share: float) -> Interval:
    """Return the band at a moment between the present and the close (预计带).

    ``share``: of what is still to come, how much has come by then. The middle goes along the
    plan; the width by the root of the share, which holds at least as often as the close does,
    whether the error is one rate for all that comes or new in every minute.

    >>> close = Interval(low=60.0, mid=100.0, high=160.0, level=0.8)
    >>> half = ahead(close, now=20.0, share=0.25)
    >>> half.low, half.mid, half.high, ahead(close, now=20.0, share=1.0) == close
    (20.0, 40.0, 70.0, True)
    """
    mid, wide = now + (close.mid - now) * share, sqrt(share)
    return Interval(low=max(min(now, mid), mid - (close.mid - close.low) * wide), mid=mid,
                    high=mid + (close.high - close.mid) * wide, level=close.level)


def _share(stage: Stage, start: datetime, at: int, end: int) -> float:
    """Return how much of what is still to come has come by a moment: by the plan, else by time."""
    if at >= end:
        return 1.0
    present = _present(stage, start)
    planned = [due(stage.room.planned, by=start + timedelta(seconds=one))
               for one in (present, at, end)]
    if all(one is not None for one in planned):
        before, then, close = (float(one or 0.0) for one in planned)
        if close > before:
            return (then - before) / (close - before)
    return (at - present) / (end - present) if end > present else 1.0


def _slots(stage: Stage, start: datetime) -> tuple[Slot, ...]:
    room = stage.room
    titles = {one.id: one.title for one in (*room.plan.items, *room.sheet.items)}
    was = [(titles.get(one.item_id, one.item_id), one.began_at, one.ended_at)
           for one in room.told]
    if room.on_air is not None:
        was.append((room.on_air.item.title, room.on_air.began_at,
                    room.on_air.ends_at(stage.now)))
    was += [(one.item.title, one.starts_at, one.ends_at) for one in stage.coming]
    return tuple(Slot(name=title, start=_since(start, began), end=_since(start, ended))
                 for title, began, ended in was if ended > began)


def _flags(stage: Stage, start: datetime, language: Language) -> tuple[Flag, ...]:
    changed = [(_since(start, one.at), KIND_WORDS[one.kind].plain(language))
               for _, one in reversed(stage.log) if one.kind in FLAGGED and one.at >= start]
    decided = [Flag(at=at, sign=f"{number}", name=name)
               for number, (at, name) in enumerate(changed, start=1)]
    names = {one.id: one.name.plain(language) for one in in_force(stage.playbook).cards}
    fired = [Flag(at=_since(start, one.fired_at), sign="!", name=names.get(one.card, one.card),
                  mark=Mark.INCIDENT)
             for one in stage.room.incidents if one.fired_at and one.fired_at >= start]
    return tuple(sorted((*decided, *fired), key=lambda one: one.at))


def _present(stage: Stage, start: datetime) -> int:
    """Return the whole seconds that have passed, so that the present is never past itself."""
    return int((stage.now - start).total_seconds())


def _since(start: datetime, at: datetime) -> int:
    return round((at - start).total_seconds())

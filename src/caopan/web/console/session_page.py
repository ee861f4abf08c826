"""场次 · One session: every fact known of it, its steps, minutes, products, ads and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from caopan.access.action import Action
from caopan.facts.schema import TABLES, Kind
from caopan.plan.item import CLASS_WORDS
from caopan.units import number
from caopan.units.clock import to_the_minute
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.line import Line
from caopan.web.console.imports_words import called, noted
from caopan.web.console.room_stage import clock
from caopan.web.console.session_headline import headlines, sentence
from caopan.web.console.session_log import log_of
from caopan.web.console.session_tables import tables
from caopan.web.console.session_words import FIELDS, GOALS, GROUPS
from caopan.web.console.subjects import address
from caopan.web.console.tables import taken
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.show import Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One canonical column: its word, its value as read, the column's own name."""

    name: Text
    said: str
    column: str


def page(visit: Visit) -> Response:
    """Show one session; with ``file`` in the address, one table of it as CSV.

    Raises:
        CaopanError: there is no such session, or ``file`` names no table of it.
    """
    show = visit.workspace.rooms.show(visit.path("session"))
    language = visit.language
    if visit.query.get("file"):
        return taken(visit, visit.query["file"], tables(show), of="session")
    return visit.show(
        "sessions/page.html", show=show, headline=sentence(show, language=language),
        figures=headlines(show, language=language), curves=curves(show),
        groups=facts(show.row, show.room.currency, language=language), address=address,
        at=session_address, called=called, noted=noted, roles=CLASS_WORDS, goals=GOALS, clock=clock,
        log=log_of(visit, show.row["session_id"]))


def session_address(id: str) -> str:  # noqa: A002 - the field's own name
    """Return where a session's page is; an id may hold any character.

    >>> session_address("林晚 3/1")
    '/sessions/%E6%9E%97%E6%99%9A%203%2F1'
    """
    return f"/sessions/{quote(id, safe='')}"


def facts(row: Mapping[str, Any], currency: str, *,
          language: Language) -> tuple[tuple[Text, tuple[Fact, ...]], ...]:
    """Return every canonical column by groups; what is not known is said to be so.

    A group of which nothing is known is left out.
    """
    kinds = {column.name: column.kind for column in TABLES["sessions"].columns}
    made = []
    for title, names in GROUPS:
        if any(row[name] is not None for name in names):
            made.append((title, tuple(
                Fact(name=FIELDS[name][0], column=name,
                     said=said(row[name], kinds[name], FIELDS[name][1], currency, language))
                for name in names)))
    return tuple(made)


def said(value: object, kind: Kind, unit: Unit | None, currency: str,
         language: Language) -> str:
    """Return a canonical value as people read it.

    >>> said(36_60, Kind.MONEY, None, "CNY", "zh"), said(None, Kind.COUNT, None, "CNY", "zh")
    ('¥36.60', '—')
    """
    if value is None:
        return number.MISSING
    if isinstance(value, datetime):
        return to_the_minute(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        shown = Unit.MONEY if kind is Kind.MONEY else unit or Unit.COUNT
        return number.value(value, unit=shown, currency=currency, language=language)
    return str(value)


def curves(show: Show) -> tuple[Line, ...]:
    """Return people online by minute, and GMV added up, of what the minutes carry."""
    made = []
    for column, title, unit, added in (
            ("online", Text(zh="在线人数", en="People online"), Unit.PEOPLE, False),
            ("gmv", Text(zh="累计成交金额", en="GMV so far"), Unit.MONEY, True)):
        known = [minute[column] for minute in show.minutes]
        if not any(value is not None for value in known):
            continue
        values = list(accumulate(value or 0 for value in known)) if added else known
        made.append(Line(
            title=title, unit=unit, currency=show.room.currency,
            moment=Text(zh="第几分钟", en="Minute"),
            values=tuple((str(minute["minute"]), value)
                         for minute, value in zip(show.minutes, values, strict=True))))
    return tuple(made)


SCREENS = (Screen(path="/sessions/{session:path}", action=Action.READ, show=page),)

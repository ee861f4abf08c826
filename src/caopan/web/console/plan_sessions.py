"""规划 · Plan: what each planned session may bring, the next one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from starlette.responses import Response

from caopan.access.action import Action
from caopan.forecast.outlook import Status
from caopan.units import number
from caopan.units.message import CaopanError, Language
from caopan.web.console.plan_money import hour_of
from caopan.web.console.sheet_address import address
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.backtest_words import OUTCOME_NAMES
from caopan.workspace.forecast_result import Forecast, ForecastResult
from caopan.workspace.forecast_words import BESIDE_USUAL

SHOWN = 60
"""How many sessions a page holds; the export holds all."""
HERO = "gmv"
HEAD = ("session_id", "streamer_id", "started_at", "outcome", "currency", "status", "low", "mid",
        "high", "level", "n_history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One planned session as a page shows it; ``ranges`` by outcome, finished."""

    session: str | None
    host: str
    name: str
    when: datetime | None
    ranges: dict[str, str]
    middles: dict[str, str]
    status: str
    n: int
    reason: str
    moved: str
    """What the plan changes beside what is usual; "" for nothing."""
    comes: bool
    """Whether it is still to begin."""


def page(visit: Visit) -> Response:
    """Show the imported plan's sessions; of long histories when they are ready."""
    result, refused = None, None
    try:
        result = _asked(visit)
    except CaopanError as refusal:
        refused = refusal.message
    rows = rows_of(result.forecasts, now=visit.now, language=visit.language) if result else ()
    return visit.show(
        "plan/sessions.html" if visit.is_fragment else "plan/page.html", tab="sessions",
        refused=refused, result=result, rows=rows[:SHOWN], count=len(rows), hero=HERO,
        next=next((one for one in rows if one.comes), rows[0] if rows else None),
        outcomes=OUTCOME_NAMES, beside=BESIDE_USUAL, sheet_at=address)


def table(visit: Visit) -> Response:
    """Return every forecast of the plan as CSV.

    Raises:
        CaopanError: no session of the plan can be used.
    """
    rows = [one.document(visit.language) for one in visit.workspace.forecast().forecasts]
    return csv_answer("forecasts.csv", list(HEAD), [[row[name] for name in HEAD] for row in rows])


def rows_of(forecasts: Sequence[Forecast], *, now: datetime,
            language: Language) -> tuple[Row, ...]:
    """Return a row a session, in the order of the forecasts.

    >>> rows_of((), now=datetime.now().astimezone(), language="en")
    ()
    """
    return tuple(_row(list(mine), now, language)
                 for _, mine in groupby(forecasts, key=lambda one: (one.session_id,
                                                                    one.streamer_id)))


def _row(mine: list[Forecast], now: datetime, language: Language) -> Row:
    first = next((one for one in mine if one.outcome == HERO), mine[0])
    told = {one.outcome: number.interval(one.interval, unit=one.unit, language=language,
                                         currency=one.currency or "CNY") for one in mine}
    middle = {one.outcome: number.value(one.interval.mid if one.interval else None, unit=one.unit,
                                        currency=one.currency or "CNY", language=language)
              for one in mine}
    worst = max((one.status for one in mine), key=list(Status).index)
    reasons = dict.fromkeys(one.reason.plain(language) for one in mine if one.reason)
    return Row(session=first.session_id, moved=first.moved(language),
               host=first.streamer_id, name=first.name,
               when=first.started_at, comes=first.started_at is None or first.started_at > now,
               ranges=told, middles=middle, status=worst.value,
               n=max(one.n_history for one in mine), reason="；".join(reasons)
               if language == "zh" else "; ".join(reasons))


def _asked(visit: Visit) -> ForecastResult | None:
    return visit.house.figures.ask(("forecast", visit.revision, hour_of(visit.now)),
                                   visit.workspace.forecast)


SCREENS = (
    Screen(path="/plan", action=Action.READ, show=page),
    Screen(path="/plan/forecasts.csv", action=Action.READ, show=table),
)

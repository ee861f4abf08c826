"""今日 · Today: who needs me, what runs, how old the numbers are; and the ways in at first."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.room import Room, Status
from caopan.report.overview import sentence
from caopan.report.words import Words
from caopan.units.message import CaopanError
from caopan.web.console.diagnosis_list import axis_said, lines
from caopan.web.console.diagnosis_query import GRAINS
from caopan.web.console.diagnosis_view import said_until
from caopan.web.console.imports_words import noted
from caopan.web.jobs import Job
from caopan.web.refreshing import refreshed
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.results import Results, Wanted

FIRST, RECENT = 5, 4
"""How many subjects and how many imports the page shows."""


def page(visit: Visit) -> Response:
    """Show today's page; a workspace without facts is shown the two ways in."""
    records = visit.workspace.imports.records()
    if not any(record.batch.is_active for record in records):
        filling = (job for job in visit.house.jobs.all()
                   if job.kind == "import" and not job.is_over)
        return visit.show("today/first.html", job=next(filling, None), live=_live(visit))
    job, found = refreshed(visit.house), visit.workspace.results()
    told = found if found is not None and any(found.grains.values()) else None
    return visit.show("today/page.html", job=job, records=records[:RECENT], found=found,
                      running=_running(visit, besides=job), who=told and _who(visit, told),
                      live=_live(visit), noted=noted)


def _who(visit: Visit, found: Results) -> dict[str, object]:
    """Return who needs me, most money at stake first, in the currency of most subjects."""
    words = Words(language=visit.language)
    grain = next(one for one in GRAINS if found.grains.get(one))
    currency = next(iter(found.grains[grain]))
    wanted = Wanted(grain=grain, currency=currency, way="", text="")
    listed = found.shelf.listed(wanted, most=FIRST)
    return {"lines": list(lines(listed, words)), "axis": axis_said(listed, words),
            "said": sentence(found.shelf.ways(grain, currency), words=words),
            "count": found.shelf.count(wanted), "made": found.moment.made_at,
            "until": said_until(found.moment.until, words=words)}


def _live(visit: Visit) -> list[Room]:
    """Return the rooms that are on air; none where another process runs them."""
    try:
        held = visit.house.desk.rooms()
    except CaopanError:
        return []
    return [one.room for one in held if one.room.status in {Status.LIVE, Status.PAUSED}]


def _running(visit: Visit, *, besides: Job | None) -> list[Job]:
    return [job for job in visit.house.jobs.all()
            if not job.is_over and (besides is None or job.id != besides.id)]


SCREENS = (Screen(path="/", action=Action.READ, show=page),)

"""成长规划 · Growth plans: stages on a calendar, gates with evidence, where the plan leads."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.growth_difference import GrowthChange
from caopan.playbook.gate import GATED, comparable
from caopan.units.message import CaopanError, Message
from caopan.web.console.growth_form import changed
from caopan.web.console.growth_view import (
    amount,
    called,
    gantt,
    growth_path,
    odds_said,
    tone,
    typed,
)
from caopan.web.console.plan_money import hour_of
from caopan.web.console.subjects import grain_of
from caopan.web.screen import Screen, refusal_status
from caopan.web.visit import Visit
from caopan.workspace.grain import Grain
from caopan.workspace.growth_plans import KeptGrowth
from caopan.workspace.growth_result import GrowthResult, asked, settled
from caopan.workspace.growth_words import BOUNDS, KINDS, PASSINGS

FIRST = "ladder"
"""The template that a plan begins from where none is said."""
OFFERED = 200
"""Hosts and merchants that the page offers to begin a plan for."""


def listing(visit: Visit) -> Response:
    """Show every plan there is, and begin one."""
    grain = grain_of(visit.query.get("grain", Grain.STREAMER.value))
    kept = visit.workspace.growth_plans()
    names = {one: _names(visit, one) for one in Grain}
    planned = {(one.plan.grain, one.plan.subject) for one in kept}
    offered = [(id_, name) for id_, name in names[grain].items()
               if (grain.value, id_) not in planned]
    return visit.show("growth/list.html", tab="growth", kept=kept, grain=grain.value,
                      offered=offered[:OFFERED], names={
                          (of.value, id_): name for of, each in names.items()
                          for id_, name in each.items()})


def chosen(visit: Visit) -> Response:
    """Go to the plan of whoever was chosen from the list."""
    return visit.go(address(visit.query.get("grain", ""), visit.query.get("subject", "")))


def page(visit: Visit, *, problem: Message | None = None, status: int = 200) -> Response:
    """Show one plan as it stands today; where none is kept, what a template would be."""
    grain, subject = grain_of(visit.path("grain")), visit.path("id")
    versions = visit.workspace.growth_plans(subject, grain.value)
    template = visit.query.get("template") or None
    version = visit.query.get("version", "")
    wanted = int(version) if version.isdecimal() else None
    result, refused = None, None
    try:
        result = visit.house.figures.ask(
            ("growth", visit.revision, hour_of(visit.now), grain, subject, wanted, template,
             len(versions)),
            lambda: visit.workspace.growth(subject, grain=grain.value, version=wanted,
                                           template=template))
    except CaopanError as fault:
        refused = fault.message
    return visit.show(
        "growth/plan.html" if visit.is_fragment else "growth/page.html", status=status,
        tab="growth", grain=grain.value, subject=subject, result=result, refused=refused,
        problem=problem, versions=versions, begun_from=template,
        old=bool(versions) and wanted not in {None, versions[-1].version},
        changes=_changes(visit, result),
        here_plan=address(grain.value, subject), **_shown(visit, result, versions))


def change(visit: Visit) -> Response:
    """Keep what a form says as the next version, and show it.

    Raises:
        CaopanError: nobody has that id, or there is no such template.
    """
    grain, subject = grain_of(visit.path("grain")), visit.path("id")
    after = str(visit.form.get("after", ""))
    template = str(visit.form.get("template", "")) or None
    versions = visit.workspace.growth_plans(subject, grain.value)
    base = versions[-1].plan if versions and not template else (
        visit.workspace.growth_proposal(subject, grain=grain.value, template=template or FIRST))
    try:
        visit.workspace.keep_growth(changed(base, visit.form),
                                    after=int(after) if after.isdecimal() else None)
    except CaopanError as fault:
        return page(visit, problem=fault.message, status=refusal_status(fault))
    return visit.go(address(grain.value, subject))


def address(grain: str, subject: str) -> str:
    """Return the address of a subject's plan.

    >>> address("streamer", "a/b")
    '/growth/streamer/a%2Fb'
    """
    return f"/growth/{quote(grain, safe='')}/{quote(subject, safe='')}"


def _shown(visit: Visit, result: GrowthResult | None,
           versions: tuple[KeptGrowth, ...]) -> dict[str, object]:
    """Return what the page's template calls."""
    if result is None:
        return {}
    language, currency = visit.language, result.plan.currency
    return {
        "gantt": gantt(result, language), "path": growth_path(result, language),
        "tone": lambda gate: tone(gate, result), "called": lambda step: called(step, language),
        "asked": lambda one: asked(one, currency, language), "odds": odds_said,
        "settled": lambda one: settled(one, language), "amount": lambda minor: amount(
            minor, currency), "typed": lambda one: typed(one, currency),
        "gated": GATED, "comparable": comparable, "kinds": KINDS, "bounds": BOUNDS,
        "passings": PASSINGS, "untold": result.untold(language),
        "after": versions[-1].version if versions else 0}


def _changes(visit: Visit, result: GrowthResult | None) -> tuple[GrowthChange, ...]:
    """Return what the version shown changed of the one before it."""
    if result is None or result.kept is None or result.kept.version == 1:
        return ()
    return visit.workspace.growth_difference(
        result.plan.subject, grain=result.plan.grain, before=result.kept.version - 1,
        after=result.kept.version)


def _names(visit: Visit, grain: Grain) -> dict[str, str]:
    rows = visit.workspace.rooms.everyone(grain).rows
    return dict(zip(rows["id"].to_pylist(), rows["name"].to_pylist(), strict=True))


SCREENS = (
    Screen(path="/growth", action=Action.READ, show=listing),
    Screen(path="/growth/choose", action=Action.READ, show=chosen),
    Screen(path="/growth/{grain}/{id:path}", action=Action.READ, show=page),
    Screen(path="/growth/{grain}/{id:path}", action=Action.RUN, show=change, methods=("POST",)),
)

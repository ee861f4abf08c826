"""/campaigns/{id} · What a person changes: each form is a version, made from the one it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.campaign_document import read, written
from caopan.units.message import Text
from caopan.units.money import Money
from caopan.web.console.campaign_list import AMOUNT, BadFieldError, amount_of, day_of
from caopan.web.screen import Screen
from caopan.web.visit import Visit

Body = dict[str, Any]
_PULSE = re.compile(r"(\d{1,4})\s+(\d{1,5})\s+(.+)")
PULSE = Text(zh="一行一个脉冲：分钟 秒 做什么，例如 60 300 整点抽奖",
             en="one a line: minute, seconds, what; such as 60 300 draw on the hour")
_BETWEEN = re.compile(r"[,，、\n]+")


def change(visit: Visit) -> Response:
    """Keep what a form of a tab says as the next version.

    Raises:
        CaopanError: a field cannot be read, or somebody changed the campaign meanwhile.
    """
    part, form = visit.path("tab"), visit.form
    last = visit.workspace.campaign(visit.path("campaign")).campaign
    version = _version(form, last.version)
    base = visit.workspace.campaign(last.id, version=version).campaign
    body = written(base)
    READERS.get(part, _nothing)(form, body)
    _tasks(form, body)
    visit.workspace.keep_campaign(read(body), after=version)
    where = f"/campaigns/{quote(last.id, safe='')}/{quote(part, safe='')}"
    product, session = form.get("product_id"), form.get("shown")
    if part == "pitch" and isinstance(product, str):
        where += f"?product={quote(product, safe='')}"
    elif part == "spend" and isinstance(session, str) and session:
        where += f"?session={quote(session, safe='')}"
    elif part == "calendar":
        where = f"/campaigns/{quote(last.id, safe='')}"
    return visit.go(where)


def accept(visit: Visit) -> Response:
    """Take the chosen parts of a proposal.

    Raises:
        CaopanError: somebody changed the campaign meanwhile.
    """
    campaign = visit.path("campaign")
    parts = [str(one) for one in visit.form.getlist("part")]
    if parts:
        visit.workspace.accept_for_campaign(campaign, parts=parts, language=visit.language,
                                            after=_version(visit.form, 0))
    return visit.go(f"/campaigns/{quote(campaign, safe='')}")


def _version(form: FormData, otherwise: int) -> int:
    said = str(form.get("after", ""))
    return int(said) if said.isdecimal() and len(said) < 10 else otherwise  # noqa: PLR2004


def _nothing(form: FormData, body: Body) -> None:
    """Leave it as it is: the form has tasks alone."""


def _text(form: FormData, name: str) -> str | None:
    return str(form.get(name, "")).strip() or None


def _money(form: FormData, name: str, currency: str) -> str | None:
    minor = amount_of(form, name)
    return None if minor is None else Money(minor=minor, currency=currency).written()


def _whole(form: FormData, name: str) -> int:
    said = str(form.get(name, "")).strip() or "0"
    if not said.isdecimal() or len(said) > 6:  # noqa: PLR2004 - days in seconds
        raise BadFieldError(said, AMOUNT)
    return int(said)


def _listed(form: FormData, name: str, *, by: re.Pattern[str] = _BETWEEN) -> list[str]:
    return [one.strip() for one in by.split(str(form.get(name, ""))) if one.strip()]


def _tasks(form: FormData, body: Body) -> None:
    """Take the ticks of the tasks that the form shows."""
    shown = set(form.getlist("task"))
    done = set(form.getlist("done"))
    for one in body["tasks"]:
        if one["id"] in shown:
            one["done"] = one["id"] in done


def _calendar(form: FormData, body: Body) -> None:
    body["name"] = _text(form, "name") or body["name"]
    body["target"] = _money(form, "target", body["currency"])
    body["budget"] = _money(form, "budget", body["currency"])
    for one in body["phases"]:
        name = one["phase"]
        start, end = day_of(form, f"{name}-start"), day_of(form, f"{name}-end")
        one["start"] = one["start"] if start is None else start.isoformat()
        if end is not None:  # people write the last day; what is kept is the day after
            one["end"] = end.fromordinal(end.toordinal() + 1).isoformat()
        one["target"] = _money(form, f"{name}-target", body["currency"])
        one["budget"] = _money(form, f"{name}-budget", body["currency"])


def _pitch(form: FormData, body: Body) -> None:
    for one in body["pitches"]:
        if one["product_id"] == form.get("product_id"):
            one["beats"] = {name.removeprefix("beat-"): str(value)
                            for name, value in form.items() if name.startswith("beat-")}
            one["points"] = _listed(form, "points", by=re.compile(r"\n+"))
            one["proof"], one["offer"] = _text(form, "proof"), _text(form, "offer")
            one["confirmed"] = "confirmed" in form


def _rhythm(form: FormData, body: Body) -> None:
    if "mode" not in form:
        return
    rhythm = body["rhythm"]
    rhythm["mode"] = form.get("mode")
    for name in ("big_loop_minutes", "small_loop_minutes", "hold_seconds"):
        rhythm[name] = _whole(form, name)
    rhythm["pulses"] = []
    for line in _listed(form, "pulses", by=re.compile(r"\n+")):
        found = _PULSE.fullmatch(line)
        if found is None:
            raise BadFieldError(line, PULSE)
        rhythm["pulses"].append({"minute": int(found[1]), "seconds": int(found[2]),
                                 "what": found[3].strip()})


def _crew(form: FormData, body: Body) -> None:
    for one in body["posts"]:
        if f"people-{one['role']}" in form:
            one["people"] = _listed(form, f"people-{one['role']}")
            one["needed"] = _whole(form, f"needed-{one['role']}")


def _spend(form: FormData, body: Body) -> None:
    if "hour_limit" in form:
        body["guards"]["hour_limit"] = _money(form, "hour_limit", body["currency"])
        for name in ("cover_minutes", "cool_minutes"):
            body["guards"][name] = _whole(form, name)
    shown = form.get("shown")
    for one in body["waves"]:
        if one["session_id"] == shown:
            one["approved"] = str(one["number"]) in form.getlist("approved")
    for one in body["supplies"]:
        key = f"{one['session_id']}/{one['product_id']}"
        if key in form.getlist("supply"):
            one["ordered"] = key in form.getlist("ordered")


def _contingency(form: FormData, body: Body) -> None:
    for one in body["drills"]:
        if f"person-{one['card_id']}" in form:
            one["person"] = _text(form, f"person-{one['card_id']}")
            one["rehearsed"] = one["card_id"] in form.getlist("rehearsed")
    have = {one["card_id"] for one in body["drills"]}
    body["drills"] += [{"card_id": one, "person": None, "rehearsed": False}
                       for one in map(str, form.getlist("add")) if one and one not in have]


READERS: dict[str, Callable[[FormData, Body], None]] = {
    "calendar": _calendar, "pitch": _pitch, "rhythm": _rhythm, "crew": _crew, "spend": _spend,
    "contingency": _contingency}

SCREENS = (
    Screen(path="/campaigns/{campaign}/proposal", action=Action.RUN, show=accept,
           methods=("POST",)),
    Screen(path="/campaigns/{campaign}/{tab}", action=Action.RUN, show=change,
           methods=("POST",)),
)

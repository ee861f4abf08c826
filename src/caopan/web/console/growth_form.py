"""What the forms of a growth plan say, as changes of its JSON; the plan's reader judges it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import FormData

from caopan.plan.growth import GrowthPlan
from caopan.plan.growth_document import MOST_CONDITIONS, written
from caopan.playbook.gate import GATED
from caopan.playbook.signal import Against
from caopan.units.money import Money
from caopan.units.unit import Unit
from caopan.web.console.plan_money import asked_amount

Document = dict[str, Any]
PERCENT = 100.0


def changed(plan: GrowthPlan, form: FormData) -> Document:
    """Return the plan's JSON with what a form changes: ``do`` says which form it is.

    >>> from caopan.plan.growth_document import read
    >>> plan = read({"grain": "streamer", "subject": "h1", "stages": [
    ...     {"id": "depth", "from": "2026-12-01", "to": "2027-01-12", "target": "300000",
    ...      "invested": {"sessions_per_week": 4, "hours": 3}}]})
    >>> changed(plan, FormData({"do": "step", "kind": "campaign", "level": "S",
    ...     "from": "2026-12-05", "to": "2026-12-06"}))["steps"][0]["level"]
    'S'
    """
    document = copy.deepcopy(written(plan))
    said = {name: str(value).strip() for name, value in form.items()}
    act = ACTS.get(said.get("do", ""))
    if act is not None:
        act(document, said)
    return document


def _stage(document: Document, said: Mapping[str, str]) -> None:
    """Change one stage, or add one at the end where its place is that after the last."""
    at, stages = _place(said), document["stages"]
    if not 0 <= at <= len(stages):
        return
    before = stages[at] if at < len(stages) else {"id": "stage"}
    made = {**before, "name": said.get("name") or None, "from": said.get("from") or None,
            "to": said.get("to") or None, "target": _money(said.get("target")),
            "invested": {"sessions_per_week": _number(said.get("sessions_per_week")),
                         "hours": _number(said.get("hours")), "spend": _money(said.get("spend")),
                         "products": _whole(said.get("products"))},
            "conditions": _conditions(said), "otherwise": said.get("otherwise") or None}
    stages[at:at + 1] = [made]


def _conditions(said: Mapping[str, str]) -> list[Document]:
    found = []
    for at in range(MOST_CONDITIONS + 1):
        metric, limit = said.get(f"c{at}_metric", ""), said.get(f"c{at}_limit", "")
        if not metric or not limit:
            continue
        against = said.get(f"c{at}_against") or Against.LEVEL.value
        money = against == Against.LEVEL and metric in GATED and (
            GATED[metric].unit is Unit.MONEY)
        found.append({"metric": metric, "against": against,
                      said.get(f"c{at}_bound") or "at_least":
                      _money(limit) if money else _number(limit)})
    return found


def _remove_stage(document: Document, said: Mapping[str, str]) -> None:
    at = _place(said)
    document["stages"] = [one for place, one in enumerate(document["stages"]) if place != at]
    if not document["stages"]:
        return
    first, last = document["stages"][0]["from"], document["stages"][-1]["to"]
    document["steps"] = [one for one in document["steps"]
                         if one["from"] >= first and one["to"] <= last]


def _step(document: Document, said: Mapping[str, str]) -> None:
    document["steps"] = sorted([*document["steps"], {
        "kind": said.get("kind") or None, "name": said.get("name") or None,
        "from": said.get("from") or None, "to": said.get("to") or None,
        "level": said.get("level") or None, "campaign": said.get("campaign") or None,
        "hours": _number(said.get("hours")), "spend": _money(said.get("spend"))}],
        key=lambda one: str(one["from"]))


def _remove_step(document: Document, said: Mapping[str, str]) -> None:
    at = _place(said)
    document["steps"] = [one for place, one in enumerate(document["steps"]) if place != at]


ACTS: dict[str, Callable[[Document, Mapping[str, str]], None]] = {
    "stage": _stage, "remove-stage": _remove_stage, "step": _step, "remove-step": _remove_step}


def _place(said: Mapping[str, str]) -> int:
    text = said.get("at", "")
    return int(text) if text.isdecimal() else -1


def _money(text: str | None) -> str | None:
    """Return an amount as the JSON has it; what is none stays, so that the reader names it."""
    if not text:
        return None
    amount = asked_amount(text)
    return text if amount is None else Money(minor=amount).written()


def _number(text: str | None) -> float | str | None:
    """Return a number, percent as a ratio; what is none stays as it was written."""
    if not text:
        return None
    share = text.endswith(("%", "\uff05"))
    try:
        value = float(text.rstrip("%\uff05").replace(",", ""))
    except ValueError:
        return text
    return value / PERCENT if share else value


def _whole(text: str | None) -> int | str | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else text

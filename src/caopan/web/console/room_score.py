"""/rooms/{room}/score · How a rehearsal went: what was put in, what was seen, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units.message import Text
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.live import rehearse

STATES = {
    "running": Text(zh="演练中", en="running"), "done": Text(zh="演完了", en="done"),
    "stopped": Text(zh="提前停了", en="stopped early"),
    "failed": Text(zh="演练出错停了", en="stopped by a fault"),
    "interrupted": Text(zh="中断了，没有评分", en="cut off: no score")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One incident of a rehearsal; seconds of a person, None = not seen, or nothing was done."""

    name: Text
    minute: int
    seen_after: float | None
    taken_up: float | None
    fired: float | None
    recovered: float | None


def page(visit: Visit) -> Response:
    """Show the score so far, as a part of the room's page.

    Raises:
        CaopanError: there is no such room, or it is no rehearsal.
    """
    told = rehearse.told(visit.house.desk, visit.path("room"))
    names = {one.id: one.name for one in visit.house.desk.cards().active}
    score = told["score"]
    return visit.show(
        "room/score.html", score=score, state=STATES[told["state"]],
        rows=[] if score is None else [scored(one, names) for one in score["incidents"]])


def scored(row: dict[str, Any], names: dict[str, Text]) -> Scored:
    """Return an incident's row of a score.

    >>> row = {"card": "sell_out", "minute": 9, "after_seconds": 5.0}
    >>> scored(row, {}).seen_after, scored(row, {}).fired
    (5.0, None)
    """
    times = {name: row.get(f"{name}_person_seconds")
             for name in ("acknowledged", "fired", "recovered")}
    name = names.get(row["card"], Text(zh=row["card"], en=row["card"]))
    return Scored(name=name, minute=row["minute"], seen_after=row["after_seconds"],
                  taken_up=times["acknowledged"], fired=times["fired"],
                  recovered=times["recovered"])


SCREENS = (Screen(path="/rooms/{room}/score", action=Action.READ, show=page),)

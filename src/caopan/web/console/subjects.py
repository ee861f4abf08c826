"""主播/商家名录 · Hosts and merchants: who there is, found, sorted and taken away."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.units.money import Money
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.web.xlsx_answer import xlsx_answer
from caopan.workspace import directory
from caopan.workspace.directory import Listed, Sort
from caopan.workspace.grain import Grain

SHOWN = 50
LONGEST_QUERY = 200
NUMBER = re.compile("[0-9]{1,7}")
FALLING = frozenset({Sort.GMV, Sort.SESSIONS, Sort.LAST, Sort.CHANGE})
"""Sorted by these, the most stands first unless it is asked otherwise."""


def page(visit: Visit) -> Response:
    """Show the directory, one page of it, as the address says."""
    grain, sort, descending = _asked(visit)
    everyone = visit.workspace.rooms.everyone(grain)
    words = visit.query.get("q", "")[:LONGEST_QUERY].strip()
    number = whole(visit.query.get("page"))
    found = directory.page(everyone, words=words, sort=sort, descending=descending,
                           start=(number - 1) * SHOWN, most=SHOWN)
    template = "subjects/list_part.html" if visit.is_fragment else "subjects/list.html"
    pages = max(1, -(-found.total // SHOWN))
    return visit.show(template, grain=grain, found=found, q=words, sort=sort.value,
                      descending=descending, number=number, pages=pages, address=address,
                      link=_link(visit), falling={one.value for one in FALLING})


def table(visit: Visit) -> Response:
    """Return everyone who fits the search, in the same order, as CSV or a workbook."""
    grain, sort, descending = _asked(visit)
    everyone = visit.workspace.rooms.everyone(grain)
    found = directory.page(everyone, words=visit.query.get("q", "")[:LONGEST_QUERY], sort=sort,
                           descending=descending, most=everyone.rows.num_rows or 1)
    rows = (_exported(one) for one in found.listed)
    head = [visit.say(text) for text in _HEAD]
    kind = visit.request.url.path.rpartition(".")[2]
    answer = xlsx_answer if kind == "xlsx" else csv_answer
    return answer(f"caopan-{grain.value}s.{kind}", head, rows)


def address(grain: str, id: str, panel: str = "") -> str:  # noqa: A002 - the field's own name
    """Return where one subject's page is; an id may hold any character.

    >>> address("streamer", "a/b?c")
    '/subjects/streamer/a%2Fb%3Fc'
    """
    path = f"/subjects/{quote(grain, safe='')}/{quote(id, safe='')}"
    return f"{path}?panel={panel}" if panel else path


def grain_of(name: str) -> Grain:
    """Return the grain of a name.

    Raises:
        UnknownGrainError: it is neither of the two.
    """
    try:
        return Grain(name)
    except ValueError:
        raise UnknownGrainError(name) from None


def whole(text: str | None) -> int:
    """Return the number of a page, 1 where it is none.

    >>> whole("3"), whole("-1"), whole("x"), whole(None)
    (3, 1, 1, 1)
    """
    return max(1, int(text)) if text and NUMBER.fullmatch(text) else 1


def _asked(visit: Visit) -> tuple[Grain, Sort, bool]:
    query = visit.query
    grain = grain_of(query.get("grain") or Grain.STREAMER.value)
    named = query.get("sort", "")
    sort = Sort(named) if named in {one.value for one in Sort} else Sort.GMV
    way = query.get("way")
    return grain, sort, way == "down" if way in {"up", "down"} else sort in FALLING


def _link(visit: Visit) -> object:
    """Return what makes an address of this page with some parameters changed."""
    kept = {name: visit.query.get(name) for name in ("grain", "q", "sort", "way", "page")}

    def made(path: str = "/subjects", **changed: object) -> str:
        asked = {name: value for name, value in {**kept, **changed}.items() if value}
        return f"{path}?{urlencode(asked)}" if asked else path
    return made


def _exported(one: Listed) -> list[object]:
    return [one.id, one.name, one.of, one.currency, _major(one.gmv, one.currency),
            _major(one.gmv_before, one.currency), _major(one.change, one.currency),
            one.sessions, one.sessions_before, one.sessions_ever, one.last_seen]


def _major(minor: int | None, currency: str) -> float | None:
    return None if minor is None else float(Money(minor=minor, currency=currency).major())


_HEAD = (
    Text(zh="编号", en="id"), Text(zh="名称", en="name"),
    Text(zh="商家或类目", en="merchant or category"), Text(zh="币种", en="currency"),
    Text(zh="近 30 天 GMV", en="GMV of the last 30 days"),
    Text(zh="再前 30 天 GMV", en="GMV of the 30 days before"), Text(zh="变化", en="change"),
    Text(zh="近 30 天场次", en="sessions of the last 30 days"),
    Text(zh="再前 30 天场次", en="sessions of the 30 days before"),
    Text(zh="全部场次", en="all sessions"), Text(zh="最近一场", en="last session"))

SCREENS = (
    Screen(path="/subjects", action=Action.READ, show=page),
    Screen(path="/subjects.csv", action=Action.READ, show=table),
    Screen(path="/subjects.xlsx", action=Action.READ, show=table),
)


class UnknownGrainError(CaopanError):
    """Raised for a grain that is neither host nor merchant."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_grain", values={"grain": name},
            text=Text(zh="没有 {grain} 这种档案", en="there are no pages of {grain}"),
            hint=Text(zh="只有主播（streamer）和商家（merchant）",
                      en="there are streamer and merchant")))

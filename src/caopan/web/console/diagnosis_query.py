"""What a diagnosis page is asked for, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self
from urllib.parse import quote, urlencode

from caopan.units.message import CaopanError, Message, Text
from caopan.units.period import Period
from caopan.web.visit import Visit
from caopan.workspace.asking import PEERS, PREVIOUS, Question

PATH, PARTS = "/diagnose", "/diagnosis"
"""Pages, and the parts of pages; an id may hold a slash, so it always stands last."""
CLOSED = "none"
"""The finding that is asked for where no evidence shall lie open."""
GRAINS = ("streamer", "merchant")
LENGTHS = (7, 14, 28)
"""Days of the ready-made periods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One subject's page: the question, and which evidence lies open."""

    question: Question
    finding: str = ""
    factor: str = ""
    tree: str = ""
    """Which identity the change is split by; empty: the main one."""

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """Return what a visit asks for.

        Raises:
            UnknownGrainError: subjects are streamers or merchants.
            BadDayError: a day that is none.
        """
        grain, query = visit.path("grain"), visit.query
        if grain not in GRAINS:
            raise UnknownGrainError(grain)
        against = query.get("against", PREVIOUS)
        return cls(finding=query.get("finding", ""), factor=query.get("factor", ""),
                   tree=query.get("tree", ""), question=Question(
                       grain=grain, id=visit.path("id"), start=_day(query.get("from")),
                       end=_day(query.get("to")), currency=query.get("currency") or None,
                       against=PEERS if against == PEERS else PREVIOUS))

    @property
    def here(self) -> str:
        """Return the address of the subject's page without its question."""
        return page_of(self.question.grain, self.question.id)

    def address(self, part: str = "", **more: str) -> str:
        """Return the address of this page, or of a part of it, with its question and more.

        >>> asked = Asked(question=Question(grain="streamer", id="林/晚", against="peers"))
        >>> asked.address(finding="aov")
        '/diagnose/streamer/%E6%9E%97%2F%E6%99%9A?against=peers&finding=aov'
        >>> asked.address("report.json")
        '/diagnosis/report.json/streamer/%E6%9E%97%2F%E6%99%9A?against=peers'
        """
        question = self.question
        base = page_of(question.grain, question.id)
        if part:
            base = f"{PARTS}/{part}{base.removeprefix(PATH)}"
        said = {"from": question.start.isoformat() if question.start else "",
                "to": question.end.isoformat() if question.end else "",
                "against": question.against if question.against != PREVIOUS else "",
                "currency": question.currency or "", "tree": self.tree, **more}
        told = urlencode({name: value for name, value in said.items() if value})
        return f"{base}?{told}" if told else base

    def over(self, period: Period | None) -> str:
        """Return the address of the same page over other days; None: those chosen from the data."""
        ends = (period.start, period.end) if period else (None, None)
        return replace(self, tree="", question=replace(
            self.question, start=ends[0], end=ends[1])).address()

    def versus(self, against: str) -> str:
        """Return the address of the same page with another comparison."""
        return replace(self, tree="", question=replace(
            self.question, against=against)).address()

    def split_by(self, tree: str) -> str:
        """Return the address of the same page with the change split by another identity."""
        return replace(self, tree=tree).address(finding=CLOSED)

    def within(self, currency: str) -> str:
        """Return the address of the same page in another currency."""
        return replace(self, question=replace(self.question, currency=currency)).address()


def page_of(grain: str, id_: str) -> str:
    """Return the address of a subject's page; an id may hold any character.

    >>> page_of("merchant", "a b")
    '/diagnose/merchant/a%20b'
    """
    return f"{PATH}/{grain}/{quote(id_, safe='')}"


def ready(until: date) -> tuple[tuple[int, Period], ...]:
    """Return the ready-made periods that end with the data.

    >>> ready(date(2026, 11, 21))[0][1].start
    datetime.date(2026, 11, 15)
    """
    end = until + timedelta(days=1)
    return tuple((days, Period(start=end - timedelta(days=days), end=end)) for days in LENGTHS)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDayError(text) from None


class UnknownGrainError(CaopanError):
    """Raised for subjects that are neither streamers nor merchants."""

    def __init__(self, grain: str) -> None:
        """Name what was asked."""
        super().__init__(Message(
            key="unknown_grain", values={"grain": grain},
            text=Text(zh="没有 {grain} 这一类对象", en="there are no subjects called {grain}"),
            hint=Text(zh="从诊断页选主播或商家", en="choose streamers or merchants on the list")))


class BadDayError(CaopanError):
    """Raised for a day that is none."""

    usage = True

    def __init__(self, text: str) -> None:
        """Show it."""
        super().__init__(Message(
            key="bad_day", values={"day": text[:20]},
            text=Text(zh="{day} 不是一个日期", en="{day} is no date"),
            hint=Text(zh="写成 2026-11-08 这样", en="write it as 2026-11-08")))

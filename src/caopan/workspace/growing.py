"""A growth plan as it stands today (成长规划): gates with evidence, the path, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from caopan.forecast.responding import Found
from caopan.plan.growth import GrowthPlan
from caopan.plan.growth_gate import judged_gates
from caopan.plan.growth_path import chance, every_week, path
from caopan.plan.growth_proposal import proposed
from caopan.playbook.growth import GrowthBook, growth_book
from caopan.playbook.ladder import Ladder
from caopan.store.store import Store
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace import responding
from caopan.workspace.answers import Kept
from caopan.workspace.diagnosing import book_of
from caopan.workspace.grain import Grain
from caopan.workspace.ground import Ground
from caopan.workspace.growth_course import Ahead
from caopan.workspace.growth_evidence import Witness
from caopan.workspace.growth_ground import GrowthGround, growth_ground
from caopan.workspace.growth_plans import KeptGrowth, kept, one
from caopan.workspace.growth_result import GrowthResult
from caopan.workspace.growth_words import stale
from caopan.workspace.handbook import FOLDER
from caopan.workspace.progress import silent
from caopan.workspace.range_level import check_level
from caopan.workspace.rooms import Rooms

OLD = 7
"""Days without data from which on the age of the data is said."""
FIRST = "ladder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything one subject's plans are judged with."""

    store: Store
    ground: GrowthGround
    witness: Witness
    ahead: Ahead
    book: GrowthBook
    ladder: Ladder
    now: datetime
    level: float

    @classmethod
    def of(cls, store: Store, remembered: Kept, *, grain: Grain, subject: str, now: datetime,
           level: float) -> Desk:
        """Return the desk of a subject.

        Raises:
            UnknownSubjectError: nobody has that id.
            RangeLevelError: no range has that level.
        """
        check_level(level)
        rooms = Rooms(store=store, kept=remembered)
        room = rooms.room(grain, subject)
        ground = growth_ground(store, remembered, room)
        book, _ = growth_book(Path(store.folder.root) / FOLDER)

        @cache
        def response() -> Found | None:
            if grain is not Grain.STREAMER:
                return None
            found = responding.run(store, streamer=subject, level=level, progress=silent)
            return found.found if found.currency == room.currency else None

        return cls(
            store=store, ground=ground, book=book, ladder=book_of(store).ladder, now=now,
            level=level, witness=Witness(
                ground=ground, profile=rooms.profile(room), level=level, response=response,
                returning=lambda: rooms.returning(room) if grain is Grain.MERCHANT else None,
                outages=lambda session: outage(store, session)),
            ahead=Ahead(everyone=Ground.of(store, remembered), ground=ground, response=response,
                        book=book, now=now, level=level))

    def judged(self, plan: GrowthPlan, version: KeptGrowth | None = None) -> GrowthResult:
        """Return how a plan stands."""
        coming = self.ahead.coming(plan)
        evidence = self.witness.says(each for stage in plan.stages for each in stage.conditions)
        shown = every_week(min(plan.start, self.ground.until), plan.end)
        days = sorted({*shown, *(stage.end for stage in plan.stages)})
        rung = self.witness.profile.stage.name
        return GrowthResult(
            plan=plan, kept=version, name=self.ground.room.name, rung=rung,
            standing=self.ground.standing(), gates=judged_gates(plan.stages, evidence),
            coming=coming, points=path(coming.course, days, coming.misses, level=self.level),
            chances=tuple(chance(coming.course, stage.end, float(stage.target), coming.misses,
                                 level=self.level) for stage in plan.stages),
            notes=(*self._age(), *coming.notes), today=business_day(self.now), book=self.book,
            ladder=self.ladder, level=self.level, synthetic=bool(self.store.setting("synthetic")))

    def _age(self) -> tuple[Text, ...]:
        behind = (business_day(self.now) - self.ground.until).days
        return (stale(self.ground.until, behind),) if behind > OLD else ()


def run(store: Store, remembered: Kept, *, grain: Grain, subject: str, now: datetime,
        version: int | None = None, template: str | None = None,
        level: float = 0.8) -> GrowthResult:
    """Return the kept plan of a subject, or a proposal where none is kept or one is asked for.

    Raises:
        CaopanError: nobody has that id, or there is no such version or template.
    """
    desk = Desk.of(store, remembered, grain=grain, subject=subject, now=now, level=level)
    if template is None and (version is not None or kept(store, grain.value, subject)):
        found = one(store, grain.value, subject, version)
        return desk.judged(found.plan, found)
    return desk.judged(proposal(store, remembered, grain=grain, subject=subject, now=now,
                                template=template or FIRST))


def proposal(store: Store, remembered: Kept, *, grain: Grain, subject: str, now: datetime,
             template: str = FIRST) -> GrowthPlan:
    """Return the plan of a template from today on; nothing is kept or judged.

    Raises:
        UnknownSubjectError: nobody has that id.
        UnknownTemplateError: there is no such template.
        NoMonthError: nothing to set targets from.
        NoRungsError: no rung above.
    """
    ground = growth_ground(store, remembered,
                           Rooms(store=store, kept=remembered).room(grain, subject))
    book, _ = growth_book(Path(store.folder.root) / FOLDER)
    found = book.template(template)
    if found is None:
        raise UnknownTemplateError(template, book)
    return proposed(found, ground.standing(), book=book, ladder=book_of(store).ladder,
                    start=max(business_day(now), ground.until))


def business_day(now: datetime) -> date:
    """Return the business day of an instant.

    >>> from datetime import UTC
    >>> business_day(datetime(2026, 3, 1, 20, tzinfo=UTC)).isoformat()
    '2026-03-02'
    """
    return now.astimezone(BUSINESS_ZONE).date()


def outage(store: Store, session: str) -> float | None:
    """Return the minutes that a session's products were out of stock; None where not known."""
    tables = store.tables()
    shows, products = tables["sessions"], tables["session_products"]
    ended = store.fetch(shows.filter(shows.session_id == session).select("ended_at"))
    rows = store.fetch(products.filter(products.session_id == session).select(
        "sold_out_at", "stock_planned")).to_pylist()
    end = ended["ended_at"][0].as_py() if ended.num_rows else None
    known = [row for row in rows if row["sold_out_at"] or row["stock_planned"] is not None]
    if end is None or not known:
        return None
    out = [max(end - row["sold_out_at"], timedelta(0)) for row in known if row["sold_out_at"]]
    return sum(out, timedelta(0)).total_seconds() / 60.0


class UnknownTemplateError(CaopanError):
    """Raised for a template that is not in the handbook."""

    def __init__(self, name: str, book: GrowthBook) -> None:
        """Name those there are."""
        known = ", ".join(each.id for each in book.templates)
        super().__init__(Message(
            key="unknown_template", values={"name": name, "known": known},
            text=Text(zh="没有叫 {name} 的规划模板", en="there is no template {name}"),
            hint=Text(zh="有这些：{known}", en="there are: {known}")))

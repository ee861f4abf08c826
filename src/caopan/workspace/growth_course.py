"""The course of a growth plan (日程): what each planned day brings, from models and experiments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from caopan.facts.plan import PlannedSession
from caopan.forecast.responding import Found
from caopan.plan.growth import GrowthPlan, Invested, Step, StepKind
from caopan.plan.growth_misses import Misses, misses
from caopan.plan.growth_path import DRAWS, Course, luck
from caopan.playbook.growth import GrowthBook
from caopan.stats.arrays import Floats
from caopan.units.message import Text
from caopan.units.period import midnight
from caopan.workspace import growth_words as words
from caopan.workspace.forecasting import supposed
from caopan.workspace.grain import Grain
from caopan.workspace.ground import Ground
from caopan.workspace.growth_ground import DAYS, WEEK, GrowthGround
from caopan.workspace.learning import day_number

OUTCOME = "gmv"
SEED = 20_263
MOST_HOSTS = 12
"""Hosts of a merchant whose sessions are told; they stand for the others."""
MUCH_MORE = 1.5
"""So many times the hours of the last thirty days have never been tried."""
UNLIKE = 0.1
"""A spend so far from the usual is one beyond it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one session is planned with; it is told once, however often it comes."""

    hours: float
    products: int | None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A planned day: so many sessions of a load, each with a spend (None = the usual)."""

    load: Load
    sessions: float
    spend: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The course, the misses it is told with, and what must be known to read it.

    ``untold``: why nothing is told of the days to come, finished; None where it is.
    ``n``: the subject's sessions of the last thirty days behind the middle.
    """

    course: Course
    misses: Misses
    notes: tuple[Text, ...]
    untold: Text | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Who tells: the ground of everyone's forecasts, that of the subject, and what spend brings."""

    everyone: Ground
    ground: GrowthGround
    response: Callable[[], Found | None]
    book: GrowthBook
    now: datetime
    level: float = 0.8

    def coming(self, plan: GrowthPlan) -> Coming:
        """Return the course of a plan."""
        days = planned_days(plan, self._usual(), self.ground.until, self.book)
        told, n, untold = self._told({one.load for each in days for one in each})
        middle = np.array([sum(one.sessions * told.get(one.load, np.nan) for one in each)
                           for each in days], dtype=np.float64)
        added, notes = self._added(days)
        back = max((self.ground.until - plan.start).days, 0) + 2 * DAYS
        course = Course(until=self.ground.until, sold=self.ground.daily(back), coming=middle,
                        added=added, luck=luck(np.random.default_rng(SEED)))
        seen = self.everyone.kept.answer(self.everyone.imports,
                                         ("growth misses", self.level), self._misses)
        return Coming(course=course, misses=seen, untold=untold, n=n,
                      notes=(*self._tried(days), *notes))

    def _misses(self) -> Misses:
        if OUTCOME not in self.everyone.outcomes:
            return Misses(leads=())
        return misses(self.everyone.history(OUTCOME),
                      level=self.level,
                      until=day_number(midnight(self.ground.until)))

    def _usual(self) -> Invested | None:
        """Return how it goes on without a plan; None where nothing was held lately."""
        held = self.ground.standing()
        if held.sessions_per_week is None or held.hours is None:
            return None
        return Invested(sessions_per_week=held.sessions_per_week, hours=held.hours)

    def _told(self, loads: set[Load]) -> tuple[dict[Load, float], int, Text | None]:
        """Return the middle of a session of each load, of how many sessions, or why there is none.

        The level is what an hour sold over the last thirty days; what a load's hours, products
        and level do beside the usual is told by the kept models.
        """
        rate, n = self.ground.rate()
        held = self.ground.standing()
        if rate is None or held.hours is None:
            return {}, n, words.NO_SESSIONS
        usual = Load(hours=held.hours, products=held.products)
        found = self._middles(loads | {usual})
        base = found.get(usual, np.nan) / usual.hours
        return {one: rate * one.hours * _factor(found.get(one, np.nan) / one.hours, base)
                for one in loads}, n, None

    def _middles(self, loads: set[Load]) -> dict[Load, float]:
        """Return what the kept models tell of a session of each load, over the hosts."""
        hosts = self._hosts()
        if not hosts or OUTCOME not in self.everyone.outcomes:
            return {}
        pairs = [(load, host) for load in loads for host in hosts]
        latest = self.everyone.hosts.latest or self.now
        sessions = [PlannedSession(
            session_id=str(at), streamer_id=host, started_at=max(latest, self.now),
            planned_minutes=load.hours * 60.0, planned_products=load.products, level=load.level,
            currency=self.ground.room.currency) for at, (load, host) in enumerate(pairs)]
        found: dict[Load, float] = dict.fromkeys(loads, 0.0)
        for (load, host), one in zip(pairs, supposed(
                self.everyone, sessions, outcome=OUTCOME, now=self.now), strict=True):
            found[load] += hosts[host] * (np.nan if one.interval is None else one.interval.mid)
        return found

    def _hosts(self) -> dict[str, float]:
        """Return whose sessions they are, by their share of the last thirty days' sessions."""
        if self.ground.room.grain is Grain.STREAMER:
            return {self.ground.room.id: 1.0}
        ids = self.ground.sessions.session_id[self.ground.lately()]
        count = Counter(str(self.ground.rows[str(one)]["streamer_id"]) for one in ids
                        if str(one) in self.ground.rows)
        few = count.most_common(MOST_HOSTS)
        whole = sum(each for _, each in few)
        return {host: each / whole for host, each in few}

    def _added(self, days: Sequence[Sequence[Day]]) -> tuple[Floats, list[Text]]:
        """Return what spend beyond the usual brings a day, and why nothing where nothing is."""
        nothing = np.zeros((len(days), 1))
        usual = self.ground.standing().spend or 0
        if not any(_beyond(one.spend, usual) for each in days for one in each):
            return nothing, []
        found = self.response()
        if found is None or found.curve is None:
            return nothing, [words.SPEND_UNTOLD]
        spends = sorted({one.spend for each in days for one in each if one.spend is not None})
        most = max(spends)
        tried = np.minimum(np.array([usual, *spends], dtype=np.float64), found.tried_to)
        sales = found.curve.sales(tried)
        picked = np.random.default_rng(SEED).integers(0, len(sales), DRAWS)
        more = dict(zip(spends, (sales[picked, 1:] - sales[picked, :1]).T, strict=True))
        added = np.array([sum((one.sessions * more[one.spend] for one in each
                               if one.spend is not None), np.zeros(DRAWS)) for each in days])
        notes = [words.spend_told(found.drawn)]
        if most > found.tried_to:
            notes.append(words.SPEND_BEYOND)
        return added, notes

    def _tried(self, days: Sequence[Sequence[Day]]) -> list[Text]:
        """Return what of the plan has never been tried, or is not counted."""
        notes = []
        minutes = self.ground.sessions.columns["minutes"][self.ground.lately()]
        held = float(np.nansum(minutes)) / 60.0
        month = np.array([sum(one.sessions * one.load.hours for one in each) for each in days])
        most = max((float(month[at:at + 30].sum()) for at in range(0, len(month), WEEK)),
                   default=0.0)
        if held > 0 and most > MUCH_MORE * held:
            notes.append(words.more_hours(most, held))
        if self.ground.unknown():
            notes.append(words.gmv_unknown(self.ground.unknown()))
        if self.ground.room.grain is Grain.MERCHANT:
            notes.append(words.BY_HOSTS)
        return notes


def planned_days(plan: GrowthPlan, usual: Invested | None, until: date,
                 book: GrowthBook) -> list[list[Day]]:
    """Return what each day brings from the last known one to the plan's end.

    A campaign's day is its own; other days carry the stage's sessions, or the usual ones outside
    of stages; steps of ordinary sessions and experiments come on top where they name hours.
    """
    return [_day(plan, usual, until + timedelta(days=at), book)
            for at in range(max((plan.end - until).days, 0))]


def _day(plan: GrowthPlan, usual: Invested | None, day: date, book: GrowthBook) -> list[Day]:
    stage = plan.stage_at(day)
    put = stage.invested if stage is not None else usual
    steps = [one for one in plan.steps if one.start <= day < one.end]
    campaigns = [one for one in steps if one.kind is StepKind.CAMPAIGN]
    if campaigns:
        return [_campaign(one, put, book) for one in campaigns]
    found = [] if put is None else [Day(
        load=Load(hours=put.hours, products=put.products), spend=put.spend,
        sessions=put.sessions_per_week / WEEK)]
    return found + [Day(load=Load(hours=one.hours, products=put.products if put else None),
                        sessions=1.0, spend=one.spend)
                    for one in steps if one.hours and one.kind is StepKind.ORDINARY]


def _campaign(step: Step, put: Invested | None, book: GrowthBook) -> Day:
    level = step.level or "B"
    return Day(load=Load(hours=step.hours or book.campaign_hours[level], level=level,
                         products=put.products if put else None),
               sessions=1.0, spend=step.spend if step.spend is not None else
               put.spend if put else None)


def _factor(rate: float, usual: float) -> float:
    """Return how much an hour of a load brings beside a usual one; 1.0 where no model tells."""
    return rate / usual if np.isfinite(rate) and np.isfinite(usual) and usual > 0 else 1.0


def _beyond(spend: int | None, usual: int) -> bool:
    return spend is not None and abs(spend - usual) > UNLIKE * max(usual, 1)

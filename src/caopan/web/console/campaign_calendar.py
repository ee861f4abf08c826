"""The calendar of a campaign (阶段日历) as places of a drawing: phases, shows, spend, goods."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_readiness import Readiness
from caopan.playbook.campaign import PHASE_WORDS
from caopan.units import number
from caopan.units.clock import BUSINESS_ZONE, business_day
from caopan.units.message import Language

LEFT, WIDTH, TOP = 64.0, 1040.0, 22.0
LANE, TALL = 40.0, 28.0
SPEND = 24.0
"""The height of the day that spends the most."""
LETTER = 7.0
"""A letter's width, so that no word runs out of its block; a Chinese one takes two."""
WIDE_FROM = 0x2E80
"""The first of the letters that are twice as wide."""
SATURDAY = 5
WEEKDAYS = {"zh": "一二三四五六日", "en": "MTWTFSS"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a lane; ``kind`` names its look, ``word`` what stands in it, "" where no room."""

    x: float
    width: float
    lane: int
    kind: str
    word: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A day above the lanes."""

    x: float
    word: str
    weekend: bool
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Spend of one day, upwards from ``y`` + ``height``."""

    x: float
    y: float
    width: float
    height: float
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything to be drawn; ``mark``: the last moment that still saves the show."""

    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    bars: tuple[Bar, ...]
    day: float
    height: float
    today: float | None
    mark: float | None
    mark_word: str


def calendar(campaign: Campaign, readiness: Readiness, *, today: date,
             language: Language) -> Calendar:
    """Return the drawing of a campaign's days.

    Args:
        campaign: whose days.
        readiness: what is due when.
        today: the business day it is.
        language: of the words in it.
    """
    days = [campaign.start + timedelta(days=one)
            for one in range(max((campaign.end - campaign.start).days, 1))]
    wide = (WIDTH - LEFT) / len(days)
    drawn = _Drawn(campaign=campaign, first=days[0], wide=wide, language=language)
    last = readiness.last_moment
    at = None if last is None or last.due is None else drawn.moment(last.due)
    inside = at is not None and LEFT <= at <= WIDTH
    return Calendar(
        heads=tuple(Head(x=drawn.x(one) + wide / 2, word=f"{one:%m/%d}"
                         f" {WEEKDAYS[language][one.weekday()]}", today=one == today,
                         weekend=one.weekday() >= SATURDAY) for one in days),
        blocks=(*drawn.phases(), *drawn.shows(), *drawn.goods(), *drawn.tasks()),
        bars=drawn.spend(days), day=wide, height=TOP + 5 * LANE,
        today=drawn.x(today) + wide / 2 if days[0] <= today <= days[-1] else None,
        mark=at if inside else None,
        mark_word="" if last is None else last.message.say(language))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    campaign: Campaign
    first: date
    wide: float
    language: Language

    def x(self, day: date) -> float:
        return LEFT + (day - self.first).days * self.wide

    def moment(self, at: datetime) -> float:
        local = at.astimezone(BUSINESS_ZONE)
        return self.x(local.date()) + self.wide * (local.hour * 60 + local.minute) / 1_440

    def block(self, start: float, width: float, lane: int, kind: str, word: str,
              title: str) -> Block:
        letters = sum(2 if ord(one) >= WIDE_FROM else 1 for one in word)
        fits = letters * LETTER <= width - 6
        return Block(x=start + 1.5, width=max(width - 3, 3.0), lane=lane, kind=kind,
                     word=word if fits else "", title=title)

    def phases(self) -> list[Block]:
        return [self.block(self.x(one.start), (one.end - one.start).days * self.wide, 0,
                           one.phase.value, PHASE_WORDS[one.phase].plain(self.language),
                           one.purpose or "") for one in self.campaign.phases]

    def shows(self) -> list[Block]:
        """Return one block a day: its largest level and all its hours."""
        by_day = defaultdict(list)
        for one in self.campaign.sessions:
            by_day[business_day(one.starts_at)].append(one)
        found = []
        for day, mine in by_day.items():
            level = min((one.level for one in mine if one.level), key="SAB".index, default=None)
            hours = sum(one.minutes or 0.0 for one in mine) / 60.0
            word = f"{level or ''} {len(mine)}×" if len(mine) > 1 else f"{level or ''}"
            title = " · ".join(f"{one.starts_at.astimezone(BUSINESS_ZONE):%H:%M} "
                               f"{one.streamer_id}" for one in mine)
            found.append(self.block(self.x(day), self.wide, 1, f"level-{level or 'B'}",
                                    f"{word} {hours:.1f}h".strip(), title))
        return found

    def spend(self, days: list[date]) -> tuple[Bar, ...]:
        by_day: dict[date, int] = defaultdict(int)
        for one in self.campaign.sessions:
            by_day[business_day(one.starts_at)] += one.budget or 0
        most = max(by_day.values(), default=0)
        if not most:
            return ()
        floor = TOP + 3 * LANE - 6
        return tuple(Bar(
            x=self.x(day) + 2, width=max(self.wide - 4, 2.0), height=SPEND * by_day[day] / most,
            y=floor - SPEND * by_day[day] / most,
            word=number.money(by_day[day], currency=self.campaign.currency,
                              language=self.language)) for day in days if by_day.get(day))

    def goods(self) -> list[Block]:
        """Return one block a day on which something must be ordered at the latest."""
        by_day = defaultdict(list)
        for one in self.campaign.supplies:
            if one.order_by is not None:
                by_day[business_day(one.order_by)].append(one)
        return [self.block(self.x(day), self.wide, 3,
                           "done" if all(one.ordered for one in mine) else "waits",
                           f"{sum(one.quantity for one in mine)}",
                           "、".join(f"{one.title} {one.quantity}" for one in mine))
                for day, mine in by_day.items() if self.first <= day < self.campaign.end]

    def tasks(self) -> list[Block]:
        by_day = defaultdict(list)
        for one in self.campaign.tasks:
            by_day[business_day(one.due)].append(one)
        return [self.block(self.x(day), self.wide, 4,
                           "done" if all(one.done for one in mine) else "waits",
                           f"{sum(one.done for one in mine)}/{len(mine)}",
                           "、".join(one.does for one in mine))
                for day, mine in by_day.items() if self.first <= day < self.campaign.end]

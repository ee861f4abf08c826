"""Growth plans of one subject side by side (方案对比): kept versions and templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from caopan.plan.growth_beside import PutIn, more
from caopan.plan.growth_path import Point
from caopan.report.document import in_unit, spread
from caopan.store.store import Store
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.unit import Unit
from caopan.workspace import growth_words as words
from caopan.workspace.answers import Kept
from caopan.workspace.grain import Grain
from caopan.workspace.growing import Desk, proposal
from caopan.workspace.growth_plans import one
from caopan.workspace.growth_result import GrowthResult

MOST = 3
"""Plans that stand side by side."""
VERSION = "v"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One plan as it is compared; ``by``: how much more its month sells than the first's.

    ``month``: the sales of the thirty days before the common day.
    """

    name: str
    result: GrowthResult
    put: PutIn
    month: Point | None
    by: Interval | None

    def line(self, language: Language) -> str:
        """Return it as a line for a person."""
        currency = self.result.plan.currency
        month = number.interval(self.month.month if self.month else None, unit=Unit.MONEY,
                                currency=currency, language=language)
        line = words.BESIDE.say(language, name=self.name, sessions=round(self.put.sessions),
                                hours=round(self.put.hours), month=month)
        if self.by is None:
            return line
        return line + words.BY.say(language, by=number.change_interval(
            self.by, unit=Unit.MONEY, language=language))


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthBeside:
    """Up to three plans, looked at on the last day that all of them reach."""

    day: date
    plans: tuple[Beside, ...]

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line and the API."""
        del language
        return {"day": self.day.isoformat(), "plans": [self._one(each) for each in self.plans]}

    def _one(self, each: Beside) -> dict[str, object]:
        currency = each.result.plan.currency
        return {"name": each.name, "sessions": each.put.sessions, "hours": each.put.hours,
                "spend": in_unit(each.put.spend, Unit.MONEY, currency),
                "sessions_as_usual": each.put.unsaid,
                "month": spread(each.month.month if each.month else None, unit=Unit.MONEY,
                                currency=currency),
                "more": spread(each.by, unit=Unit.MONEY, currency=currency),
                "target": in_unit(each.result.plan.stages[-1].target, Unit.MONEY, currency),
                "chance": spread(each.result.chances[-1].chance, unit=Unit.RATIO,
                                 currency=currency)}


def run(store: Store, remembered: Kept, names: Sequence[str], *, grain: Grain, subject: str,
        now: datetime, level: float = 0.8) -> GrowthBeside:
    """Return plans side by side: ``v2`` is a kept version, anything else a template.

    Raises:
        PlansBesideError: none or more than three are asked for.
        CaopanError: there is no such version or template, or nobody has that id.
    """
    if not 0 < len(names) <= MOST:
        raise PlansBesideError(len(names))
    desk = Desk.of(store, remembered, grain=grain, subject=subject, now=now, level=level)
    results = []
    for name in names:
        number = name.removeprefix(VERSION)
        if name.startswith(VERSION) and number.isdecimal():
            kept = one(store, grain.value, subject, int(number))
            results.append(desk.judged(kept.plan, kept))
        else:
            results.append(desk.judged(proposal(store, remembered, grain=grain, subject=subject,
                                                now=now, template=name)))
    day = min(each.plan.end for each in results)
    first = results[0].coming
    return GrowthBeside(day=day, plans=tuple(
        Beside(name=name, result=each, put=each.coming.put_until(day),
               month=next((point for point in each.points if point.day == day), None),
               by=None if at == 0 else more(first.course, each.coming.course, day, first.misses,
                                            level=level))
        for at, (name, each) in enumerate(zip(names, results, strict=True))))


class PlansBesideError(CaopanError):
    """Raised where no plans, or more than stand side by side, are asked for."""

    usage = True

    def __init__(self, count: int) -> None:
        """Say how many."""
        super().__init__(Message(
            key="plans_beside", values={"count": count, "most": MOST},
            text=Text(zh="要比 {count} 份规划，一次最多比 {most} 份",
                      en="{count} plans are asked for; one to {most} stand side by side"),
            hint=Text(zh="版本写 v1、v2，模板写 ladder、phases、steady",
                      en="a version is v1 or v2, a template ladder, phases or steady")))

"""A growth plan proposed from a template (模板) and from where the subject stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caopan.plan.growth import GrowthPlan, Invested, Stage, Step, StepKind
from caopan.playbook.growth import CampaignSlot, GrowthBook, Template
from caopan.playbook.ladder import Ladder
from caopan.units.message import CaopanError, Message, Text

ROUND_TO = 1_000_00
"""Targets that are multiples are rounded to whole thousands of major units."""
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a subject stands (现状): what it sold and held in the last thirty days.

    ``monthly_gmv``: minor units, None where sales are not known in money. ``sessions_per_week``
    and ``hours`` a session are None where nothing was held; ``spend`` a session where none is on
    record.
    """

    grain: str
    subject: str
    currency: str
    monthly_gmv: int | None
    sessions_per_week: float | None = None
    hours: float | None = None
    spend: int | None = None
    products: int | None = None


def proposed(template: Template, standing: Standing, *, book: GrowthBook, ladder: Ladder,
             start: date) -> GrowthPlan:
    """Return the plan of a template, to be edited.

    Args:
        template: which one.
        standing: where the subject stands.
        book: gates and what is usual.
        ladder: the rungs in force.
        start: the first day.

    Raises:
        NoMonthError: no sales in money are known of the last thirty days.
        NoRungsError: the ladder says nothing of the currency, or there is no rung above.
    """
    if not standing.monthly_gmv:
        raise NoMonthError
    put = Invested(
        sessions_per_week=_most(standing.sessions_per_week, book.sessions_per_week),
        hours=round(standing.hours or book.hours, 1), spend=standing.spend,
        products=standing.products)
    shapes = (_rungs(template, standing, ladder) if template.rungs else
              [(one.id, one.weeks, _rounded(standing.monthly_gmv * one.times), one.campaigns)
               for one in template.stages])
    stages, steps = [], []
    at = start
    for id_, weeks, target, campaigns in shapes:
        gate = book.gates.get(id_)
        stage = Stage(id=id_, start=at, end=at + weeks * WEEK, target=target, invested=put,
                      asks=gate.conditions if gate else ())
        stages.append(stage)
        steps += _steps(stage, campaigns, book)
        at = stage.end
    return GrowthPlan(grain=standing.grain, subject=standing.subject, stages=tuple(stages),
                      currency=standing.currency, steps=tuple(steps))


def _rungs(template: Template, standing: Standing, ladder: Ladder
           ) -> list[tuple[str, int, int, Sequence[CampaignSlot]]]:
    """Return the rungs from where the subject stands, each to the limit of the next."""
    limits = ladder.limits.get(standing.currency)
    rung = ladder.rung(standing.monthly_gmv or 0, currency=standing.currency)
    if limits is None or rung is None or rung >= len(limits):
        raise NoRungsError(standing.currency)
    return [(ladder.rungs[at].id, template.weeks, limits[at], template.campaigns)
            for at in range(rung, min(rung + template.rungs, len(limits)))]


def _steps(stage: Stage, campaigns: Sequence[CampaignSlot],
           book: GrowthBook) -> list[Step]:
    found = []
    for one in campaigns:
        day = stage.start + (one.week - 1) * WEEK
        if day < stage.end:
            found.append(Step(kind=StepKind.CAMPAIGN, level=one.level, start=day,
                              end=day + timedelta(days=1),
                              hours=book.campaign_hours[one.level]))
    return found


def _most(held: float | None, usual: float) -> float:
    return round(max(held or 0.0, usual), 1)


def _rounded(amount: float) -> int:
    return max(round(amount / ROUND_TO), 1) * ROUND_TO


class NoMonthError(CaopanError):
    """Raised where the last thirty days hold no sales in money to begin from."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="no_month",
            text=Text(zh="近 30 天没有用钱计的成交，定不了目标",
                      en="no sales in money are known of the last 30 days to set targets from"),
            hint=Text(zh="导入近 30 天的场次（含成交金额）再建",
                      en="import the sessions of the last 30 days with their GMV first")))


class NoRungsError(CaopanError):
    """Raised where the ladder has no rung to go up to."""

    def __init__(self, currency: str) -> None:
        """Name the currency."""
        super().__init__(Message(
            key="no_rungs", values={"currency": currency},
            text=Text(zh="成长阶梯里没有 {currency} 的上一级",
                      en="the growth ladder has no rung above in {currency}"),
            hint=Text(zh="换一个按倍数的模板，或在工作区 playbook/ladder.toml 写这个币种的门槛",
                      en="take a template by multiples, or write limits of the currency into "
                         "playbook/ladder.toml of the workspace")))

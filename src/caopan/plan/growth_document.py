"""A growth plan as JSON and back (成长规划文档): every fault named, nothing half read."""

from __future__ import annotations

from datetime import date, timedelta

from caopan.plan.faulty import FaultyDocumentError
from caopan.plan.growth import GrowthPlan, Invested, Stage, Step, StepKind
from caopan.plan.growth_reader import Reader, fault
from caopan.playbook.gate import GATED, Condition
from caopan.playbook.growth import LEVELS
from caopan.units.message import Message, Text
from caopan.units.money import CURRENCIES, Money
from caopan.units.unit import Unit

MOST_STAGES, MOST_STEPS, MOST_CONDITIONS = 12, 100, 10
LONGEST = timedelta(days=3 * 366)
GRAINS = ("streamer", "merchant")


class BadGrowthPlanError(FaultyDocumentError):
    """Raised for a growth plan with faults; every one is in ``problems``."""

    key = "bad_growth_plan"
    what = Text(zh="成长规划", en="growth plan")


def read(document: object) -> GrowthPlan:
    """Return a growth plan from its JSON.

    >>> plan = read({"grain": "streamer", "subject": "h1", "stages": [
    ...     {"id": "depth", "from": "2026-12-01", "to": "2027-01-12", "target": "300000",
    ...      "invested": {"sessions_per_week": 4, "hours": 3}}]})
    >>> plan.stages[0].target, plan.end.isoformat()
    (30000000, '2027-01-12')

    Raises:
        BadGrowthPlanError: something in it cannot be read; every fault is named.
    """
    faults: list[Message] = []
    body = Reader(document, "", faults)
    stages = [_stage(one) for one in body.parts("stages", most=MOST_STAGES, least=1)]
    steps = [_step(one) for one in body.parts("steps", most=MOST_STEPS)]
    plan = GrowthPlan(
        grain=body.choice("grain", GRAINS, needed=True) or GRAINS[0],
        subject=body.text("subject", needed=True) or "–",
        currency=body.choice("currency", sorted(CURRENCIES)) or "CNY",
        version=body.whole("version", least=1, most=10**6) or 1,
        stages=tuple(one for one in stages if one is not None),
        steps=tuple(one for one in steps if one is not None))
    if not faults:
        _check_calendar(plan, faults)
    if faults:
        raise BadGrowthPlanError(faults)
    return plan


def written(plan: GrowthPlan) -> dict[str, object]:
    """Return a growth plan as JSON; money is decimal text in major units, not said is null.

    >>> from caopan.plan.growth_document import read, written
    >>> document = {"version": 1, "grain": "merchant", "subject": "m1", "currency": "CNY",
    ...     "stages": [{"id": "a", "name": None, "from": "2026-12-01", "to": "2026-12-31",
    ...                 "target": "10.50", "invested": {"sessions_per_week": 3.0, "hours": 2.0,
    ...                 "spend": None, "products": None}, "conditions": [], "otherwise": None}],
    ...     "steps": []}
    >>> written(read(document)) == document
    True
    """
    return {"version": plan.version, "grain": plan.grain, "subject": plan.subject,
            "currency": plan.currency,
            "stages": [stage_written(one, plan.currency) for one in plan.stages],
            "steps": [step_written(one, plan.currency) for one in plan.steps]}


def stage_written(stage: Stage, currency: str) -> dict[str, object]:
    """Return one stage as JSON."""
    put = stage.invested
    return {"id": stage.id, "name": stage.name, "from": stage.start.isoformat(),
            "to": stage.end.isoformat(), "target": _money(stage.target, currency),
            "invested": {"sessions_per_week": put.sessions_per_week, "hours": put.hours,
                         "spend": _money(put.spend, currency), "products": put.products},
            "conditions": [condition_written(one, currency) for one in stage.asks],
            "otherwise": stage.otherwise}


def condition_written(condition: Condition, currency: str) -> dict[str, object]:
    """Return one condition as JSON: money as decimal text."""
    value = condition.value
    return {"metric": condition.metric, "against": condition.against.value,
            condition.bound.value: _money(round(value), currency)
            if condition.unit is Unit.MONEY else value}


def step_written(step: Step, currency: str) -> dict[str, object]:
    """Return one step as JSON."""
    return {"kind": step.kind.value, "name": step.name, "from": step.start.isoformat(),
            "to": step.end.isoformat(), "level": step.level, "campaign": step.campaign,
            "hours": step.hours, "spend": _money(step.spend, currency)}


def _money(minor: int | None, currency: str) -> str | None:
    return None if minor is None else Money(minor=minor, currency=currency).written()


def _stage(entry: Reader) -> Stage | None:
    start, end = entry.day("from", needed=True), entry.day("to", needed=True)
    put = entry.part("invested")
    target = entry.money("target", needed=True)
    invested = Invested(
        sessions_per_week=put.number("sessions_per_week", most=70, needed=True) or 0.0,
        hours=put.number("hours", most=24, needed=True) or 0.0, spend=put.money("spend"),
        products=put.whole("products", most=5_000))
    asks = tuple(filter(None, (_condition(one) for one in entry.parts(
        "conditions", most=MOST_CONDITIONS))))
    id_, name = entry.text("id", needed=True, most=64), entry.text("name", most=80)
    otherwise = entry.text("otherwise")
    if start is None or end is None or not _ordered(entry, start, end):
        return None
    return Stage(id=id_ or "–", start=start, end=end, target=target or 0, invested=invested,
                 asks=asks, name=name, otherwise=otherwise)


def _condition(entry: Reader) -> Condition | None:
    return entry.condition(GATED)


def _step(entry: Reader) -> Step | None:
    kind = entry.choice("kind", list(StepKind), needed=True)
    start, end = entry.day("from", needed=True), entry.day("to", needed=True)
    level = entry.choice("level", LEVELS)
    made = (entry.text("name", most=80), entry.text("campaign", most=120),
            entry.number("hours", most=24), entry.money("spend"))
    if kind == StepKind.CAMPAIGN and level is None:
        entry.wrong("level", "S, A or B for a campaign", "活动要写级别：S、A 或 B")
    if kind is None or start is None or end is None or not _ordered(entry, start, end):
        return None
    return Step(kind=StepKind(kind), name=made[0], start=start, end=end,
                level=level if kind == StepKind.CAMPAIGN else None, campaign=made[1],
                hours=made[2], spend=made[3])


def _ordered(entry: Reader, start: date, end: date) -> bool:
    if end <= start:
        entry.wrong("to", "a day after “from”", "晚于 from 的一天")
    return end > start


def _check_calendar(plan: GrowthPlan, faults: list[Message]) -> None:
    """Name stages that overlap, steps outside of the plan, and a plan that is too long."""
    faults += [fault(f"stages[{at}].from", plan.stages[at].start,
                     "on or after the end of the stage before", "不早于上一阶段的结束日")
               for at in range(1, len(plan.stages))
               if plan.stages[at].start < plan.stages[at - 1].end]
    faults += [fault(f"steps[{at}].from", step.start, "within the plan's days", "规划的日期以内")
               for at, step in enumerate(plan.steps)
               if step.start < plan.start or step.end > plan.end]
    if plan.end - plan.start > LONGEST:
        faults.append(fault("stages", f"{plan.start} – {plan.end}", "at most three years",
                            "最多三年"))

"""A growth plan as its page shows it: the calendar and the path as charts, the limits as typed."""

from __future__ import annotations

from caopan.plan.growth import Step, StepKind
from caopan.plan.growth_gate import JudgedGate
from caopan.playbook.gate import Condition
from caopan.units.message import Language, Text
from caopan.units.money import Money
from caopan.units.unit import Unit
from caopan.web.console.chart.gantt import Bar, Gantt, Lane, Mark
from caopan.web.console.chart.growth_path import GrowthPath, PathPoint, PathTarget
from caopan.workspace.growth_result import GrowthResult
from caopan.workspace.growth_words import KINDS, PASSINGS

TO_COME = "to_come"
LANES = (StepKind.CAMPAIGN, StepKind.EXPERIMENT, StepKind.ORDINARY)


def tone(gate: JudgedGate, result: GrowthResult) -> str:
    """Return how a gate stands on the page; one whose stage has not begun is to come.

    >>> tone.__name__
    'tone'
    """
    return TO_COME if gate.stage.start > result.today else gate.passing.value


def called(step: Step, language: Language) -> str:
    """Return what a step is called.

    >>> from datetime import date
    >>> called(Step(kind=StepKind.CAMPAIGN, level="S", start=date(2026, 3, 1),
    ...             end=date(2026, 3, 2)), "zh")
    'S 级活动'
    """
    if step.name:
        return step.name
    kind = KINDS[step.kind].plain(language)
    return _LEVEL.say(language, level=step.level, kind=kind) if step.level else kind


def _short(name: str) -> str:
    """Return a stage's name without its range, which stands in its card and in the table."""
    return name.partition("（")[0].partition(" (")[0]


def gantt(result: GrowthResult, language: Language) -> Gantt:
    """Return the calendar of stages, gates and steps.

    >>> gantt.__name__
    'gantt'
    """
    stages = tuple(Bar(name=result.named(one, language), start=one.start, end=one.end,
                       tone="stage", word=_short(result.named(one, language)))
                   for one in result.plan.stages)
    marks = tuple(Mark(day=gate.stage.end, tone=tone(gate, result), said=_GATE.say(
        language, stage=result.named(gate.stage, language),
        passing=_TO_COME.plain(language) if tone(gate, result) == TO_COME
        else PASSINGS[gate.passing].plain(language))) for gate in result.gates)
    lanes = [Lane(name=_STAGES, bars=stages, marks=marks)]
    for kind in LANES:
        bars = tuple(Bar(name=called(one, language), word=one.level or called(one, language),
                         start=one.start, end=one.end, tone=one.level or kind.value)
                     for one in result.plan.steps if one.kind is kind)
        lanes += [Lane(name=KINDS[kind], bars=bars)] if bars else []
    return Gantt(title=_CALENDAR, unit=Unit.DAYS, lanes=tuple(lanes), today=result.today)


def growth_path(result: GrowthResult, language: Language) -> GrowthPath:
    """Return the month's sales against the targets.

    >>> growth_path.__name__
    'growth_path'
    """
    targets = tuple(PathTarget(
        name=result.named(one.stage, language), start=one.stage.start, end=one.stage.end,
        target=float(one.stage.target), chance=None if odds.chance is None else odds.chance.mid)
        for one, odds in zip(result.gates, result.chances, strict=True))
    return GrowthPath(
        title=_PATH, unit=Unit.MONEY, currency=result.plan.currency, targets=targets,
        today=result.today, note=_PATH_NOTE, points=tuple(PathPoint(
            day=one.day, month=one.month, n=one.n, extrapolated=one.extrapolated)
            for one in result.points))


def typed(condition: Condition, currency: str) -> str:
    """Return a limit as a person types it into a form.

    >>> from caopan.playbook.gate import Bound
    >>> typed(Condition(metric="top1_sku_share", bound=Bound.AT_MOST, value=0.5), "CNY")
    '50%'
    """
    if condition.unit is Unit.MONEY:
        return amount(round(condition.value), currency)
    if condition.unit is Unit.RATIO:
        return f"{condition.value * 100:.4g}%"
    return f"{condition.value:.6g}"


def amount(minor: int | None, currency: str) -> str:
    """Return an amount as a person types it: no hundredths where there are none.

    >>> amount(30_000_000, "CNY"), amount(None, "CNY")
    ('300000', '')
    """
    return "" if minor is None else Money(minor=minor, currency=currency).written().removesuffix(
        ".00")


def odds_said(chance: float | None) -> str:
    """Return a chance in whole percent, as nobody knows it better.

    >>> odds_said(0.473), odds_said(None)
    ('47%', '—')
    """
    return "—" if chance is None else f"{round(100 * chance)}%"


_STAGES = Text(zh="阶段与关口", en="stages and gates")
_CALENDAR = Text(zh="阶段日历", en="Calendar of stages")
_PATH = Text(zh="月成交", en="A month's sales")
_PATH_NOTE = Text(zh="每个点是到那天为止的 30 天；目标旁边是按期达到的机会",
                  en="each point is the 30 days before it; beside a target stands the chance of "
                     "reaching it in time")
_GATE = Text(zh="“{stage}”的关口：{passing}", en="gate of “{stage}”: {passing}")
_TO_COME = Text(zh="还没到", en="to come")
_LEVEL = Text(zh="{level} 级{kind}", en="{level} {kind}")

"""A growth plan (成长规划): stages on a calendar with targets and gates; campaigns are steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.playbook.gate import TARGET, Bound, Condition
from caopan.units.period import Period


class StepKind(StrEnum):
    """What a step is: ordinary sessions beyond the usual, a campaign, or an experiment."""

    ORDINARY = "ordinary"
    CAMPAIGN = "campaign"
    EXPERIMENT = "experiment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invested:
    """What a stage puts in (投入); None = not said, never zero.

    ``spend``: minor units a session; ``products``: how many a session's line-up has.
    """

    sessions_per_week: float
    hours: float
    spend: int | None = None
    products: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage (阶段) over ``[start, end)``; the month before its end is to reach ``target``.

    ``id`` names the gate of the handbook it began from; ``name`` and ``otherwise`` are None where
    the handbook's own words stand. ``target``: GMV of thirty days, minor units. ``asks``: the
    gate's conditions beside the target, all of which must hold.
    """

    id: str
    start: date
    end: date
    target: int
    invested: Invested
    asks: tuple[Condition, ...] = ()
    name: str | None = None
    otherwise: str | None = None

    @property
    def period(self) -> Period:
        """Return its days."""
        return Period(start=self.start, end=self.end)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return everything its gate asks for, the target first.

        >>> Stage(id="a", start=date(2026, 3, 1), end=date(2026, 4, 1), target=100,
        ...       invested=Invested(sessions_per_week=3, hours=2)).conditions[0].metric
        'gmv_monthly'
        """
        return (Condition(metric=TARGET, bound=Bound.AT_LEAST, value=float(self.target)),
                *self.asks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step (步骤) over ``[start, end)``.

    ``name`` None: as its kind and level say. ``level`` is S, A or B, of a campaign alone;
    ``campaign``: its id where it is designed. ``hours`` on air a day and ``spend`` a day, minor
    units; None = not said.
    """

    kind: StepKind
    start: date
    end: date
    name: str | None = None
    level: str | None = None
    campaign: str | None = None
    hours: float | None = None
    spend: int | None = None

    @property
    def days(self) -> int:
        """Return how many days it takes."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPlan:
    """Stages one after the other, and the steps laid on them; ``grain`` streamer or merchant."""

    grain: str
    subject: str
    stages: tuple[Stage, ...]
    currency: str = "CNY"
    steps: tuple[Step, ...] = ()
    version: int = 1

    @property
    def start(self) -> date:
        """Return its first day."""
        return self.stages[0].start

    @property
    def end(self) -> date:
        """Return the day after its last."""
        return self.stages[-1].end

    def stage_at(self, day: date) -> Stage | None:
        """Return the stage of a day, None between and outside of them."""
        return next((one for one in self.stages if one.start <= day < one.end), None)

    def steps_of(self, stage: Stage) -> tuple[Step, ...]:
        """Return the steps that begin in a stage."""
        return tuple(one for one in self.steps if stage.start <= one.start < stage.end)

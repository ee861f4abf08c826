"""What a growth plan answers with: its gates, its path, its chances, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caopan.plan.growth import GrowthPlan, Stage
from caopan.plan.growth_document import condition_written, written
from caopan.plan.growth_gate import Judged, JudgedGate, Passing
from caopan.plan.growth_path import Chance, Point
from caopan.plan.growth_proposal import Standing
from caopan.playbook.gate import GATED, Condition
from caopan.playbook.growth import GrowthBook
from caopan.playbook.ladder import Ladder
from caopan.playbook.signal import Against
from caopan.report.document import in_unit, spread
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.workspace import growth_words as words
from caopan.workspace.growth_course import Coming
from caopan.workspace.growth_plans import KeptGrowth


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthResult:
    """One plan and how it stands.

    ``kept``: the version it is, None for a proposal that nobody kept. ``rung``: where the subject
    stands on the ladder. ``points``: the month's sales, a week apart; ``chances``: one a stage,
    of its target at its end.
    """

    plan: GrowthPlan
    kept: KeptGrowth | None
    name: str
    standing: Standing
    rung: Text | None
    gates: tuple[JudgedGate, ...]
    coming: Coming
    points: tuple[Point, ...]
    chances: tuple[Chance, ...]
    notes: tuple[Text, ...]
    today: date
    book: GrowthBook
    ladder: Ladder
    level: float
    synthetic: bool

    @property
    def current(self) -> JudgedGate:
        """Return the gate that is next: the first whose stage is not over, else the last."""
        return next((one for one in self.gates if one.stage.end > self.today), self.gates[-1])

    def named(self, stage: Stage, language: Language) -> str:
        """Return what a stage is called: as the plan says, else as the handbook does."""
        if stage.name is not None:
            return stage.name
        rung = next((one.name for one in self.ladder.rungs if one.id == stage.id), None)
        named = rung or next((one.name for template in self.book.templates
                              for one in template.stages if one.id == stage.id), None)
        return stage.id if named is None else named.plain(language)

    def otherwise(self, stage: Stage, language: Language) -> str:
        """Return what to do where a stage's gate is not passed."""
        if stage.otherwise is not None:
            return stage.otherwise
        gate = self.book.gates.get(stage.id)
        return (gate.otherwise if gate else words.OTHERWISE).plain(language)

    def next(self, language: Language) -> tuple[str, ...]:
        """Return what to do next, by how the present gate stands."""
        gate = self.current
        name = self.named(gate.stage, language)
        days = (gate.stage.end - self.today).days
        if gate.passing is Passing.PASSED:
            return (words.GO_ON.say(language, stage=name),)
        if gate.passing is Passing.NOT_PASSED:
            failed = [asked(one.condition, self.plan.currency, language)
                      for one in gate.conditions if one.passing is Passing.NOT_PASSED]
            text = words.FAILED if days > 0 else words.FAILED_LATE
            gap = "；" if language == "zh" else "; "
            return (text.say(language, stage=name, days=days, what=gap.join(failed)),
                    self.otherwise(gate.stage, language))
        return (words.UNTOLD.say(language, stage=name), *(
            f"{asked(one.condition, self.plan.currency, language)}{words.colon(language)}"
            f"{settled(one, language)}"
            for one in gate.conditions if one.passing is Passing.CANNOT_TELL))

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line and the API."""
        currency, held = self.plan.currency, self.standing
        return {
            "synthetic": self.synthetic, "name": self.name, "plan": written(self.plan),
            "version": self.kept and self.kept.version, "today": self.today.isoformat(),
            "made_at": self.kept and self.kept.made_at.isoformat(), "level": self.level,
            "until": self.coming.course.until.isoformat(), "n_history": self.coming.n,
            "months": self.coming.misses.months,
            "standing": {
                "rung": self.rung and self.rung.plain(language),
                "monthly_gmv": in_unit(held.monthly_gmv, Unit.MONEY, currency),
                "sessions_per_week": held.sessions_per_week, "hours": held.hours,
                "spend": in_unit(held.spend, Unit.MONEY, currency), "products": held.products},
            "gates": [self._gate(one, each, language) for one, each in zip(
                self.gates, self.chances, strict=True)],
            "path": [self._point(one) for one in self.points],
            "untold": self.untold(language), "next": list(self.next(language)),
            "notes": [one.plain(language) for one in self.notes]}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        version = words.PROPOSED.say(language) if self.kept is None else words.VERSION.say(
            language, version=self.kept.version)
        head = words.HEAD.say(language, name=self.name, version=version, start=self.plan.start,
                              end=self.plan.end)
        lines = [(words.LABEL.say(language) if self.synthetic else "") + head]
        for gate, odds in zip(self.gates, self.chances, strict=True):
            lines.append(self._stage_line(gate, odds, language))
            lines += [f"    {judged_line(one, self.plan.currency, language)}"
                      for one in gate.conditions]
            lines += [f"    {words.KINDS[step.kind].plain(language)} {step.level or ''} "
                      f"{step.name or ''} {step.start} – {step.end}"
                      for step in self.plan.steps_of(gate.stage)]
        untold = self.untold(language)
        lines += [untold] if untold else []
        lines += [words.NEXT.plain(language) + one for one in self.next(language)]
        return [*lines, *(one.plain(language) for one in self.notes)]

    def untold(self, language: Language) -> str | None:
        """Return why some of the path is not told; None where all of it is."""
        if self.coming.untold is not None:
            return self.coming.untold.plain(language)
        if all(one.month is not None for one in self.points):
            return None
        return words.too_far(self.coming.misses).plain(language)

    def _stage_line(self, gate: JudgedGate, odds: Chance, language: Language) -> str:
        stage = gate.stage
        return words.STAGE.say(
            language, name=self.named(stage, language), start=stage.start, end=stage.end,
            target=number.money(stage.target, currency=self.plan.currency, language=language),
            passing=words.PASSINGS[gate.passing].plain(language),
            chance=chance_said(odds, language))

    def _gate(self, gate: JudgedGate, odds: Chance, language: Language) -> dict[str, object]:
        return {"stage": gate.stage.id, "name": self.named(gate.stage, language),
                "passing": gate.passing.value, "by": gate.stage.end.isoformat(),
                "otherwise": self.otherwise(gate.stage, language),
                "chance": spread(odds.chance, unit=Unit.RATIO, currency=self.plan.currency),
                "chance_n": odds.n,
                "conditions": [self._judged(one, language) for one in gate.conditions]}

    def _judged(self, one: Judged, language: Language) -> dict[str, object]:
        unit, currency = one.condition.unit, self.plan.currency
        return {**condition_written(one.condition, currency), "unit": unit.value,
                "name": asked(one.condition, currency, language), "passing": one.passing.value,
                "value": in_unit(one.evidence.value, unit, currency),
                "interval": spread(one.evidence.interval, unit=unit, currency=currency),
                "n": one.evidence.n, "n_of": one.evidence.n_of.plain(language),
                "more_sessions": one.more,
                "settles": settled(one, language) if one.passing is Passing.CANNOT_TELL else None}

    def _point(self, one: Point) -> dict[str, object]:
        currency = self.plan.currency
        return {"day": one.day.isoformat(), "n": one.n, "hosts": one.hosts,
                "known": in_unit(one.known, Unit.MONEY, currency),
                "extrapolated": one.extrapolated,
                "month": spread(one.month, unit=Unit.MONEY, currency=currency)}


def asked(condition: Condition, currency: str, language: Language) -> str:
    """Return a condition as words.

    >>> from caopan.playbook.gate import Bound
    >>> asked(Condition(metric="sessions", bound=Bound.AT_LEAST, value=12), "CNY", "en")
    'sessions in 30 days at least 12'
    """
    limit = number.value(condition.value, unit=condition.unit, currency=currency,
                         language=language)
    before = words.BEFORE.plain(language) if condition.against is Against.PREVIOUS else ""
    bound = words.BOUNDS[condition.bound].plain(language)
    return words.ASKED.say(language, name=GATED[condition.metric].name.plain(language),
                           before=before, bound=bound, limit=limit)


def settled(one: Judged, language: Language) -> str:
    """Return what would settle a condition that cannot be told."""
    if one.evidence.missing is not None:
        return one.evidence.missing.plain(language)
    if one.more is None:
        return words.HOPELESS.plain(language)
    return words.MORE.say(language, n=one.more, of=one.evidence.n_of.plain(language))


def judged_line(one: Judged, currency: str, language: Language) -> str:
    """Return a condition with its evidence as a line for a person."""
    unit = one.condition.unit
    told = number.value(one.evidence.value, unit=unit, currency=currency, language=language)
    if one.evidence.interval is not None:
        told = number.interval(one.evidence.interval, unit=unit, currency=currency,
                               language=language)
    tail = words.colon(language) + settled(one, language) if (
        one.passing is Passing.CANNOT_TELL) else ""
    return words.JUDGED.say(
        language, passing=words.PASSINGS[one.passing].plain(language), told=told,
        asked=asked(one.condition, currency, language), n=one.evidence.n,
        of=one.evidence.n_of.plain(language)) + tail


def chance_said(odds: Chance, language: Language) -> str:
    """Return a chance with its range, or that it cannot be told.

    >>> chance_said(Chance(day=date(2026, 3, 1), target=1.0, chance=None, n=0), "en")
    'cannot tell'
    """
    if odds.chance is None:
        return words.PASSINGS[Passing.CANNOT_TELL].plain(language)
    if not odds.n:
        return number.percent(odds.chance.mid)
    return words.CHANCE.say(
        language, chance=number.percent(odds.chance.mid),
        range=number.interval(odds.chance, unit=Unit.RATIO, language=language), n=odds.n)

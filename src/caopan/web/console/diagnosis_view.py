"""One subject's diagnosis ready to be laid out: the report's own section, and what lies open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from caopan.diagnose.diagnosis import Change, Diagnosis, Factor, Finding
from caopan.playbook.rule import Rule
from caopan.report.dates import day as said_day
from caopan.report.dates import full_day, short_span
from caopan.report.evidence import Evidence, evidence
from caopan.report.factor_words import joined, tone
from caopan.report.fall import Fall
from caopan.report.fall import fall as fall_of
from caopan.report.findings import Found, every
from caopan.report.known import without_zeros
from caopan.report.page import Definition
from caopan.report.section import Section
from caopan.report.section import section as page_of
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.clock import to_the_minute
from caopan.units.verdict import Verdict
from caopan.web.console.diagnosis_query import CLOSED, Asked
from caopan.web.console.diagnosis_rivals import Rival, rivals
from caopan.workspace.defining import definitions
from caopan.workspace.results import Kept

PLANS = {"advertising": "/plan/response", "stock": "/plan/stock", "goods": "/plan/stock"}
"""Pages of the plan by the first word of a rule's id; of every other the planned sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """The evidence that lies open: of a finding, or of a factor of the change."""

    metric: str
    title: str
    verdict: Verdict
    amount: str
    span: str
    tone: str
    facts: tuple[tuple[str, str], ...]
    formula: str
    rule: str = ""
    place: int = 0
    """Which of the findings it is, from 1; 0 for a factor."""
    factor: str = ""
    evidence: Evidence | None = None
    limits: str = ""
    rivals: tuple[Rival, ...] = ()
    """What else could stand behind it."""

    @property
    def plan(self) -> str:
        """Return the page of the plan that shows what following the advice may bring."""
        return PLANS.get(self.rule.partition("_")[0], "/plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One way to split the change."""

    id: str
    formula: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session of either period; money in minor units, None = not known."""

    id: str
    day: str
    present: bool
    gmv: int | None
    minutes: float | None
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything one page shows."""

    kept: Kept
    section: Section
    fall: Fall
    trees: tuple[Tree, ...]
    found: Found
    supported: int
    drawer: Drawer | None
    sessions: tuple[SessionRow, ...]
    periods: str
    until: str
    made: str

    @property
    def diagnosis(self) -> Diagnosis:
        """Return what the page is made from."""
        return self.kept.diagnosis


def drawn(kept: Kept, *, words: Words) -> Section:
    """Return what of a page is the same whatever is open on it: its figures and drawings."""
    diagnosis = without_zeros(kept.diagnosis)
    return page_of(diagnosis, key="dx", definitions=definitions((diagnosis,)), words=words)


def fallen(kept: Kept, asked: Asked, *, name: str, words: Words) -> Fall:
    """Return the change as it was asked to be split; each factor leads to its evidence."""
    diagnosis = without_zeros(kept.diagnosis)
    change = chosen(diagnosis, asked.tree)
    links = {factor.id: asked.address(factor=factor.id) + "#fall" for factor in change.factors}
    return fall_of(change, subject=diagnosis.subject, name=name, key="dxw", words=words,
                   links=links)


def view(kept: Kept, asked: Asked, *, section: Section, fall: Fall, words: Words,
         rules: Mapping[str, Rule]) -> View:
    """Return the page of one kept diagnosis; ``section`` as from ``drawn``, ``fall`` ``fallen``."""
    diagnosis = without_zeros(kept.diagnosis)
    known = definitions((diagnosis,))
    change = chosen(diagnosis, asked.tree)
    found = every(diagnosis, words=words)
    return View(
        kept=kept, section=section, found=found, fall=fall,
        trees=tuple(_trees(diagnosis, change, words)),
        supported=sum(row.verdict is Verdict.SUPPORTED for row in found.rows),
        drawer=drawer(diagnosis, change, asked, known=known, words=words, rules=rules),
        sessions=tuple(_sessions(diagnosis, words)),
        periods=periods(diagnosis, words=words),
        until=said_until(kept.moment.until, words=words),
        made=to_the_minute(kept.moment.made_at))


def chosen(diagnosis: Diagnosis, tree: str) -> Change:
    """Return the change split by an identity; by the main one where there is no such."""
    return next((one for one in diagnosis.trees if one.identity == tree), diagnosis.change)


def drawer(
    diagnosis: Diagnosis, change: Change, asked: Asked, *, known: Mapping[str, Definition],
    words: Words, rules: Mapping[str, Rule],
) -> Drawer | None:
    """Return the evidence that is asked for, else that of the first finding; None where closed."""
    factor = next((one for one in change.factors if one.id == asked.factor), None)
    if factor is not None:
        others = rivals(diagnosis, words=words, rules=rules, metric=factor.id)
        return replace(_of_factor(factor, diagnosis, known, words), rivals=others)
    rows = every(diagnosis, words=words).rows
    if asked.finding == CLOSED or asked.factor or not rows:
        return None
    place = next((at for at, row in enumerate(rows) if row.rule == asked.finding), 0)
    row = rows[place]
    finding = next(one for one in diagnosis.findings if one.rule == row.rule)
    shown = evidence(finding, diagnosis, definitions=known, words=words)
    return Drawer(
        metric=finding.signal.metric, title=shown.title, verdict=row.verdict, amount=row.amount,
        span=_with_level(row.span, finding), tone=row.tone, facts=shown.facts,
        formula=shown.formula, rule=row.rule, place=place + 1, evidence=shown,
        limits=words.said(rules[row.rule].limits) if row.rule in rules else "",
        rivals=rivals(diagnosis, words=words, rules=rules, metric=finding.signal.metric,
                      rule=row.rule))


def periods(diagnosis: Diagnosis, *, words: Words) -> str:
    """Return both periods in a few words."""
    now = short_span(diagnosis.period, language=words.language)
    if diagnosis.change.against == "peers":
        return words("vs.peers", period=now)
    return words("vs", period=now,
                 compared=short_span(diagnosis.compared_period, language=words.language))


def said_until(until: date | None, *, words: Words) -> str:
    """Return the last day of the data."""
    return number.MISSING if until is None else full_day(until, language=words.language)


def _of_factor(
    factor: Factor, diagnosis: Diagnosis, known: Mapping[str, Definition], words: Words,
) -> Drawer:
    currency, language = diagnosis.subject.currency, words.language
    definition = known.get(factor.id)
    values = joined(factor, currency=currency, language=language, gap=" ")
    facts = [(words("factor.values"), values)]
    if factor.p_value is not None:
        facts.append((words("evidence.p"), number.percent(factor.p_value)))
    facts.append((words("evidence.n"), words("evidence.n_both",
                  now=words("sessions", n=diagnosis.change.n_after),
                  before=words("sessions", n=diagnosis.change.n_before))))
    unit = diagnosis.change.unit
    span = number.change_interval(factor.interval, unit=unit, language=language)
    return Drawer(
        metric=factor.id, factor=factor.id, title=capital(words.said(factor.name)),
        verdict=factor.verdict, tone=tone(factor), facts=tuple(facts), span=span,
        amount=number.change(factor.amount, unit=unit, currency=currency, language=language),
        formula=f"{words.said(definition.name)} = {words.said(definition.formula)}"
        if definition else "")


def _with_level(span: str, finding: Finding) -> str:
    return f"{span} {number.level(finding.stake.level)}" if finding.stake else span


def _trees(diagnosis: Diagnosis, change: Change, words: Words) -> Iterator[Tree]:
    for one in (diagnosis.change, *diagnosis.trees):
        yield Tree(id="" if one is diagnosis.change else one.identity,
                   formula=words.said(one.formula), chosen=one is change)


def _sessions(diagnosis: Diagnosis, words: Words) -> Iterator[SessionRow]:
    for one in reversed(diagnosis.sessions):
        day, gmv, minutes = one["day"], one["gmv"], one["minutes"]
        known = isinstance(day, date)
        yield SessionRow(
            id=str(one["session_id"]), aside=bool(one["set_aside"]),
            day=said_day(day, language=words.language) if isinstance(day, date) else "",
            present=known and diagnosis.period.start <= day < diagnosis.period.end,  # type: ignore[operator]
            gmv=gmv if isinstance(gmv, int) else None,
            minutes=minutes if isinstance(minutes, float) else None)

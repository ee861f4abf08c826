"""The page of growth plans (成长规划): gates by stage and templates, with a workspace's edits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue, Level
from caopan.playbook.fields import Fields
from caopan.playbook.gate import BESIDES, GATED, Bound, Condition, Gate, comparable
from caopan.playbook.overlay import GROWTH_FILE, merged
from caopan.playbook.reader import read_source, shipped
from caopan.playbook.rule import Confidence
from caopan.playbook.signal import Against
from caopan.playbook.source import Source
from caopan.units.message import Text
from caopan.units.money import MINOR_DIGITS
from caopan.units.unit import Unit

LEVELS = ("S", "A", "B")
ABOVE_ZERO = ("大于 0 的数", "a number above 0")
LIMIT = ("at_least 或 at_most 之一", "one of at_least and at_most")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSlot:
    """A campaign that a template puts into a week of a stage, counted from 1."""

    level: str
    week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStage:
    """One stage of a template; ``times``: its target as a multiple of the last thirty days."""

    id: str
    name: Text
    weeks: int
    times: float
    campaigns: tuple[CampaignSlot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template (模板): named stages, or so many rungs of the ladder of so many weeks each."""

    id: str
    name: Text
    about: Text
    rungs: int = 0
    weeks: int = 0
    campaigns: tuple[CampaignSlot, ...] = ()
    stages: tuple[TemplateStage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthBook:
    """What growth plans are begun from; ``gates`` by stage, ``campaign_hours`` by level."""

    gates: dict[str, Gate]
    templates: tuple[Template, ...]
    sessions_per_week: float
    hours: float
    campaign_hours: dict[str, float]
    source: Text
    confidence: Confidence

    def template(self, id_: str) -> Template | None:
        """Return a template by id, None where there is none."""
        return next((one for one in self.templates if one.id == id_), None)


def growth_book(folder: Path | None = None) -> tuple[GrowthBook, list[Issue]]:
    """Return the page with a workspace's edits laid over it, and what is wrong with those.

    >>> book, issues = growth_book()
    >>> [one.id for one in book.templates], issues
    (['ladder', 'phases', 'steady'], [])

    Raises:
        OSError: a file cannot be opened.
        TypeError: the shipped page itself is not sound.
    """
    base = read_source(shipped().joinpath(GROWTH_FILE), file=GROWTH_FILE)
    read = None if isinstance(base, Issue) else _read(base)
    if isinstance(base, Issue) or read is None or read[0] is None:
        raise TypeError(GROWTH_FILE)
    path = None if folder is None else folder / GROWTH_FILE
    if path is None or not path.is_file():
        return read[0], []
    edit = read_source(path, file=path.name)
    if isinstance(edit, Issue):
        return read[0], [edit]
    changed, issues = _read(Source(file=edit.file, text=edit.text,
                                   data=merged(base.data, edit.data)))
    return changed or read[0], issues


def _read(source: Source) -> tuple[GrowthBook | None, list[Issue]]:
    issues: list[Issue] = []
    page = Fields(source=source, issues=issues, data=dict(source.data))
    nothing = Text(zh="–", en="–")
    usual, hours = (page.table(name, required=True) for name in ("usual", "campaign_hours"))
    book = GrowthBook(
        gates=_gates(page), templates=tuple(_template(one) for one in page.tables("templates")),
        sessions_per_week=_positive(usual, "sessions_per_week"), hours=_positive(usual, "hours"),
        campaign_hours={level: _positive(hours, level) for level in LEVELS},
        source=page.text("source", required=True) or nothing,
        confidence=page.choice("confidence", Confidence) or Confidence.WEAK)
    for each in (usual, hours, page):
        if each is not None:
            each.finish()
    refused = any(one.level is Level.ERROR for one in issues)
    return (None if refused else book), issues


def _positive(fields: Fields | None, name: str) -> float:
    value = None if fields is None else fields.number(name)
    if fields is not None and (value is None or value <= 0):
        fields.complain("wrong_type", name, value=value, wanted_zh=ABOVE_ZERO[0],
                        wanted_en=ABOVE_ZERO[1])
    return value or 1.0


def _gates(page: Fields) -> dict[str, Gate]:
    table, found = page.table("gates", required=True), {}
    for name in () if table is None else tuple(table.data):
        inner = table.table(name) if table is not None else None
        if inner is not None:
            conditions = (_condition(one) for one in inner.tables("conditions"))
            found[name] = Gate(
                conditions=tuple(one for one in conditions if one is not None),
                otherwise=inner.text("otherwise", required=True) or Text(zh="–", en="–"))
            inner.finish()
    return found


def _condition(fields: Fields) -> Condition | None:
    metric = fields.string("metric", required=True) or ""
    against = fields.choice("against", Against) or Against.LEVEL
    limits = {bound: fields.number(bound.value) for bound in Bound}
    told = {bound: value for bound, value in limits.items() if value is not None}
    fields.finish()
    if metric not in GATED:
        fields.complain("unknown_choice", "metric", value=metric, choices=", ".join(GATED))
        return None
    if against not in BESIDES or (against is Against.PREVIOUS and not comparable(metric)):
        fields.complain("unknown_choice", "against", value=against.value, choices="level")
        return None
    if len(told) != 1:
        fields.complain("wrong_type", "at_least", value=list(told.values()), wanted_zh=LIMIT[0],
                        wanted_en=LIMIT[1])
        return None
    (bound, value), = told.items()
    money = against is Against.LEVEL and GATED[metric].unit is Unit.MONEY
    return Condition(metric=metric, against=against, bound=bound,
                     value=value * 10**MINOR_DIGITS if money else value)


def _template(fields: Fields) -> Template:
    nothing = Text(zh="–", en="–")
    made = Template(
        id=fields.string("id", required=True) or "–",
        name=fields.text("name", required=True) or nothing,
        about=fields.text("about", required=True) or nothing,
        rungs=fields.whole("rungs", default=0), weeks=fields.whole("weeks", default=0),
        campaigns=_slots(fields), stages=tuple(_stage(one) for one in fields.tables("stages")))
    if not made.stages and not (made.rungs and made.weeks):
        fields.complain("missing_field", "stages")
    fields.finish()
    return made


def _stage(fields: Fields) -> TemplateStage:
    made = TemplateStage(
        id=fields.string("id", required=True) or "–",
        name=fields.text("name", required=True) or Text(zh="–", en="–"),
        weeks=max(fields.whole("weeks", default=4), 1), times=_positive(fields, "times"),
        campaigns=_slots(fields))
    fields.finish()
    return made


def _slots(fields: Fields) -> tuple[CampaignSlot, ...]:
    found = []
    for one in fields.tables("campaigns"):
        level, week = one.string("level", required=True), one.whole("week", default=1)
        if level not in LEVELS:
            one.complain("unknown_choice", "level", value=level, choices=", ".join(LEVELS))
        else:
            found.append(CampaignSlot(level=level, week=max(week, 1)))
        one.finish()
    return tuple(found)

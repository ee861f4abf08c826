"""One campaign template made from its tables, or every reason why it cannot be one."""

from __future__ import annotations

from datetime import date

from caopan.facts.issue import Issue
from caopan.facts.issue import Level as Gravity
from caopan.playbook.campaign import (
    Assurance,
    BeatShape,
    GuardShape,
    Level,
    Mode,
    Phase,
    PhaseShape,
    PostShape,
    RhythmShape,
    TaskShape,
    Template,
)
from caopan.playbook.card import Owner
from caopan.playbook.fields import NUMBER, Fields
from caopan.playbook.rule import Confidence, Origin, Status
from caopan.playbook.source import Source
from caopan.units.message import Text

_NO_TEXT = Text(zh="–", en="–")
"""Stands in for what is missing: a template that holds it has an error beside it."""
HOURS = ("[最少, 最多] 小时", "hours as [least, most]")
CARDS = ("一组预案编号", "a list of card ids")
SHARES = ("合起来是 1 的份额", "shares that add up to 1")
CLOSE = 1e-6


def compiled_template(source: Source, *, origin: Origin = Origin.SHIPPED,
                      files: tuple[str, ...] = ()) -> tuple[Template | None, list[Issue]]:
    """Return the template that a file holds, None where an error stands against it, and issues.

    Args:
        source: the file.
        origin: whose template it is.
        files: the files beneath it.

    >>> compiled_template(Source(file="x.toml", text="", data={}))[0] is None
    True
    """
    issues: list[Issue] = []
    page = Fields(source=source, issues=issues, data=dict(source.data))
    session, rhythm, guards, due = (_table(page, name) for name in (
        "session", "rhythm", "guards", "due_days"))
    made = Template(
        id=page.string("id", required=True) or "–",
        level=page.choice("level", Level, required=True) or Level.B,
        name=_said(page, "name"), when=_said(page, "when"), purpose=_said(page, "purpose"),
        hours=_hours(session), products=session.whole("products", default=0),
        phases=_phases(page), beats=tuple(_beat(one) for one in page.tables("beats")),
        most_points=page.whole("most_points", default=3), rhythm=_rhythm(rhythm),
        posts=tuple(_post(one) for one in page.tables("posts")),
        tasks=tuple(_task(one) for one in page.tables("tasks")),
        guards=_guards(guards), cards=_cards(page),
        due_days={one: due.number(one.value) or 0.0 for one in Assurance},
        source=_said(page, "source"),
        confidence=page.choice("confidence", Confidence, required=True) or Confidence.WEAK,
        limits=_said(page, "limits"), author=page.string("author", required=True) or "–",
        written_on=page.day("written_on", required=True) or date.min,
        status=page.choice("status", Status) or Status.ACTIVE,
        version=page.whole("version", default=1), origin=origin, files=(*files, source.file))
    for each in (session, rhythm, guards, due, page):
        each.finish()
    refused = any(issue.level is Gravity.ERROR for issue in issues)
    return (None if refused else made), issues


def _table(page: Fields, name: str) -> Fields:
    return page.table(name, required=True) or Fields(source=page.source, issues=page.issues,
                                                     data={})


def _said(page: Fields, name: str) -> Text:
    return page.text(name, required=True) or _NO_TEXT


def _hours(session: Fields) -> tuple[float, float]:
    value = session.raw("hours", required=True)
    if isinstance(value, list) and len(value) == len(("least", "most")) and all(
            isinstance(one, int | float) and not isinstance(one, bool) and one > 0
            for one in value) and value[0] <= value[1]:
        return float(value[0]), float(value[1])
    session.complain("wrong_type", "hours", value=value, wanted_zh=HOURS[0], wanted_en=HOURS[1])
    return (1.0, 1.0)


def _phases(page: Fields) -> tuple[PhaseShape, ...]:
    found = tuple(_phase(one) for one in page.tables("phases"))
    if not found:
        page.complain("missing_field", "phases")
        return found
    for name in ("target_share", "budget_share"):
        total = sum(getattr(one, name) for one in found)
        if abs(total - 1.0) > CLOSE:
            page.complain("wrong_type", "phases", value=f"{name}: {total:g}",
                          wanted_zh=SHARES[0], wanted_en=SHARES[1])
    return found


def _phase(one: Fields) -> PhaseShape:
    made = PhaseShape(
        phase=one.choice("phase", Phase, required=True) or Phase.BURST,
        from_day=round(one.number("from_day") or 0.0), days=max(one.whole("days", default=1), 1),
        target_share=_share(one, "target_share"), budget_share=_share(one, "budget_share"),
        level=one.choice("level", Level, required=True) or Level.B,
        purpose=_said(one, "purpose"))
    one.finish()
    return made


def _share(one: Fields, name: str) -> float:
    value = one.number(name)
    if value is None or not 0.0 <= value <= 1.0:
        one.complain("wrong_type", name, value=value, wanted_zh=SHARES[0], wanted_en=SHARES[1])
    return value or 0.0


def _beat(one: Fields) -> BeatShape:
    made = BeatShape(id=one.string("id", required=True) or "–", name=_said(one, "name"),
                     asks=_said(one, "asks"), seconds=one.whole("seconds", default=0),
                     needed=one.flag("needed"))
    one.finish()
    return made


def _rhythm(one: Fields) -> RhythmShape:
    return RhythmShape(
        mode=one.choice("mode", Mode, required=True) or Mode.STEADY,
        big_loop_minutes=one.whole("big_loop_minutes", default=30),
        small_loop_minutes=one.whole("small_loop_minutes", default=5),
        hold_seconds=one.whole("hold_seconds", default=0),
        hold_limit_seconds=one.whole("hold_limit_seconds", default=0))


def _post(one: Fields) -> PostShape:
    made = PostShape(role=one.choice("role", Owner, required=True) or Owner.OPERATOR,
                     people=one.whole("people", default=1))
    one.finish()
    return made


def _task(one: Fields) -> TaskShape:
    days = one.number("days_before")
    if days is None:
        one.complain("wrong_type", "days_before", value=None, wanted_zh=NUMBER[0],
                     wanted_en=NUMBER[1])
    made = TaskShape(
        id=one.string("id", required=True) or "–",
        assurance=one.choice("assurance", Assurance, required=True) or Assurance.CREW,
        owner=one.choice("owner", Owner, required=True) or Owner.OPERATOR,
        days_before=days or 0.0, blocks=one.flag("blocks"), does=_said(one, "does"))
    one.finish()
    return made


def _guards(one: Fields) -> GuardShape:
    return GuardShape(
        cover_minutes=one.whole("cover_minutes", default=0),
        cool_minutes=one.whole("cool_minutes", default=0),
        hour_share=min(max(one.number("hour_share") or 1.0, 0.0), 1.0),
        return_floor=one.number("return_floor"))


def _cards(page: Fields) -> tuple[str, ...]:
    value = page.raw("cards", required=True)
    if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    page.complain("wrong_type", "cards", value=value, wanted_zh=CARDS[0], wanted_en=CARDS[1])
    return ()

"""One contingency card made from its tables, or every reason why it cannot be one."""

from __future__ import annotations

from datetime import date

from caopan.facts.issue import Issue, Level
from caopan.playbook.card import PLACEHOLDERS, Card, Owner, Urgency
from caopan.playbook.fields import Fields
from caopan.playbook.rule import Confidence, Origin, Status
from caopan.playbook.source import Source
from caopan.playbook.trigger import Case, Reading, Trigger
from caopan.units.message import Text

_NO_TEXT = Text(zh="–", en="–")
"""Stands in for what is missing: a card that holds it has an error beside it."""


def compiled_card(source: Source, *, origin: Origin = Origin.SHIPPED,
                  files: tuple[str, ...] = ()) -> tuple[Card | None, list[Issue]]:
    """Return the card that a file holds, None where an error stands against it, and every issue.

    Args:
        source: the file.
        origin: whose card it is.
        files: the files beneath it.

    >>> compiled_card(Source(file="x.toml", text="", data={}))[0] is None
    True
    """
    issues: list[Issue] = []
    fields = Fields(source=source, issues=issues, data=source.data)
    triggers = tuple(_trigger(inner) for inner in fields.tables("triggers"))
    card = Card(
        id=fields.string("id", required=True) or "–",
        number=fields.whole("number", default=999),
        name=fields.text("name", required=True) or _NO_TEXT,
        urgency=fields.choice("urgency", Urgency, required=True) or Urgency.WARNING,
        owner=fields.choice("owner", Owner, required=True) or Owner.OPERATOR,
        says=fields.text("says", allowed=PLACEHOLDERS, required=True) or _NO_TEXT,
        first_action=fields.text("first_action", required=True) or _NO_TEXT,
        checklist=_checklist(fields),
        recover=fields.text("recover", required=True) or _NO_TEXT,
        source=fields.text("source", required=True) or _NO_TEXT,
        confidence=fields.choice("confidence", Confidence, required=True) or Confidence.WEAK,
        limits=fields.text("limits", required=True) or _NO_TEXT,
        author=fields.string("author", required=True) or "–",
        written_on=fields.day("written_on", required=True) or date.min,
        triggers=triggers,
        tap=fields.text("tap", required=not triggers),
        line=fields.text("line"),
        status=fields.choice("status", Status) or Status.ACTIVE,
        version=fields.whole("version", default=1),
        origin=origin, files=(*files, source.file))
    fields.finish()
    refused = any(issue.level is Level.ERROR for issue in issues)
    return (None if refused else card), issues


def _checklist(fields: Fields) -> tuple[Text, ...]:
    steps = fields.tables("checklist")
    if not steps:
        fields.complain("missing_field", "checklist")
    found = []
    for step in steps:
        said = step.text("does", required=True)
        step.finish()
        found.append(said or _NO_TEXT)
    return tuple(found)


def _trigger(fields: Fields) -> Trigger:
    """Return a trigger whose every example comes out as it says, else with an issue."""
    made = Trigger(
        reading=fields.choice("reading", Reading, required=True) or Reading.COVER,
        above=fields.number("above"), below=fields.number("below"),
        minimum_n=fields.number("minimum_n") or 0.0,
        lasts_seconds=fields.number("lasts_seconds") or 0.0,
        says=fields.text("says", allowed=PLACEHOLDERS),
        firing=_cases(fields, "firing"), quiet=_cases(fields, "quiet"))
    fields.finish()
    if made.above is None and made.below is None:
        fields.complain("no_limit", "above")
        return made
    for name, cases, wanted in (("firing", made.firing, True), ("quiet", made.quiet, False)):
        for place, case in enumerate(cases):
            if made.fires(case) is not wanted:
                fields.complain("example_fails", name, str(place), expected=name,
                                found="quiet" if wanted else "firing")
    return made


def _cases(fields: Fields, name: str) -> tuple[Case, ...]:
    tables = fields.tables(name)
    if not tables:
        fields.complain("no_example", name)
    found = []
    for inner in tables:
        value = inner.number("value")
        if value is None:
            inner.complain("missing_field", "value")
        found.append(Case(value=value or 0.0, n=inner.number("n") or 0.0,
                          seconds=inner.number("seconds") or 0.0))
        inner.finish()
    return tuple(found)

"""One rule made from its tables, or every reason why it cannot be one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from caopan.facts.issue import Issue, Level
from caopan.playbook.clauses import check_metric, read_condition
from caopan.playbook.condition import Clause, Condition
from caopan.playbook.examples import Examples, check_examples, read_examples
from caopan.playbook.fields import Fields
from caopan.playbook.rule import Confidence, Lens, Origin, Rule, Severity, Status, Topic
from caopan.playbook.signal import Against
from caopan.playbook.source import Source
from caopan.playbook.vocabulary import placeholders
from caopan.units.message import Text

QUIET_SEVERITIES = (Severity.LOW, Severity.NOTE)
"""How loud a rule of weak confidence may be."""

# Stand-ins for what is missing: a rule that holds one has an error beside it and is refused.
_NO_TEXT = Text(zh="–", en="–")
_NO_CONDITION = Condition(main=Clause(metric="–", against=Against.PREVIOUS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a rule comes from (出处): whose it is, and its files in their order."""

    origin: Origin
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a file gave: the rule, None where an error stands against it, and every issue."""

    rule: Rule | None
    issues: tuple[Issue, ...]


def compiled(
    source: Source,
    *,
    known: Collection[str],
    provenance: Provenance | None = None,
    example_level: Level = Level.ERROR,
) -> Compiled:
    """Return the rule that a file holds, with everything that is wrong with the file.

    ``known`` are the ids of metrics and readings a rule may name. Without a provenance the rule
    counts as shipped. Examples that fail are issues of ``example_level``.

    >>> empty = Source(file="x.toml", text="", data={})
    >>> [issue.column for issue in compiled(empty, known=()).issues][:2]
    ['metric', 'condition']
    """
    issues: list[Issue] = []
    fields = Fields(source=source, issues=issues, data=source.data)
    metric = check_metric(fields, "metric", known)
    inner = fields.table("condition", required=True)
    condition = None if inner is None else read_condition(inner, metric=metric, known=known)
    rule = _rule(
        fields,
        metric=metric,
        condition=condition or _NO_CONDITION,
        examples=_examples(fields, condition, known=known, level=example_level),
        provenance=provenance or Provenance(origin=Origin.SHIPPED, files=(source.file,)),
    )
    fields.finish()
    _check_loudness(fields, rule)
    refused = any(issue.level is Level.ERROR for issue in issues)
    return Compiled(rule=None if refused else rule, issues=tuple(issues))


def _examples(
    fields: Fields, condition: Condition | None, *, known: Collection[str], level: Level
) -> Examples:
    inner = fields.table("examples", required=True)
    if inner is None:
        return {"firing": (), "quiet": ()}
    before = len(fields.issues)
    examples = read_examples(inner, main=(condition or _NO_CONDITION).main, known=known)
    if condition is not None and len(fields.issues) == before:
        check_examples(inner, examples, condition=condition, level=level)
    return examples


def _rule(
    fields: Fields,
    *,
    metric: str,
    condition: Condition,
    examples: Examples,
    provenance: Provenance,
) -> Rule:
    allowed = placeholders(level=condition.main.against is Against.LEVEL)
    doubt = condition.report_doubt
    return Rule(
        id=fields.string("id", required=True) or "–",
        topic=fields.choice("topic", Topic, required=True) or Topic.DATA_QUALITY,
        metric=metric,
        name=fields.text("name"),
        title=fields.text("title", allowed=allowed, required=True) or _NO_TEXT,
        doubt=fields.text("doubt", allowed=allowed, required=doubt),
        condition=condition,
        severity=fields.choice("severity", Severity, required=True) or Severity.NOTE,
        advice=fields.text("advice", allowed=allowed, required=True) or _NO_TEXT,
        settle=fields.text("settle", allowed=allowed, required=doubt),
        lens=fields.choice("lens", Lens, required=True) or Lens.PAIN,
        source=fields.text("source", required=True) or _NO_TEXT,
        confidence=fields.choice("confidence", Confidence, required=True) or Confidence.WEAK,
        author=fields.string("author", required=True) or "–",
        written_on=fields.day("written_on", required=True) or date.min,
        limits=fields.text("limits", required=True) or _NO_TEXT,
        firing=examples["firing"],
        quiet=examples["quiet"],
        status=fields.choice("status", Status) or Status.ACTIVE,
        changed_on=fields.day("changed_on"),
        version=fields.whole("version", default=1),
        origin=provenance.origin,
        files=provenance.files,
    )


def _check_loudness(fields: Fields, rule: Rule) -> None:
    if rule.confidence is Confidence.WEAK and rule.severity not in QUIET_SEVERITIES:
        fields.complain("weak_too_loud", "severity", value=rule.severity.value)

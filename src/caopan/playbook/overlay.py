"""A workspace's own edits of the handbook, laid over the shipped rules by id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from caopan.facts.issue import Issue, Level
from caopan.playbook.compiler import Compiled, Provenance, compiled
from caopan.playbook.complaint import complaint
from caopan.playbook.reader import read_sources
from caopan.playbook.rule import Origin, Rule
from caopan.playbook.source import Source

LADDER_FILE, LINE_UP_FILE, GROWTH_FILE = "ladder.toml", "lineup.toml", "growth.toml"
"""The files of an overlay folder that are no rules."""


def overlaid(
    rules: Mapping[str, Rule],
    *,
    sources: Mapping[str, Source],
    folder: Path,
    known: Collection[str],
) -> tuple[dict[str, Rule], list[Issue]]:
    """Return the rules with a folder's edits (覆盖) laid over them, and every issue.

    A file names a rule by its ``id`` and holds only the fields that change; tables are merged field
    by field, arrays are replaced. A file with a new id is a new rule and must be complete. A file
    that is not sound is an issue, and the rule beneath stays as it was. ``sources`` are the shipped
    files by rule id. A folder that is not there changes nothing.

    >>> overlaid({}, sources={}, folder=Path("no-such-folder"), known=())
    ({}, [])

    Raises:
        OSError: the folder or a file cannot be opened.
    """
    result = dict(rules)
    if not folder.is_dir():
        return result, []
    edits, issues = read_sources(folder, skip=(LADDER_FILE, LINE_UP_FILE, GROWTH_FILE))
    seen: dict[str, str] = {}
    for edit in edits:
        id_ = edit.data.get("id")
        if isinstance(id_, str) and id_ in seen:
            issues.append(
                complaint(
                    "twice",
                    file=edit.file,
                    row=edit.line(("id",)),
                    field="id",
                    value=id_,
                    other=seen[id_],
                )
            )
            continue
        outcome = _laid(edit, sources.get(id_) if isinstance(id_, str) else None, known=known)
        issues.extend(outcome.issues)
        if outcome.rule:
            seen[outcome.rule.id] = edit.file
            result[outcome.rule.id] = outcome.rule
    return result, issues


def _laid(edit: Source, base: Source | None, *, known: Collection[str]) -> Compiled:
    """Return what one edit gives, over the shipped file of its id where there is one."""
    if base is None:
        provenance = Provenance(origin=Origin.ADDED, files=(edit.file,))
        return compiled(edit, known=known, provenance=provenance)
    return compiled(
        Source(file=edit.file, text=edit.text, data=merged(base.data, edit.data)),
        known=known,
        provenance=Provenance(origin=Origin.CHANGED, files=(base.file, edit.file)),
        example_level=Level.ERROR if "examples" in edit.data else Level.WARNING,
    )


def merged(base: Mapping[str, object], edit: Mapping[str, object]) -> dict[str, object]:
    """Return the tables of a file with those of an edit laid over them.

    >>> merged({"a": {"x": 1, "y": 2}, "b": [1]}, {"a": {"y": 3}, "b": [4]})
    {'a': {'x': 1, 'y': 3}, 'b': [4]}
    """
    result = dict(base)
    for name, value in edit.items():
        under = result.get(name)
        if isinstance(under, dict) and isinstance(value, dict):
            result[name] = merged(under, value)
        else:
            result[name] = value
    return result

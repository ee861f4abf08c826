"""Every campaign template of a workspace: those shipped, with its own laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.playbook.campaign import Level, Template
from caopan.playbook.campaign_compiler import compiled_template
from caopan.playbook.complaint import complaint
from caopan.playbook.overlay import merged
from caopan.playbook.reader import read_sources, shipped
from caopan.playbook.rule import Origin, Status
from caopan.playbook.source import Source

FOLDER = "campaigns"
"""The folder of templates: among the shipped rules, and in a workspace's own playbook."""
ORDER = (Level.S, Level.A, Level.B)


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates in force, the largest level first, and what is wrong with their files."""

    templates: tuple[Template, ...]
    issues: tuple[Issue, ...] = ()

    def template(self, id_: str) -> Template | None:
        """Return one by id, None where there is none.

        >>> Templates(templates=()).template("s") is None
        True
        """
        return next((one for one in self.templates if one.id == id_), None)

    def of_level(self, level: Level) -> tuple[Template, ...]:
        """Return those of a level that are used, in the order of their ids.

        >>> Templates(templates=()).of_level(Level.S)
        ()
        """
        return tuple(one for one in self.templates
                     if one.level is level and one.status is Status.ACTIVE)


def campaign_templates(folder: Path | None = None) -> Templates:
    """Return the templates in force: a workspace's ``playbook/campaigns`` laid over those shipped.

    A file names a template by its ``id``, which is the file's name, and holds only what changes;
    one that is not sound is an issue, and the template beneath stays as it was.

    Args:
        folder: the workspace's playbook; None: the shipped templates alone.

    >>> [one.id for one in campaign_templates().templates]
    ['s', 'a', 'b']

    Raises:
        OSError: a file cannot be opened.
    """
    sources, issues = read_sources(shipped().joinpath(FOLDER))
    found: dict[str, Template] = {}
    known = {source.file: source for source in sources}
    for source in sources:
        _take(source, found, issues)
    own = folder / FOLDER if folder is not None else None
    if own is not None and own.is_dir():
        edits, wrong = read_sources(own)
        issues += wrong
        for edit in edits:
            base = known.get(edit.file)
            laid = edit if base is None else Source(
                file=edit.file, text=edit.text, data=merged(base.data, edit.data))
            _take(laid, found, issues, files=() if base is None else (base.file,),
                  origin=Origin.ADDED if base is None else Origin.CHANGED)
    ordered = sorted(found.values(), key=lambda one: (ORDER.index(one.level), one.id))
    return Templates(templates=tuple(ordered), issues=tuple(issues))


def _take(source: Source, found: dict[str, Template], issues: list[Issue], *,
          origin: Origin = Origin.SHIPPED, files: tuple[str, ...] = ()) -> None:
    made, wrong = compiled_template(source, origin=origin, files=files)
    issues += wrong
    if made is None:
        return
    if source.file != f"{made.id}.toml":
        issues.append(complaint("id_not_file", file=source.file, row=source.line(("id",)),
                                field="id", value=made.id))
        return
    found[made.id] = made

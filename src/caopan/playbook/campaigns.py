"""Every campaign template of a workspace: those shipped, with its own laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.playbook.campaign import Level, Template
from caopan.playbook.campaign_compiler import compiled_template
from caopan.playbook.overlaid import overlaid
from caopan.playbook.rule import Status

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
    found = overlaid(FOLDER, compiled_template, folder=folder)
    ordered = sorted(found.pages.values(), key=lambda one: (ORDER.index(one.level), one.id))
    return Templates(templates=tuple(ordered), issues=tuple(found.issues))

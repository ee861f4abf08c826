"""The pages of one folder of the handbook, with a workspace's own laid over those shipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from caopan.facts.issue import Issue
from caopan.playbook.complaint import complaint
from caopan.playbook.overlay import merged
from caopan.playbook.reader import read_sources, shipped
from caopan.playbook.rule import Origin
from caopan.playbook.source import Source


class Page(Protocol):
    """What a file of the folder becomes: its id is the file's name."""

    @property
    def id(self) -> str:
        """Return the id."""
        ...


Made = TypeVar("Made", bound=Page)
Made_co = TypeVar("Made_co", bound=Page, covariant=True)


class Compile(Protocol[Made_co]):
    """Reads one source; None where it is not sound, with what is wrong with it."""

    def __call__(self, source: Source, *, origin: Origin,
                 files: tuple[str, ...]) -> tuple[Made_co | None, list[Issue]]:
        """Return the page and its issues."""
        ...


@dataclass(slots=True)
class Overlaid(Generic[Made]):
    """Pages by id as they are in force, and what is wrong with their files."""

    compiled: Compile[Made]
    pages: dict[str, Made] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def take(self, source: Source, *, origin: Origin = Origin.SHIPPED,
             files: tuple[str, ...] = ()) -> None:
        """Put a page in force; one that is not sound leaves what is beneath it as it was."""
        made, wrong = self.compiled(source, origin=origin, files=files)
        self.issues += wrong
        if made is None:
            return
        if source.file != f"{made.id}.toml":
            self.issues.append(complaint("id_not_file", file=source.file,
                                         row=source.line(("id",)), field="id", value=made.id))
            return
        self.pages[made.id] = made


def overlaid(name: str, compiled: Compile[Made], *, folder: Path | None) -> Overlaid[Made]:
    """Return the pages of a folder, a workspace's own laid over those shipped.

    A file names a page by its ``id``, which is the file's name, and holds only what changes.

    Args:
        name: of the folder, among the shipped rules and in a workspace's playbook.
        compiled: reads one source.
        folder: the workspace's playbook; None: the shipped pages alone.

    >>> from caopan.playbook.card_compiler import compiled_card
    >>> overlaid("contingency", compiled_card, folder=None).pages["sell_out"].id
    'sell_out'

    Raises:
        OSError: a file cannot be opened.
    """
    sources, issues = read_sources(shipped().joinpath(name))
    found = Overlaid(compiled, issues=list(issues))
    known = {source.file: source for source in sources}
    for source in sources:
        found.take(source)
    own = folder / name if folder is not None else None
    if own is not None and own.is_dir():
        edits, wrong = read_sources(own)
        found.issues += wrong
        for edit in edits:
            base = known.get(edit.file)
            if base is None:
                found.take(edit, origin=Origin.ADDED)
                continue
            found.take(Source(file=edit.file, text=edit.text, data=merged(base.data, edit.data)),
                       origin=Origin.CHANGED, files=(base.file,))
    return found

"""Rule files read from a folder; the good ones load, the others give issues."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from importlib.resources.abc import Traversable

from caopan.facts.issue import Issue
from caopan.playbook.compiler import compiled
from caopan.playbook.complaint import complaint
from caopan.playbook.rule import Rule
from caopan.playbook.source import Source, parse

FILE_LIMIT = 65_536
"""Longest handbook file that is read, in bytes."""


def shipped() -> Traversable:
    """Return the folder of the rules that come with the product.

    >>> shipped().joinpath("ladder.toml").is_file()
    True
    """
    return files("caopan.playbook").joinpath("rules")


def read_source(entry: Traversable, *, file: str) -> Source | Issue:
    """Return a file's tables, or the issue that says why it cannot be read.

    >>> read_source(shipped().joinpath("ladder.toml"), file="ladder.toml").file
    'ladder.toml'

    Raises:
        OSError: the file cannot be opened.
    """
    with entry.open("rb") as stream:
        body = stream.read(FILE_LIMIT + 1)
    if len(body) > FILE_LIMIT:
        return complaint("too_long", file=file, limit=FILE_LIMIT)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return complaint("not_text", file=file)
    return parse(text.replace("\r\n", "\n"), file=file)


def read_sources(
    folder: Traversable, *, skip: Collection[str] = ()
) -> tuple[list[Source], list[Issue]]:
    """Return the TOML files of a folder by name, and an issue for each that cannot be read.

    >>> sources, issues = read_sources(shipped())
    >>> [source.file for source in sources], issues
    (['growth.toml', 'ladder.toml', 'lineup.toml'], [])

    Raises:
        OSError: the folder or a file cannot be opened.
    """
    sources: list[Source] = []
    issues: list[Issue] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".toml") and entry.name not in skip and entry.is_file():
            source = read_source(entry, file=entry.name)
            (issues if isinstance(source, Issue) else sources).append(source)  # type: ignore[arg-type]
    return sources, issues


def read_rules(
    sources: list[Source], *, known: Collection[str]
) -> tuple[dict[str, Rule], list[Issue]]:
    """Return the sound rules by id, in the order of their files, and every issue.

    A rule's id is its file's name without ``.toml``.

    >>> read_rules([], known=())
    ({}, [])
    """
    rules: dict[str, Rule] = {}
    issues: list[Issue] = []
    for source in sources:
        result = compiled(source, known=known)
        issues.extend(result.issues)
        if result.rule is None:
            continue
        if source.file != f"{result.rule.id}.toml":
            issues.append(_misnamed(source, result.rule.id))
            continue
        rules[result.rule.id] = result.rule
    return rules, issues


def _misnamed(source: Source, id_: str) -> Issue:
    return complaint(
        "id_not_file", file=source.file, row=source.line(("id",)), field="id", value=id_
    )

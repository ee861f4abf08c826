"""The handbook as a workspace edits it: a rule's own page, its history, and a rehearsal."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from caopan.facts.issue import Issue, Level
from caopan.playbook.document import rule_document
from caopan.playbook.handbook import Handbook, handbook
from caopan.playbook.reader import FILE_LIMIT, read_sources, shipped
from caopan.playbook.rule import Rule
from caopan.playbook.source import parse
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text

FOLDER = "playbook"
KIND = "handbook_page"
_ID = re.compile(r"[a-z][a-z0-9_]{0,79}")
_DRAFT = "draft.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version (版本) of a workspace's own page; ``text`` is None where it was taken back."""

    made_at: datetime
    text: str | None

    def document(self) -> dict[str, object]:
        """Return the version as a JSON row; ``text`` is null where it was taken back."""
        return {"made_at": self.made_at, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A rule as it is in force, the file it was shipped as, and the workspace's own page.

    ``shipped`` is None for a rule that the workspace added; ``own`` is None where it changed
    nothing. ``editions`` stand latest first.
    """

    rule: Rule
    shipped: str | None
    own: str | None
    editions: tuple[Edition, ...]

    def document(self, language: Language) -> dict[str, object]:
        """Return the page as JSON: the rule in force, both files, every version."""
        return {"rule": rule_document(self.rule, language=language), "shipped": self.shipped,
                "own": self.own, "editions": [one.document() for one in self.editions]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a page would become: the rule where it is sound, and every problem with its line."""

    rule: Rule | None
    issues: tuple[Issue, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether the page may be kept."""
        return self.rule is not None and not any(
            issue.level is Level.ERROR for issue in self.issues)

    def document(self, language: Language) -> dict[str, object]:
        """Return what was found as JSON."""
        return {"sound": self.is_sound,
                "rule": self.rule and rule_document(self.rule, language=language),
                "issues": [issue.document(language) for issue in self.issues]}


def book(store: Store) -> Handbook:
    """Return the handbook in force: the shipped one under the workspace's own pages."""
    folder = _folder(store)
    return handbook(folder if folder.is_dir() else None)


def page(store: Store, name: str) -> Page:
    """Return one rule's page.

    Raises:
        UnknownRuleError: the handbook has no such rule.
    """
    rule = book(store).rule(name)
    if rule is None:
        raise UnknownRuleError(name)
    own = _own_file(store, name)
    return Page(rule=rule, shipped=_shipped(name), editions=editions(store, name),
                own=own.read_text(encoding="utf-8") if own else None)


def check(name: str, text: str) -> Draft:
    """Return what a text would make of a rule; nothing is written.

    Its examples run, as they do for every rule.
    """
    body = _lines(text)
    if len(body.encode()) > FILE_LIMIT or not _ID.fullmatch(name):
        return Draft(rule=None, issues=(Issue(level=Level.ERROR, message=_strange(name)),))
    told = parse(body, file=_DRAFT)
    if isinstance(told, Issue):
        return Draft(rule=None, issues=(told,))
    if told.data.get("id") != name:
        return Draft(rule=None, issues=(Issue(
            level=Level.ERROR, message=_other_id(name, told.data.get("id")), file=_DRAFT,
            row=told.line(("id",)), column="id"),))
    with tempfile.TemporaryDirectory() as kept:
        Path(kept, _DRAFT).write_text(body, encoding="utf-8")
        made = handbook(Path(kept))
    issues = tuple(issue for issue in made.issues if issue.file == _DRAFT)
    failed = any(issue.level is Level.ERROR for issue in issues)
    return Draft(rule=None if failed else made.rule(name), issues=issues)


def keep(store: Store, name: str, text: str, *, now: datetime) -> Rule:
    """Keep a page as the workspace's own; the earlier one stays in the history.

    Raises:
        UnsoundPageError: the page is not sound; it names every problem.
    """
    draft = check(name, text)
    if draft.rule is None or not draft.is_sound:
        raise UnsoundPageError(draft.issues)
    target = _own_file(store, name) or _folder(store) / f"{name}.toml"
    _write(target, _lines(text))
    _remember(store, name, _lines(text), now=now)
    return draft.rule


def take_back(store: Store, name: str, *, now: datetime) -> None:
    """Take the workspace's own page back; the shipped rule is in force again.

    Raises:
        UnknownRuleError: the workspace has no page of its own for it.
    """
    own = _own_file(store, name)
    if own is None:
        raise UnknownRuleError(name)
    own.unlink()
    _remember(store, name, None, now=now)


def editions(store: Store, name: str) -> tuple[Edition, ...]:
    """Return every version of a workspace's own page, the latest first."""
    return tuple(Edition(made_at=document.made_at, text=document.body["text"])
                 for document in reversed(store.documents(KIND))
                 if document.body["rule"] == name)


def drafted(store: Store, name: str, text: str) -> Handbook:
    """Return the whole handbook as it would be with a page.

    Raises:
        UnsoundPageError: the page is not sound.
    """
    draft = check(name, text)
    if not draft.is_sound:
        raise UnsoundPageError(draft.issues)
    with tempfile.TemporaryDirectory() as kept:
        folder = _folder(store)
        own = _own_file(store, name)
        for path in folder.glob("*.toml") if folder.is_dir() else ():
            if path != own:
                Path(kept, path.name).write_bytes(path.read_bytes())
        Path(kept, f"{name}.toml").write_text(_lines(text), encoding="utf-8")
        return handbook(Path(kept))


def beginning(rule: Rule) -> str:
    """Return the text with which an own page begins: the id, and what is most often changed.

    >>> from caopan.playbook.handbook import handbook
    >>> beginning(handbook().rule("traffic_viewers_fell")).splitlines()[0]
    'id = "traffic_viewers_fell"'
    """
    return (f'id = "{rule.id}"\nseverity = "{rule.severity.value}"\n'
            f'status = "{rule.status.value}"\n')


def _folder(store: Store) -> Path:
    return Path(store.folder.root) / FOLDER


def _own_file(store: Store, name: str) -> Path | None:
    """Return the file of the workspace that holds a rule's page, whatever it is called."""
    folder = _folder(store)
    if not folder.is_dir():
        return None
    return next((folder / source.file for source in read_sources(folder)[0]
                 if source.data.get("id") == name), None)


def _shipped(name: str) -> str | None:
    entry: Traversable = shipped().joinpath("diagnosis", f"{name}.toml")
    return entry.read_text(encoding="utf-8") if entry.is_file() else None


def _write(path: Path, text: str) -> None:
    """Write a page whole: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _remember(store: Store, name: str, text: str | None, *, now: datetime) -> None:
    body: Mapping[str, Any] = {"rule": name, "text": text}
    store.put_document(KIND, body, inputs_hash=name, now=now)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strange(name: str) -> Message:
    return Message(
        key="strange_page", values={"name": name[:80], "limit": FILE_LIMIT},
        text=Text(zh="规则编号 {name} 或这一页的长度不合规矩（最长 {limit} 字节）",
                  en="the rule id {name} or the page's length is out of bounds (at most {limit} "
                     "bytes)"))


def _other_id(name: str, found: object) -> Message:
    return Message(
        key="other_id", values={"name": name, "found": str(found)[:80]},
        text=Text(zh="这一页写的 id 是 {found}，不是 {name}",
                  en="the page's id is {found}, not {name}"),
        hint=Text(zh='第一行写 id = "{name}"', en='write id = "{name}" on the first line'))


class UnknownRuleError(CaopanError):
    """Raised when the handbook has no such rule."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_rule", values={"name": name[:80]},
            text=Text(zh="手册里没有规则 {name}", en="the handbook has no rule {name}"),
            hint=Text(zh="在手册页里按名字找", en="find it by name on the handbook's page")))


class UnsoundPageError(CaopanError):
    """Raised when a page of the handbook cannot be kept; ``issues`` say why."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        """Say how many problems there are."""
        super().__init__(Message(
            key="unsound_page", values={"n": len(issues)},
            text=Text(zh="这一页有 {n} 处问题，没有保存",
                      en="problems: {n}; the page was not kept"),
            hint=Text(zh="按列出的行号改好再存", en="mend the lines that are named, then keep it")))
        self.issues = tuple(issues)

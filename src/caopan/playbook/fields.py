"""A table of a handbook file, read field by field; what is wrong is collected with its place."""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from caopan.facts.issue import Issue, Level
from caopan.playbook.complaint import complaint
from caopan.playbook.source import Source
from caopan.units.message import LANGUAGES, Text

Choice = TypeVar("Choice", bound=StrEnum)

STRING = ("一段文字", "a text in quotes")
NUMBER = ("数字", "a number")
WHOLE = ("不小于 0 的整数", "a whole number >= 0")
FLAG = ("true 或 false", "true or false")
DAY = ("日期，例如 2026-03-01", "a date such as 2026-03-01")
TABLE = ("一张表", "a table")
TABLES = ("一组表", "an array of tables")
LARGEST = 10**15
"""Largest whole number a limit may be, far above any GMV in minor units."""

NUMBERS = ("一组正整数", "a list of whole numbers above 0")


@dataclass(slots=True, kw_only=True)
class Fields:
    """One table being read: each call takes one field, and ``finish`` names those left over."""

    source: Source
    issues: list[Issue]
    data: dict[str, object]
    path: tuple[str, ...] = ()
    taken: list[str] = field(default_factory=list)

    def complain(self, key: str, *inner: str, **values: object) -> None:
        """Add an error about a field, or about the table itself, at its line.

        Raises:
            KeyError: there is no such complaint.
        """
        self.remark(Level.ERROR, key, *inner, **values)

    def remark(self, level: Level, key: str, *inner: str, **values: object) -> None:
        """Add an issue of a level about a field, or about the table itself, at its line.

        Raises:
            KeyError: there is no such complaint.
        """
        path = (*self.path, *inner)
        self.issues.append(
            complaint(
                key,
                file=self.source.file,
                row=self.source.line(path),
                field=_spoken(path),
                level=level,
                **values,
            )
        )

    def raw(self, name: str, *, required: bool = False) -> object:
        """Return a field as written, None where it is absent."""
        self.taken.append(name)
        if required and name not in self.data:
            self.complain("missing_field", name)
        return self.data.get(name)

    def string(self, name: str, *, required: bool = False) -> str | None:
        """Return a text in one language, or None with an issue where it is something else."""
        value = self.raw(name, required=required)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._wrong(name, value, STRING)
        return None

    def number(self, name: str) -> float | None:
        """Return a finite number; yes and no are no numbers."""
        value = self.raw(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and _sane(value):
            return float(value)
        if value is not None:
            self._wrong(name, value, NUMBER)
        return None

    def whole(self, name: str, *, default: int) -> int:
        """Return a whole number >= 0."""
        value = self.raw(name)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._wrong(name, value, WHOLE)
        return default

    def flag(self, name: str) -> bool:
        """Return yes or no; absent is no."""
        value = self.raw(name)
        if value is not None and not isinstance(value, bool):
            self._wrong(name, value, FLAG)
        return value is True

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a date without a time of day."""
        value = self.raw(name, required=required)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self._wrong(name, value, DAY)
        return None

    def choice(self, name: str, options: type[Choice], *, required: bool = False) -> Choice | None:
        """Return one of a closed list of words."""
        value = self.raw(name, required=required)
        if value is None:
            return None
        if value in list(options):
            return options(str(value))
        self.complain("unknown_choice", name, value=value, choices=_listed(options))
        return None

    def text(
        self, name: str, *, allowed: tuple[str, ...] = (), required: bool = False
    ) -> Text | None:
        """Return a text in both languages whose placeholders are all among the allowed."""
        inner = self.table(name, required=required)
        if inner is None:
            return None
        said: dict[str, str] = {}
        for language in LANGUAGES:
            value = inner.raw(language)
            if isinstance(value, str) and value.strip():
                said[language] = value.strip()
                inner.check_placeholders(language, value, allowed)
            else:
                self.complain("missing_language", name, missing=language)
        inner.finish()
        return Text(**said) if len(said) == len(LANGUAGES) else None

    def check_placeholders(self, name: str, text: str, allowed: tuple[str, ...]) -> None:
        """Add an issue for every placeholder that will not be there when the text is printed."""
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            self.complain("broken_braces", name, value=text)
            return
        for _, used, spec, conversion in parts:
            if used is None or (used in allowed and not spec and not conversion):
                continue
            if not used:
                self.complain("broken_braces", name, value=text)
                continue
            shown = "".join(("{", used, f"!{conversion}" if conversion else "", spec or "", "}"))
            choices = _listed(f"{{{word}}}" for word in allowed) or "–"
            self.complain("unknown_placeholder", name, value=shown, choices=choices)

    def table(self, name: str, *, required: bool = False) -> Fields | None:
        """Return an inner table as fields of its own."""
        value = self.raw(name, required=required)
        if isinstance(value, dict):
            return self._inside(value, name)
        if value is not None:
            self._wrong(name, value, TABLE)
        return None

    def tables(self, name: str) -> tuple[Fields, ...]:
        """Return the inner tables of an array, each as fields of its own."""
        value = self.raw(name)
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            return tuple(self._inside(entry, name, str(place)) for place, entry in enumerate(value))
        if value is not None:
            self._wrong(name, value, TABLES)
        return ()

    def finish(self) -> None:
        """Add an issue for every field that nothing has asked for."""
        for name in self.data:
            if name not in self.taken:
                close = difflib.get_close_matches(name, self.taken, n=3) or self.taken
                self.complain("unknown_field", name, choices=_listed(close))

    def _inside(self, data: dict[str, object], *path: str) -> Fields:
        return Fields(source=self.source, issues=self.issues, data=data, path=(*self.path, *path))

    def _wrong(self, name: str, value: object, wanted: tuple[str, str]) -> None:
        self.complain("wrong_type", name, value=value, wanted_zh=wanted[0], wanted_en=wanted[1])


def _sane(value: float) -> bool:
    """Return whether a number is finite and fits where numbers are kept."""
    return -LARGEST <= value <= LARGEST


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _spoken(path: tuple[str, ...]) -> str | None:
    """Return a path as a person writes it, positions counted from one."""
    shown = [f"[{int(part) + 1}]" if part.isdigit() else f".{part}" for part in path]
    return "".join(shown).lstrip(".") or None

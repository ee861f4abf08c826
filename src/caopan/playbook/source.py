"""A handbook file as written: its text, its tables, and the line a field stands on."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from caopan.facts.issue import Issue
from caopan.playbook.complaint import complaint

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_FIELD = re.compile(r"""^\s*["']?([A-Za-z0-9_.-]+)["']?\s*=""")
_FENCE = re.compile(r'"""|' + "'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One TOML file: ``file`` names it to people, ``data`` are its tables, ``text`` its lines."""

    file: str
    text: str
    data: dict[str, object]

    def line(self, path: tuple[str, ...]) -> int | None:
        r"""Return the 1-based line on which a field stands, or the nearest table around it.

        An entry of an array of tables is named by its 0-based position: ``("examples", "1")``.

        >>> source = parse('a = 1\n[b]\nc = 2\n', file="x.toml")
        >>> source.line(("b", "c")), source.line(("b", "missing")), source.line(("none",))
        (3, 2, None)
        """
        places = _places(self.text)
        for size in range(len(path), 0, -1):
            if path[:size] in places:
                return places[path[:size]]
        return None


def parse(text: str, *, file: str) -> Source | Issue:
    """Return a TOML text as a source, or the issue that says where it breaks.

    >>> parse("a = ", file="x.toml").row
    1
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        place = _PLACE.search(str(broken))
        row = int(place.group(1)) if place else text.count("\n") + 1
        reason = _PLACE.sub("", str(broken)).strip()
        return complaint("not_toml", file=file, row=row, reason=reason)
    except RecursionError:
        return complaint("not_toml", file=file, reason="nested too deeply")
    return Source(file=file, text=text, data=data)


def _places(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of every table header and of every field that starts a line."""
    places: dict[tuple[str, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), start=1):
        header, field = _HEADER.match(line), _FIELD.match(line)
        if not quoted and header and "=" not in line.split("#")[0]:
            table = _named(header.group(1), counts, array=line.lstrip().startswith("[["))
            places.setdefault(table, number)
        elif not quoted and field:
            places.setdefault((*table, *field.group(1).split(".")), number)
        quoted ^= len(_FENCE.findall(line)) % 2 == 1
    return places


def _named(header: str, counts: dict[tuple[str, ...], int], *, array: bool) -> tuple[str, ...]:
    """Return a header as a path, with its position where it is one of an array of tables."""
    path = tuple(part.strip() for part in header.split("."))
    if not array:
        return path
    position = counts.get(path, 0)
    counts[path] = position + 1
    return (*path, str(position))

"""Which layout a table follows, by its header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePath

from caopan.facts.schema import TABLES
from caopan.ingest.fit import Fit, fit
from caopan.ingest.grid import Grid
from caopan.ingest.header import Header, candidates, folded, guessed
from caopan.ingest.layout import Field, Layout
from caopan.ingest.messages import message, refusal
from caopan.ingest.synonyms import SYNONYMS
from caopan.units.message import Message, Text

_LISTED = 12
_ALIKE = 0.6
"""Likeness of two names from which one is probably meant to be the other."""
_COMPARED, _LONG = 40, 80
"""Unknown columns that are compared, and how much of each."""
_TABLE_ORDER = tuple(TABLES)
MISFITS = frozenset({"unknown_columns", "duplicate_columns"})
"""What is said of a table that comes near a layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The layout of one table (认出的版式), and why."""

    fit: Fit
    reasons: tuple[Text, ...]


def recognise(grid: Grid, *, layouts: Sequence[Layout], file: str) -> Recognised | Message:
    """Return the layout a table follows, or why none fits: the difference to the nearest one.

    Layouts are tried in the order of how much of them is found; the file's stem settles a tie
    between layouts that both fit, and nothing else.
    """
    fits = sorted(_fits(grid, layouts), key=lambda each: each.rank, reverse=True)
    whole = [each for each in fits if each.whole]
    if whole:
        best = _settled(whole, PurePath(file).name.split(".")[0])
        return Recognised(fit=best, reasons=_reasons(best, grid))
    near = _nearest(fits)
    return _unknown(grid) if near is None else _difference(near)


def nearest(grid: Grid, *, layouts: Sequence[Layout]) -> Fit | None:
    """Return the layout that a table nearly follows; None where one fits whole, or none nearly."""
    fits = list(_fits(grid, layouts))
    return None if any(each.whole for each in fits) else _nearest(fits)


def meant(near: Fit) -> dict[str, Field | None]:
    """Return for each unknown column the field of the layout that it is probably meant to be.

    Each field is meant once, by the column most like it.
    """
    free = {folded(each.header): each for each in near.spare}
    found: dict[str, Field | None] = dict.fromkeys(near.unknown)
    pairs = sorted(((_likeness(folded(name), free[known]), name, known)
                    for name in near.unknown[:_COMPARED] for known in free), reverse=True)
    for likeness, name, known in pairs:
        if likeness >= _ALIKE and found[name] is None and known in free:
            found[name] = free.pop(known)
    return found


def _likeness(name: str, field: Field) -> float:
    """Return how much a name is like a field's, 0-1; what operators call the column is the same."""
    if name in map(folded, SYNONYMS.get(field.to or "", ())):
        return 1.0
    return SequenceMatcher(None, name[:_LONG], folded(field.header)).ratio()


def wanted(layouts: Sequence[Layout], source: str | None) -> list[Layout]:
    """Return the layouts of one source: a layout's name, or a platform's.

    Raises:
        FileRefusedError: nothing is called so.
    """
    if source is None:
        return list(layouts)
    chosen = [each for each in layouts if source in {each.name, each.platform}]
    if not chosen:
        names = sorted({each.platform for each in layouts} | {each.name for each in layouts})
        raise refusal(key="unknown_source", source=source, known=", ".join(names))
    return chosen


def _fits(grid: Grid, layouts: Sequence[Layout]) -> Iterator[Fit]:
    wanted_names = [(layout, {folded(each.header) for each in layout.fields})
                    for layout in layouts]
    for header in candidates(grid.head):
        names = {folded(name) for name in header.names}
        for layout, known in wanted_names:
            if not names.isdisjoint(known):
                yield fit(layout, header)


def _settled(whole: list[Fit], stem: str) -> Fit:
    named = [each for each in whole if each.layout.stem and each.layout.stem == stem]
    top = [each for each in whole if each.header.row == whole[0].header.row]
    return next((each for each in named if each in top), whole[0])


def _closeness(each: Fit) -> tuple[int, int, int, tuple[int, int, int]]:
    """Return what orders near misses: matched columns, near names, the main table, the rank."""
    matched = len(each.bindings) - len(each.missing) - len(each.unknown) - len(each.twice)
    alike = sum(field is not None for field in meant(each).values())
    return matched, alike, -_TABLE_ORDER.index(each.layout.table), each.rank


def _nearest(fits: Sequence[Fit]) -> Fit | None:
    return max((each for each in fits if each.near), key=_closeness, default=None)


def _reasons(best: Fit, grid: Grid) -> tuple[Text, ...]:
    known, total = len(best.bindings), sum(bool(name) for name in best.header.names)
    row, form = best.header.row, grid.form.replace("{", "(").replace("}", ")")
    reasons = [
        Text(zh=f"表头在第 {row} 行", en=f"the header is in row {row}"),
        Text(zh=f"{total} 列里认出 {known} 列", en=f"{known} of {total} columns are known"),
        Text(zh=f"文件形态：{form}", en=f"form: {form}"),
    ]
    if not best.layout.verified:
        reasons.append(Text(zh="这个版式还没有用真实文件核对过",
                            en="this layout has not been checked against a real file yet"))
    return tuple(reasons)


def _difference(near: Fit) -> Message:
    twice = _listed(list(dict.fromkeys(near.twice)))
    if not near.missing and not near.unknown:
        return message("duplicate_columns", columns=twice)
    lacking = [each.header for each in near.missing]
    strange = [(name, field.header if field else None) for name, field in meant(near).items()]
    missing, unknown = _listed(lacking), _listed(strange)
    return message("unknown_columns", layout=near.layout.name, missing=missing, unknown=unknown,
                   lacking=lacking, strange=[list(pair) for pair in strange],
                   missing_zh=missing or "无", missing_en=missing or "none",
                   unknown_zh=unknown or "无", unknown_en=unknown or "none",
                   twice_zh=f"；重复：{twice}" if twice else "",
                   twice_en=f"; more than once: {twice}" if twice else "")


def _unknown(grid: Grid) -> Message:
    header: Header | None = guessed(grid.head)
    if header is None:
        return message("no_header", rows=len(grid.head))
    return message("unknown_layout", columns=_listed([name for name in header.names if name]))


def _listed(names: Sequence[str | tuple[str, str | None]]) -> str:
    """Return names in quotes, each with what it is probably meant to be; empty for no names."""
    more = f" … (+{len(names) - _LISTED})" if len(names) > _LISTED else ""
    return ", ".join(map(_quoted, names[:_LISTED])) + more


def _quoted(name: str | tuple[str, str | None]) -> str:
    if isinstance(name, str):
        return f"“{name}”"
    written, meant = name
    return f"“{written}” → “{meant}”?" if meant else f"“{written}”"

"""Which layout a table follows, by its header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from caopan.ingest.fit import Fit, fit
from caopan.ingest.grid import Grid
from caopan.ingest.header import Header, candidates, folded, guessed
from caopan.ingest.layout import Layout
from caopan.ingest.messages import message, refusal
from caopan.units.message import Message, Text

_LISTED = 12


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
    near = [each for each in fits if each.near]
    if near:
        return _difference(max(near, key=_closeness))
    return _unknown(grid)


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


def _closeness(each: Fit) -> tuple[int, tuple[int, int, int]]:
    return len(each.bindings) - len(each.missing) - len(each.unknown), each.rank


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
    return message("unknown_columns", layout=near.layout.name,
                   missing=_listed([each.header for each in near.missing]),
                   unknown=_listed(near.unknown))


def _unknown(grid: Grid) -> Message:
    header: Header | None = guessed(grid.head)
    if header is None:
        return message("no_header", rows=len(grid.head))
    return message("unknown_layout", columns=_listed([name for name in header.names if name]))


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - _LISTED})" if len(names) > _LISTED else ""
    return ", ".join(f"“{name}”" for name in names[:_LISTED]) + more if names else "—"

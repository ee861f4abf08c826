"""A field of cells on two axes, as the client draws it; the charts of the kind share it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from caopan.web.console.chart.key import Key, Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell at a column and a row, both from 0; ``n`` is how much data stand behind it."""

    column: int
    row: int
    value: float | None
    n: int
    name: str = ""


def field(
    cells: Iterable[Cell], *, columns: list[str], rows: list[str], inked: bool,
) -> dict[str, object]:
    """Return what the client draws from; ``inked`` writes each value into its cell.

    >>> field([Cell(column=0, row=1, value=2.0, n=3)], columns=["a"], rows=["b", "c"],
    ...       inked=True)["cells"]
    [[0, 1, 2.0, 3, '']]
    """
    return {"columns": columns, "rows": rows, "inked": inked,
            "cells": [[cell.column, cell.row, cell.value, cell.n, cell.name] for cell in cells]}


def scale_key(
    cells: Iterable[Cell], *, said: Callable[[float | None], str],
) -> tuple[Key, ...]:
    """Return the key of the colours: the lowest and the highest value.

    >>> scale_key([Cell(column=0, row=0, value=2.0, n=1)], said=str)[0].label
    '2.0 → 2.0'
    """
    found = ends(cells)
    if found is None:
        return ()
    return (Key(sign=Sign.SCALE, label=f"{said(found[0].value)} → {said(found[1].value)}"),)


def ends(cells: Iterable[Cell]) -> tuple[Cell, Cell] | None:
    """Return the lowest and the highest cell, None where no value is known.

    >>> ends([Cell(column=0, row=0, value=None, n=0)]) is None
    True
    """
    known = [(cell.value, index, cell) for index, cell in enumerate(cells)
             if cell.value is not None]
    return (min(known)[2], max(known)[2]) if known else None

"""Workbooks (.xlsx, .xlsm, .xls, .ods) through calamine: values only, no macro is ever run."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

import numpy as np
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from caopan.ingest.ahead import ahead
from caopan.ingest.cells import Cells, from_values, joined
from caopan.ingest.damage import damaged
from caopan.ingest.grid import HEAD_ROWS, Block
from caopan.ingest.limits import LIMITS, Limits
from caopan.ingest.messages import refusal
from caopan.ingest.problems import Problems
from caopan.ingest.sniff import Form
from caopan.ingest.workbook import inspect

_SLICES, _SLICE = 20, 1_000
"""Slices of a stretch, and rows turned into columns at once: they stay in the processor's cache,
which halves the time of twenty thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One visible sheet (工作表) of a workbook."""

    sheet: str
    form: str
    body: CalamineSheet = field(repr=False)
    head: list[list[str]]

    def blocks(self, *, after: int, width: int, problems: Problems) -> Iterator[Block]:  # noqa: ARG002 - a sheet has no ragged rows
        """Return the rows below row ``after``, a stretch ahead of who reads them."""
        yield from ahead(self._stretches(after, width))

    def _stretches(self, after: int, width: int) -> Iterator[Block]:
        rows = islice(self.body.iter_rows(), after, None)
        last = max(self.body.end[0] + 1 if self.body.end else 0, 1)
        while columns := _columns(rows, width):
            count = columns[0].length
            numbers = np.arange(after + 1, after + 1 + count)
            after += count
            yield Block(columns=columns, rows=numbers, share=min(after / last, 1.0))


def sheets(stream: BinaryIO, *, form: Form, limits: Limits = LIMITS) -> list[Sheet]:
    """Return the visible sheets that hold anything.

    Args:
        stream: the workbook, seekable; read at once.
        form: what the bytes are.
        limits: the bounds; a workbook that unpacks beyond them is refused before it is parsed.

    Raises:
        FileRefusedError: the workbook is damaged, protected, or too large.
    """
    if form is not Form.XLS:
        inspect(stream, limits=limits)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        names = [each.name for each in book.sheets_metadata
                 if each.visible is SheetVisibleEnum.Visible
                 and each.typ is SheetTypeEnum.WorkSheet]
        bodies = [book.get_sheet_by_name(name) for name in names]
    except PasswordError:
        raise refusal(key="password") from None
    except CalamineError as error:
        raise damaged(error) from None
    except BaseException as error:
        # The parser is written in Rust; its panics are no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(error) from None
    return [_sheet(body, form, limits) for body in bodies if body.height and body.width]


def _columns(rows: Iterator[Sequence[object]], width: int) -> tuple[Cells, ...]:
    """Return the columns of the next stretch; none at the end.

    The collector is held off meanwhile: it would walk every row of the stretch time and again,
    which doubles the time of reading, and rows hold no cycles.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        slices = [tuple(map(from_values, islice(zip(*some, strict=True), width)))
                  for _ in range(_SLICES) if (some := list(islice(rows, _SLICE)))]
    finally:
        if running:
            gc.enable()
    return tuple(map(joined, zip(*slices, strict=True)))


def _sheet(body: CalamineSheet, form: Form, limits: Limits) -> Sheet:
    width = body.end[1] + 1 if body.end else 0
    if width > limits.columns:
        raise refusal(key="too_many_columns", n=width, most=limits.columns)
    head = [[_word(value) for value in row] for row in islice(body.iter_rows(), HEAD_ROWS)]
    return Sheet(sheet=body.name, form=form.value, body=body, head=head)


def _word(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

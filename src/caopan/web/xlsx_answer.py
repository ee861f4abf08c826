"""A table as an Excel workbook to take away: numbers stay numbers, no text becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from starlette.responses import Response

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""What a cell of a workbook holds at most."""


def xlsx_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return rows as a workbook named ``name``; None is an empty cell."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return Response(xlsx_bytes(head, rows), media_type=KIND,
                    headers={"content-disposition": f'attachment; filename="{plain}"'})


def xlsx_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as a workbook of one sheet, the head frozen.

    >>> xlsx_bytes(["host"], [["=1+1"]])[:2]
    b'PK'
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True,
                                     "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, said in enumerate(head):
        sheet.write_string(0, column, said, bold)
    sheet.freeze_panes(1, 0)
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, bool | str | datetime):
                sheet.write_string(row, column, str(cell)[:LONGEST])
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None:
                sheet.write_number(row, column, cell)
    book.close()
    return out.getvalue()

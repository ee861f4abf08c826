"""A table as a CSV file to take away: opens in a spreadsheet, runs nothing there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from starlette.responses import Response

from caopan.facts.schema import FORMULA_STARTS

_FORMULA = re.compile(f"^'*[{re.escape(FORMULA_STARTS)}]")
_MARK = "\ufeff"
"""Spreadsheets read UTF-8 only behind this mark."""


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return rows as a CSV file named ``name``; None is an empty cell."""
    return Response(
        csv_text(head, rows), media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{_plain(name)}"'})


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as CSV text with a mark in front; texts that could be formulas are made texts.

    >>> csv_text(["host", "n"], [["=1+1", 3], ["晚晚", None]])
    "\ufeffhost,n\r\n'=1+1,3\r\n晚晚,\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([without_formula(cell) for cell in head])
    writer.writerows([without_formula(cell) for cell in row] for row in rows)
    return _MARK + out.getvalue()


def without_formula(cell: object) -> object:
    """Return a cell that no spreadsheet runs; numbers stay numbers, None is empty.

    >>> without_formula("@sum(A1)"), without_formula(-3), without_formula(None)
    ("'@sum(A1)", -3, '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)

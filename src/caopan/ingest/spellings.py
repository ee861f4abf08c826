"""One column, several spellings: exports of one layout name the same thing differently over time.

Each spelling is a field of its own; ``merged`` puts them together again. A header that is none of
the spellings is unknown and stops the file, so nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import Kind
from caopan.ingest.layout import Field

_MARK = "@"

SYMBOLS = ("Rp", "$", "£", "€", "₫", "฿", "RM", "₱", "S$", "US$", "R$", "MX$", "¥", "円")
"""Currency symbols that stand in brackets behind a header, as the shop's locale has it."""


def spelled(
    headers: Sequence[str], *, to: str | None, kind: Kind | None = None, read: str | None = None,
) -> tuple[Field, ...]:
    """Return one field for each spelling of a column, optional where there are several.

    ``kind`` is needed for a canonical or scratch column (an ``x_…`` column is text).

    >>> [field.to for field in spelled(["Items sold", "Units sold"], to="units", kind=Kind.COUNT)]
    ['units', 'units@2']
    """
    return tuple(
        Field(header=header, to=to and (to if place == 1 else f"{to}{_MARK}{place}"), kind=kind,
              read=read, required=len(headers) == 1)
        for place, header in enumerate(headers, start=1)
    )


def with_symbol(header: str) -> tuple[str, ...]:
    """Return the header with each currency symbol behind it.

    >>> with_symbol("GPM")[:2]
    ('GPM (Rp)', 'GPM ($)')
    """
    return tuple(f"{header} ({symbol})" for symbol in SYMBOLS)


def merged(rows: pa.Table) -> pa.Table:
    """Return the rows with all spellings of a column in one column; the first filled cell counts.

    >>> merged(pa.table({"units@2": [3, None], "_row": [1, 2]})).to_pylist()
    [{'_row': 1, 'units': 3}, {'_row': 2, 'units': None}]
    """
    spellings: dict[str, list[str]] = {}
    for name in rows.column_names:
        spellings.setdefault(name.partition(_MARK)[0], []).append(name)
    for target, names in spellings.items():
        if names == [target]:
            continue
        column = pc.coalesce(*(rows[name] for name in sorted(names)))
        rows = rows.drop_columns(names).append_column(target, column)
    return rows

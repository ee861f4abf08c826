"""One column of a file read as what its layout says it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from caopan.facts.schema import EXTRA_PREFIX, TABLES, Column, Kind
from caopan.ingest import duration, identifier, moment, money, number, province, word
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read
from caopan.ingest.fault import Codes, Fault
from caopan.ingest.layout import Field, LayoutMistakeError
from caopan.ingest.limits import LIMITS
from caopan.ingest.moment import Calendar

_SIGNED_PREFIX = "refund"
_PLAIN: dict[str, Callable[..., Read]] = {
    "text": word.text, "words": word.words, "flag": word.flag, "currency": word.currency,
    "id": identifier.read, "province": province.read,
}
_TIMES: dict[str, Callable[..., Read]] = {"instant": moment.read, "day": moment.days}
_MEASURES = frozenset({"count", "number", "money", "percent", *duration.UNITS})
_BUYERS = {"buyer": identifier.hashed, "own_buyer": identifier.hashed_once}
READERS = frozenset({*_PLAIN, *_TIMES, *_MEASURES, *_BUYERS, "choice"})
"""Every reader that ``Field.read`` may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one column is read: the reader's name, and what the reader needs."""

    name: str
    field: Field
    choices: tuple[str, ...] = ()
    signed: bool = False


def reader(field: Field, *, table: str) -> Reader:
    """Return how a field is read: by its own word, else by its canonical column's kind.

    >>> reader(Field(header="成交金额", to="gmv"), table="sessions").name
    'money'

    Raises:
        ValueError: a scratch column says neither kind nor reader.
    """
    column = _column(field, table)
    signed = field.signed or bool(column and column.signed) or (
        field.to or "").startswith(_SIGNED_PREFIX)
    choices = column.choices if column else ()
    return Reader(name=_name(field, column), field=field, choices=choices, signed=signed)


def read(cells: Cells, *, how: Reader, calendar: Calendar, currency: str | None,
         salt: bytes) -> Read:
    """Return the typed column and the fault of each row.

    Args:
        cells: the column as the file holds it.
        how: what ``reader`` returned.
        calendar: zone and year of its times.
        currency: the currency its signs must agree with; None: any.
        salt: the key of the hash of buyer ids.
    """
    values, codes = _read(cells, how, calendar, currency, salt)
    return values, _too_long(cells, codes)


def _read(cells: Cells, how: Reader, calendar: Calendar, currency: str | None,
          salt: bytes) -> Read:
    blanks = how.field.blank
    if how.name in _PLAIN:
        return _PLAIN[how.name](cells, blanks=blanks)
    if how.name in _TIMES:
        return _TIMES[how.name](cells, calendar=calendar, blanks=blanks)
    if how.name == "choice":
        return word.choice(cells, choices=how.choices, blanks=blanks)
    if how.name in _BUYERS:
        ids, codes = identifier.read(cells, blanks=blanks)
        return _BUYERS[how.name](ids, salt=salt), codes
    return _measure(cells, how, currency)


def _measure(cells: Cells, how: Reader, currency: str | None) -> Read:
    """Read a number of any sort."""
    blanks, name = how.field.blank, how.name
    if name in duration.UNITS:
        values, codes = duration.read(cells, unit=name, blanks=blanks)
    else:
        values, codes = number.read(cells, blanks=blanks, share=name in {"percent", "number"},
                                    currency=currency if name == "money" else None)
    if how.field.scale != 1.0:
        values = pc.multiply(values, how.field.scale)
    if not how.signed:
        negative = np.asarray(pc.less(values, 0.0).fill_null(fill_value=False))
        codes = np.where((codes == 0) & negative, np.uint8(Fault.NEGATIVE), codes)
    if name == "money":
        return money.minor(values, codes)
    if name == "count":
        return money.counts(values, codes)
    return values, codes


def _column(field: Field, table: str) -> Column | None:
    if field.to is None or field.to not in TABLES[table].names:
        return None
    return TABLES[table].column(field.to)


def _name(field: Field, column: Column | None) -> str:
    if field.read in READERS:
        return field.read
    if field.read:
        message = f"field {field.header!r} names no reader: {field.read!r}"
        raise LayoutMistakeError(message)
    if field.to == "buyer_id":
        return "buyer"
    if field.to == "currency":
        return "currency"
    kind = field.kind or (column.kind if column else None)
    if kind is None and (field.to or "").startswith(EXTRA_PREFIX):
        kind = Kind.TEXT
    if kind is None:
        message = f"field {field.header!r} fills scratch {field.to!r} but says no kind"
        raise LayoutMistakeError(message)
    if kind is Kind.TEXT and (field.to or "").endswith("_id"):
        return "id"
    return kind.value


def _too_long(cells: Cells, codes: Codes) -> Codes:
    if cells.texts is None or not len(cells.texts):
        return codes
    lengths = pc.binary_length(cells.texts)
    if (pc.max(lengths).as_py() or 0) <= LIMITS.cell:
        return codes
    long = np.asarray(pc.greater(lengths, LIMITS.cell).fill_null(fill_value=False))
    return np.where(long, np.uint8(Fault.TOO_LONG), codes)

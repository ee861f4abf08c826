"""One column as the file holds it, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

FORMS = ("texts", "numbers", "moments", "spans", "flags")
"""The forms a cell may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one column of one stretch of rows.

    Every row has at most one form that is not null: ``texts`` (string), ``numbers`` (int64 or
    double), ``moments`` (timestamp in us, without zone or in UTC), ``spans`` (double seconds) or
    ``flags`` (bool). A form that no row has is None.
    """

    length: int
    texts: pa.Array | None = None
    numbers: pa.Array | None = None
    moments: pa.Array | None = None
    spans: pa.Array | None = None
    flags: pa.Array | None = None

    def shown(self, row: int) -> str | None:
        """Return one cell as people would write it; None where it is blank.

        >>> Cells(length=1, numbers=pa.array([3.0])).shown(0)
        '3'
        """
        for form in (self.texts, self.numbers, self.moments, self.spans, self.flags):
            if form is not None and form[row].is_valid:
                value = form[row].as_py()
                whole = isinstance(value, float) and value.is_integer()
                return str(int(value)) if whole else str(value)
        return None

    def all_text(self) -> pa.Array:
        """Return every cell as text; blank cells are null.

        >>> Cells(length=2, numbers=pa.array([3.0, 1.5])).all_text().to_pylist()
        ['3', '1.5']
        """
        forms = [_worded(form) for form in
                 (self.texts, self.numbers, self.moments, self.spans, self.flags)
                 if form is not None]
        return pc.coalesce(*forms) if forms else pa.nulls(self.length, pa.string())

    def nothing(self) -> npt.NDArray[np.bool_]:
        """Return which rows hold nothing, shape (n,); white space is nothing.

        >>> Cells(length=2, texts=pa.array(["  ", "-"])).nothing().tolist()
        [True, False]
        """
        empty = np.ones(self.length, dtype=bool)
        for form in (self.numbers, self.moments, self.spans, self.flags):
            if form is not None:
                empty &= np.asarray(form.is_null())
        if self.texts is None or not pc.max(pc.binary_length(self.texts)).as_py():
            return empty
        bare = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(self.texts)), 0)
        empty &= np.asarray(bare.fill_null(fill_value=True))
        return empty

    def only(self, kept: pa.Array) -> Cells:
        """Return some of the rows.

        >>> Cells(length=2, texts=pa.array(["a", "b"])).only(pa.array([False, True])).length
        1
        """
        forms = {name: form.filter(kept) for name in FORMS
                 if (form := getattr(self, name)) is not None}
        return Cells(length=pc.sum(kept).as_py() or 0, **forms)

    def rewritten(self, where: npt.NDArray[np.bool_], text: str) -> Cells:
        """Return the cells with one text in some rows; an empty text makes them blank.

        >>> Cells(length=2, numbers=pa.array([1, 2])).rewritten(np.array([True, False]),
        ...                                                     "x").all_text().to_pylist()
        ['x', '2']
        """
        mask = pa.array(where)
        forms = {name: pc.if_else(mask, pa.scalar(None, form.type), form) for name in FORMS
                 if (form := getattr(self, name)) is not None}
        texts = forms.pop("texts", pa.nulls(self.length, pa.string()))
        fresh = pa.scalar(text or None, pa.string())
        return Cells(length=self.length, texts=pc.if_else(mask, fresh, texts), **forms)


def from_array(array: pa.Array) -> Cells:
    """Return the cells of a typed column (Parquet).

    >>> from_array(pa.array([1, None])).numbers.to_pylist()
    [1, None]
    """
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind, n = array.type, len(array)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        wide = pa.int64() if pa.types.is_integer(kind) else pa.float64()
        return Cells(length=n, numbers=array.cast(wide))
    if pa.types.is_boolean(kind):
        return Cells(length=n, flags=array)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        zone = "UTC" if pa.types.is_timestamp(kind) and kind.tz else None
        return Cells(length=n, moments=array.cast(pa.timestamp("us", tz=zone), safe=False))
    if pa.types.is_duration(kind) or pa.types.is_time(kind):
        return Cells(length=n, spans=_seconds(array))
    return Cells(length=n, texts=array.cast(pa.string()))


def from_values(values: Sequence[object]) -> Cells:
    """Return the cells of a spreadsheet column (Python values, blank is the empty text).

    >>> cells = from_values(["--", 2.0, ""])
    >>> cells.texts.to_pylist(), cells.numbers.to_pylist()
    (['--', None, ''], [None, 2.0, None])
    """
    n = len(values)
    if n == 0 or values[0].__class__ is str:
        with suppress(pa.ArrowTypeError):  # quicker than to look at every type first
            return Cells(length=n, texts=pa.array(values, pa.string()))
    kinds = set(map(type, values))
    if kinds <= {float}:
        return Cells(length=n, numbers=pa.array(values, pa.float64()))
    return Cells(
        length=n,
        texts=pa.array([v if v.__class__ is str else None for v in values], pa.string())
        if str in kinds else None,
        numbers=pa.array([float(v) if v.__class__ in _NUMBERS else None  # type: ignore[arg-type]
                          for v in values], pa.float64()) if kinds & _NUMBERS else None,
        moments=pa.array([_moment(v) if v.__class__ is not datetime else v for v in values],
                         pa.timestamp("us")) if kinds & _MOMENTS else None,
        spans=pa.array([_span(v) for v in values], pa.float64()) if kinds & _SPANS else None,
        flags=pa.array([v if v.__class__ is bool else None for v in values], pa.bool_())
        if bool in kinds else None,
    )


def joined(parts: Sequence[Cells]) -> Cells:
    """Return the cells of slices of one column, one below the other.

    >>> cells = joined([from_values(["--"]), from_values([2.0])])
    >>> cells.texts.to_pylist(), cells.numbers.to_pylist()
    (['--', None], [None, 2.0])
    """
    forms: dict[str, pa.Array] = {}
    for name in FORMS:
        held = [getattr(part, name) for part in parts]
        kind = next((form.type for form in held if form is not None), None)
        if kind is not None:
            forms[name] = pa.concat_arrays([
                pa.nulls(part.length, kind) if form is None else form
                for part, form in zip(parts, held, strict=True)])
    return Cells(length=sum(part.length for part in parts), **forms)


_NUMBERS = {float, int}
_MOMENTS = {datetime, date}
_SPANS = {time, timedelta}


def _moment(value: object) -> datetime | None:
    """Return midnight of a plain date: spreadsheets give midnights as dates."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a wall-clock time
    return None


def _span(value: object) -> float | None:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return None


def _seconds(array: pa.Array) -> pa.Array:
    if pa.types.is_time(array.type):
        array = array.cast(pa.time64("us")).cast(pa.int64())
    else:
        array = array.cast(pa.duration("us")).cast(pa.int64())
    return pc.divide(array.cast(pa.float64()), 1e6)


def _worded(form: pa.Array) -> pa.Array:
    if not pa.types.is_floating(form.type):
        return form.cast(pa.string())
    words = [None if v is None else str(int(v)) if v.is_integer() else repr(v)
             for v in form.to_pylist()]
    return pa.array(words, pa.string())

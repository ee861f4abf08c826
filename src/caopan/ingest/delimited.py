"""CSV and TSV: read as text columns, streaming."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow_csv

from caopan.ingest import gb18030
from caopan.ingest.ahead import ahead
from caopan.ingest.cells import Cells
from caopan.ingest.counted import Counted
from caopan.ingest.decode import Decoded
from caopan.ingest.found import Found
from caopan.ingest.grid import HEAD_ROWS, Block
from caopan.ingest.limits import LIMITS, MIB, Limits
from caopan.ingest.messages import FileRefusedError, message, refusal
from caopan.ingest.problems import Problems
from caopan.ingest.swallowed import whole_rows
from caopan.units.message import Message

_SEPARATORS = (",", "\t", ";", "|")
_STRETCH = 8 * MIB
_OFFSET = 4
"""Bytes by which Arrow says where a cell ends; in the file one separator does."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
"""Control characters that no export writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """A text table (CSV/TSV) whose encoding and separator are known."""

    found: Found
    encoding: str
    separator: str
    head: list[list[str]]
    starts: tuple[int, ...]
    """Byte of UTF-8 at which each row of the head ends."""
    limits: Limits = LIMITS
    sheet: str | None = None

    @property
    def form(self) -> str:
        """Return the form and the encoding."""
        return f"{'TSV' if self.separator == chr(9) else 'CSV'}, {self.encoding}"

    def blocks(self, *, after: int, width: int, problems: Problems) -> Iterator[Block]:
        """Return the rows below row ``after``; rows of another width become problems."""
        wide = _width(self.head[after:], width)
        if wide < width:
            problems.once(message("short_rows", found=wide, expected=width))
        done = after
        try:
            for block in self._cut_first(after=after, width=wide):
                done = int(block.rows[-1])
                yield whole_rows(block, width=width, separator=self.separator, problems=problems)
        except gb18030.NotPlainError:
            for block in self._decoded_first(after=after, width=wide, header=width,
                                             problems=problems):
                rest = _beyond(block, done)
                yield whole_rows(rest, width=width, separator=self.separator, problems=problems)

    def _cut_first(self, *, after: int, width: int) -> Iterator[Block]:
        """Return the rows of a text whose bytes can be cut before they are decoded.

        Raises:
            NotPlainError: the rows after the last one returned must be decoded first.
        """
        if self.encoding != gb18030.NAME or self.separator not in gb18030.SEPARATORS:
            raise gb18030.NotPlainError
        with _text(self.found, self.encoding, self.limits) as stream:
            above = stream.read(self.starts[after - 1] if after else 0)
        if not above.endswith(b"\n"):
            raise gb18030.NotPlainError
        counted = Counted(self.found)
        with gb18030.Raw(cast("BinaryIO", counted), limits=self.limits) as raw:
            try:
                whole = _Joined(raw.skip(above.count(b"\n")), raw, counted)
                yield from ahead(self._cut(whole, after=after, width=width))
            except FileRefusedError as refused:
                raise gb18030.NotPlainError from refused

    def _cut(self, stream: _Joined, *, after: int, width: int) -> Iterator[Block]:
        names = [str(at) for at in range(width)]
        for batch in _reader(stream, names, self.separator, None, kind=pa.binary()):
            columns = tuple(Cells(length=batch.num_rows, texts=gb18030.decoded(column))
                            for column in batch.columns)
            rows = np.arange(after + 1, after + 1 + batch.num_rows)
            after += batch.num_rows
            share = stream.parsed(batch)
            if batch.num_rows:
                yield Block(columns=columns, rows=rows, share=share)

    def _decoded_first(self, *, after: int, width: int, header: int,
                       problems: Problems) -> Iterator[Block]:
        counted = Counted(self.found)
        with Decoded(cast("BinaryIO", counted), encoding=self.encoding,
                     limits=self.limits) as stream:
            stream.read(self.starts[after - 1] if after else 0)
            first = stream.read(1)
            if first:
                yield from self._parsed(_Joined(first, stream, counted), after=after, width=width,
                                        header=header, problems=problems)

    def _parsed(self, stream: _Joined, *, after: int, width: int, header: int,
                problems: Problems) -> Iterator[Block]:
        names = [str(at) for at in range(width)]
        skipped: list[int] = []

        def refuse(row: arrow_csv.InvalidRow) -> str:
            skipped.append(row.number)
            problems.add(_misfit(row, width, header), row=after + row.number, value=row.text)
            return "skip"

        done = 0
        for batch in _reader(stream, names, self.separator, refuse, kind=pa.string()):
            numbers = _numbers(done, batch.num_rows, skipped)
            done = int(numbers[-1]) if len(numbers) else done
            columns = tuple(Cells(length=batch.num_rows, texts=column)
                            for column in batch.columns)
            yield Block(columns=columns, rows=numbers + after, share=stream.parsed(batch))


def delimited(found: Found, *, encoding: str, limits: Limits = LIMITS) -> Delimited:
    r"""Return the table of a text file: its separator found, its first rows read.

    >>> file = Found(name="a.csv", size=8, open=lambda: io.BytesIO(b"a;b\n1;2\n"))
    >>> delimited(file, encoding="utf-8").head
    [['a', 'b'], ['1', '2']]

    Raises:
        FileRefusedError: it is not text, or has too many columns.
    """
    with _text(found, encoding, limits) as stream:
        sample = stream.read(2 * limits.line)
    text = sample.decode(errors="ignore")
    _refuse_binary(text)
    lines = list(io.StringIO(text, newline=""))
    separator = max(_SEPARATORS, key=lambda mark: _regularity(lines, mark))
    head, starts = _records(lines, separator, whole=len(sample) < 2 * limits.line)
    widest = max(map(len, head), default=0)
    if widest > limits.columns:
        raise refusal(key="too_many_columns", n=widest, most=limits.columns)
    return Delimited(found=found, encoding=encoding, separator=separator, head=head,
                     starts=starts, limits=limits)


class _Joined(io.RawIOBase):
    """Bytes already read, then the rest of its stream; and how much of them became rows.

    The parser reads far ahead of the rows that it returns, so what it was given says too much.
    """

    def __init__(self, first: bytes, rest: Decoded, counted: Counted) -> None:
        self._first, self._rest, self._counted = first, rest, counted
        self._given = self._became = 0

    def parsed(self, batch: pa.RecordBatch) -> float:
        """Return the share of the file that has become rows with these."""
        cells = batch.num_columns * batch.num_rows
        self._became += batch.nbytes - (_OFFSET - 1) * cells
        return self._counted.share * min(self._became / max(self._given, 1), 1.0)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        held, self._first = self._first, b""
        if size < 0:
            return self._give(held + self._rest.read())
        first, self._first = held[:size], held[size:]
        return self._give(first + self._rest.read(size - len(first)) if len(first) < size
                          else first)

    def _give(self, block: bytes) -> bytes:
        self._given += len(block)
        return block


def _misfit(row: arrow_csv.InvalidRow, width: int, header: int) -> Message:
    """Return what is wrong with a row of another width: an open quote swallows all that follows."""
    lines = row.text.count("\n")
    if lines and row.text.count('"') % 2:
        return message("unclosed_quote", lines=lines)
    return message("row_width" if width == header else "row_unlike_others",
                   found=row.actual_columns, expected=width)


def _text(found: Found, encoding: str, limits: Limits) -> Decoded:
    return Decoded(found.open(), encoding=encoding, limits=limits)


def _refuse_binary(text: str) -> None:
    looked_at = text[:MIB // 4]
    if not _CONTROL.search(looked_at):
        return
    for number, line in enumerate(looked_at.split("\n"), start=1):
        if len(_CONTROL.findall(line)) > len(line) // 50:
            raise refusal(key="binary", line=number)


def _regularity(lines: list[str], separator: str) -> tuple[int, int]:
    """Return how many of the first rows share one width above 1, and that width."""
    rows, _ = _records(lines, separator, whole=False)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
    return count * width, width


def _records(lines: list[str], separator: str, *,
             whole: bool) -> tuple[list[list[str]], tuple[int, ...]]:
    """Return the first rows, and the byte at which each ends."""
    reader = csv.reader(iter(lines), delimiter=separator)
    rows: list[list[str]] = []
    ends: list[int] = []
    byte = taken = 0
    try:
        for row in reader:
            if not whole and reader.line_num == len(lines) and rows:
                break
            byte += sum(len(line.encode()) for line in lines[taken:reader.line_num])
            taken = reader.line_num
            rows.append(row)
            ends.append(byte)
            if len(rows) >= HEAD_ROWS:
                break
    except csv.Error as error:
        if not rows:
            raise refusal(key="unclosed", reason=str(error)) from None
    return rows, tuple(ends)


def _width(rows: list[list[str]], header: int) -> int:
    """Return how wide the data are: as most of the first rows, else as the header.

    Rows shorter than the header set the width only where no row is as wide as the header.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths or widths[header] * 2 >= widths.total():
        return header
    most = widths.most_common(1)[0][0]
    return header if most < header and widths[header] else most


def _reader(stream: _Joined, names: list[str], separator: str,
            refuse: object, *, kind: pa.DataType) -> Iterator[pa.RecordBatch]:
    try:
        yield from arrow_csv.open_csv(
            cast("BinaryIO", stream),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=_STRETCH,
                                               use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=True, ignore_empty_lines=False,
                invalid_row_handler=refuse),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, kind), strings_can_be_null=False))
    except pa.ArrowInvalid as error:
        raise refusal(key="unclosed", reason=error) from None


def _beyond(block: Block, done: int) -> Block:
    """Return the rows below a row."""
    first = int(np.searchsorted(block.rows, done, side="right"))
    if not first:
        return block
    kept = pa.array(np.arange(len(block.rows)) >= first)
    return replace(block, columns=tuple(cells.only(kept) for cells in block.columns),
                   rows=block.rows[first:])


def _numbers(done: int, rows: int, skipped: list[int]) -> npt.NDArray[np.int64]:
    """Return the numbers of the next rows: counted from 1, those skipped left out."""
    later = [number for number in skipped if number > done]
    numbers = np.arange(done + 1, done + 1 + rows + len(later))
    return np.setdiff1d(numbers, later, assume_unique=True)[:rows] if later else numbers

"""Single cells of an upload mended by hand: what is read in their place, until it is taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from caopan.ingest.correction import Correction, place
from caopan.ingest.described import Described
from caopan.ingest.excerpt import cell
from caopan.ingest.options import FIRST_YEAR, LAST_YEAR
from caopan.ingest.personal import personal
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.incoming import Incoming, Upload
from caopan.workspace.looking import looked, upload_file

MOST, LONGEST = 1_000, 500
"""Corrections of one upload, and characters of a cell that can be mended."""


YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""Years that dates without one may be of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of an uploaded file, and whether all that say the same in its column are meant."""

    file: str
    sheet: str | None
    row: int
    column: str
    alike: bool = False


def column_at(part: Described, column: str) -> int | None:
    """Return where a column stands in a table (0-based); None where that is not clear.

    >>> part = Described(sheet=None, header_row=1, headers=("a", "b"), table="orders",
    ...                  targets=(None, None), samples=((), ()))
    >>> column_at(part, "b")
    1
    """
    return place(column, headers=part.headers)


def correct(incoming: Incoming, upload: Upload, asked: Cell, *, new: str) -> Upload:
    """Return the upload with one cell mended; an empty text empties it.

    The file is not touched: what stands there is noted beside what is read instead.

    Raises:
        NoSuchCellError: the files hold no such cell, or a column of this name twice.
        TooManyCorrectionsError: so much should be mended in the file itself.
    """
    text = " ".join(new.split())[:LONGEST]
    part = _part(incoming, upload, asked)
    at = None if part is None else column_at(part, asked.column)
    if part is None or at is None:
        raise NoSuchCellError(asked)
    old = cell(upload_file(incoming, upload, asked.file), part=part, row=asked.row, at=at)
    if old is None or len(old) > LONGEST:
        raise NoSuchCellError(asked)
    private = personal(part.headers[at]) or part.targets[at] == "buyer_id"
    made = Correction(file=asked.file, sheet=asked.sheet, row=asked.row,
                      column=part.headers[at], old=old, new=text, alike=asked.alike,
                      private=private)
    others = tuple(each for each in upload.corrections if _cell(each) != _cell(made))
    if len(others) >= MOST:
        raise TooManyCorrectionsError
    return replace(upload, corrections=others if old.strip() == text else (*others, made))


def taken_back(upload: Upload, number: int) -> Upload:
    """Return the upload without one of its corrections, counted from 0.

    Raises:
        UnknownCorrectionError: it has no such correction.
    """
    if not 0 <= number < len(upload.corrections):
        raise UnknownCorrectionError
    kept = upload.corrections[:number] + upload.corrections[number + 1:]
    return replace(upload, corrections=kept)


def _part(incoming: Incoming, upload: Upload, asked: Cell) -> Described | None:
    """Return the table that a cell stands in, as it was last looked at."""
    look = looked(incoming, upload)
    file = look.file(asked.file) if look else None
    return None if file is None else next(
        (part for part in file.parts if part.sheet == asked.sheet), None)


def _cell(one: Correction) -> tuple[str, str | None, int, str]:
    return one.file, one.sheet, one.row, one.column


class NoSuchCellError(CaopanError):
    """Raised for a cell that cannot be mended here."""

    usage = True

    def __init__(self, asked: Cell) -> None:
        """Name the cell."""
        super().__init__(Message(
            key="no_such_cell", values={"file": asked.file, "row": asked.row,
                                        "column": asked.column},
            text=Text(zh="{file} 第 {row} 行没有能改的「{column}」",
                      en="{file} has no {column} in row {row} that could be mended here"),
            hint=Text(zh="再看一次这一批，从有问题的行里改；列名重复的表请在文件里改",
                      en="look at the files again and mend it where it is shown; where two "
                         "columns have the same name, mend the file")))


class TooManyCorrectionsError(CaopanError):
    """Raised where more cells are mended by hand than is sensible."""

    usage = True

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(Message(
            key="too_many_corrections", values={"most": MOST},
            text=Text(zh="一批最多改 {most} 个格子", en="at most {most} cells of an upload are "
                                                     "mended here"),
            hint=Text(zh="这么多处请在文件里改好，再放一次",
                      en="mend so many in the file itself and drop it again")))


class UnknownCorrectionError(CaopanError):
    """Raised for a correction that is not there any more."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="unknown_correction",
            text=Text(zh="这处更正已经不在了", en="this correction is not there any more"),
            hint=Text(zh="刷新这一页，看现在有哪些更正",
                      en="reload the page to see the corrections that there are")))

"""The answers of files on their way in and of the record of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from caopan.web.api.answers.basic import Answer, Both, Issue, Said
from caopan.web.api.answers.quality import Told


class HeldFile(Answer):
    """A file as it was received."""

    name: str
    bytes: int


class Answers(Answer):
    """What was said of the files."""

    account: str | None
    timezone: str | None
    year: int | None
    currency: str | None
    leave: list[str]
    years: dict[str, int]


class Correction(Answer):
    """What is read in place of one cell; a cell about a person is not told.

    ``alike``: in place of every cell of the column that says the same.
    """

    file: str
    sheet: str | None
    row: int
    column: str
    old: str
    new: str
    alike: bool


class Upload(Answer):
    """An upload; ``job`` is the work last begun for it, ``batch`` the import it became."""

    upload: str
    began_at: datetime
    batch: int | None
    job: str | None
    files: list[HeldFile]
    answers: Answers
    corrections: list[Correction]


class Uploads(Answer):
    """Uploads that hold files and are no import yet, the newest first."""

    uploads: list[Upload]


class Forgotten(Answer):
    """An upload whose files are gone."""

    upload: str
    files: list[HeldFile]


class Counts(Answer):
    """What an import does to one table."""

    rows_added: int
    rows_replaced: int
    rows_unchanged: int


class Part(Answer):
    """One table of a file."""

    sheet: str | None
    header_row: int
    table: str
    columns: list[dict[str, Any]]


class LookedFile(Answer):
    """One file of a look."""

    file: str
    bytes: int
    state: str
    layout: str | None
    title: Both | None
    reasons: list[str]
    reason: Said | None
    rows: dict[str, int]
    bad_rows: int
    warnings: int
    can_map: bool
    unread: list[str]
    lacking: list[str]
    strange: list[dict[str, str | None]]
    parts: list[Part]


class Changed(Answer):
    """One value that would be replaced; money as decimal text in ``currency``."""

    table: str
    key: dict[str, Any]
    column: str
    old: Any
    new: Any
    currency: str | None


class Shown(Issue):
    """One problem with the cells of its row; null where the row is not shown."""

    cells: list[str] | None


class Problem(Answer):
    """All problems of one kind in one column of one file."""

    file: str
    level: str
    key: str
    column: str | None
    count: int
    examples: list[Shown]


class Look(Answer):
    """What an upload would do; ``standing`` is ready where it can be taken in."""

    standing: str
    asks: str | None
    made_at: datetime
    against: list[int]
    refused: Said | None
    files: list[LookedFile]
    tables: dict[str, Counts]
    changes: list[Changed]
    problems: list[Problem]
    joins: list[Both]


class Issues(Answer):
    """A part of the problems of the last look."""

    total: int
    page: int
    size: int
    issues: list[Issue]


class Column(Answer):
    """One column and what it may become."""

    header: str
    nth: int
    samples: list[str]
    to: str | None
    handling: str
    state: str
    private: bool
    why: str
    choices: list[str]
    cost: str | None


class ColumnMap(Answer):
    """The columns of an unknown file; ``based_on`` names the layout it is under other names."""

    file: str
    sheet: str | None
    sheets: list[str]
    header_row: int
    table: str
    name: str
    based_on: str | None
    targets: list[str]
    lacking: list[str]
    rows: list[list[str]]
    columns: list[Column]


class Saved(Answer):
    """The name a column map was saved under, and the look begun with it."""

    saved: str
    look: dict[str, Any]


class Batch(Answer):
    """One import."""

    batch: int
    made_at: datetime
    undone_at: datetime | None
    note: str
    files: list[str]
    tables: dict[str, Counts]


class Batches(Answer):
    """Every import in the order they were made."""

    batches: list[Batch]


class Record(Batch):
    """One import, and what must be undone before it."""

    rows: int
    can_undo: bool
    leans_on: list[int]
    undo_first: list[int]


class Records(Answer):
    """Every import, the newest first."""

    imports: list[Record]


class ToldOfImport(Told):
    """What one import said, and what was read in place of single cells."""

    corrections: list[Correction]


class OneRecord(Record):
    """One import with what it said when it was made."""

    said: ToldOfImport


class Proposal(Answer):
    """A proposed mapping; ``mapping`` is what ``POST /imports`` takes."""

    file: str
    sheet: str | None
    saved: bool
    header_row: int
    table: str
    mapping: dict[str, Any] | None
    columns: list[dict[str, Any]]

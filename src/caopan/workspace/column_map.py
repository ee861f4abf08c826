"""The column map (列对应): what each column of an unknown file becomes, to be said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caopan.facts.column_words import column_words
from caopan.facts.schema import EXTRA_PREFIX, NULLABLE_REQUIRED, TABLES
from caopan.ingest.ambiguous import Ambiguity, ambiguity
from caopan.ingest.completion import SCRATCH, derivable
from caopan.ingest.found import Found
from caopan.ingest.guess import SAME, Guess
from caopan.ingest.mapping import Mapped
from caopan.ingest.mapping import Mapping as Saved
from caopan.ingest.personal import personal
from caopan.ingest.preview import preview
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text

SURE = SAME - 0.1
"""Confidence from which a guess needs no person."""
SHOWN = 3
KEEP = "x_"
"""What a column is mapped to that is kept as it is, under its own header."""
HANDLINGS: dict[str, Text] = {
    "": Text(zh="自动", en="automatic"),
    "minutes": Text(zh="分钟", en="minutes"),
    "hours": Text(zh="小时", en="hours"),
    "seconds": Text(zh="秒", en="seconds"),
    "words_duration": Text(zh="4小时46分 这样的时长", en="a length in words"),
    "percent": Text(zh="百分比", en="percent"),
    "10000": Text(zh="万 → 个", en="ten thousands"),
    "0.01": Text(zh="分 → 元", en="hundredths"),
}
"""How the cells of a column may be read: a reader's name, or a factor."""


class ColumnState(StrEnum):
    """How far a column is settled."""

    AUTO = "auto"
    CHOOSE = "choose"
    """Only a person can say."""
    KEPT = "kept"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """One column of a file: its cells, what it becomes, why, and what else it might be."""

    header: str
    nth: int
    samples: tuple[str, ...]
    to: str | None
    handling: str
    state: ColumnState
    why: Text
    ambiguity: Ambiguity | None = None
    private: bool = False
    """Whether it is about a person and so never stored as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """A file's columns as they would be read into one canonical table."""

    file: str
    sheet: str | None
    header_row: int
    table: str
    columns: tuple[MappedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    targets: tuple[str, ...]
    """What a column may become."""
    lacking: tuple[str, ...]
    """Columns the table needs and nothing fills yet."""
    name: str
    """The name it would be saved under."""

    @property
    def open(self) -> tuple[MappedColumn, ...]:
        """Return the columns that wait for a person."""
        return tuple(column for column in self.columns if column.state is ColumnState.CHOOSE)

    def document(self, language: Language) -> dict[str, object]:
        """Return the columns as JSON; ``choices`` and ``cost`` where only a person can say."""
        return {
            "file": self.file, "sheet": self.sheet, "header_row": self.header_row,
            "table": self.table, "name": self.name, "targets": list(self.targets),
            "lacking": list(self.lacking), "rows": [list(row) for row in self.rows],
            "columns": [{
                "header": one.header, "nth": one.nth, "samples": list(one.samples), "to": one.to,
                "handling": one.handling, "state": one.state.value, "private": one.private,
                "why": one.why.plain(language),
                "choices": list(one.ambiguity.choices) if one.ambiguity else [],
                "cost": one.ambiguity.cost.plain(language) if one.ambiguity else None}
                for one in self.columns]}


def column_map(found: Found, *, table: str | None, name: str) -> ColumnMap:
    """Return what the columns of a file probably are.

    Raises:
        CaopanError: the file is no table.
    """
    seen = preview(found, table=table if table in TABLES else None)
    drafted = dict(zip(((each.header, each.nth) for each in seen.guesses), seen.drafted(),
                       strict=True))
    columns = tuple(
        _column(guess, drafted[guess.header, guess.nth], seen.table,
                _samples(seen.rows, at)) for at, guess in enumerate(seen.guesses))
    return ColumnMap(
        file=seen.file, sheet=seen.sheet, header_row=seen.header_row, table=seen.table,
        columns=columns, rows=seen.rows, targets=targets(seen.table), name=name,
        lacking=lacking(seen.table, [column.to for column in columns]))


def targets(table: str) -> tuple[str, ...]:
    """Return what a column of a table may become.

    >>> "duration_seconds" in targets("sessions")
    True
    """
    return (*TABLES[table].names, *SCRATCH.get(table, ()))


def lacking(table: str, filled: Sequence[str | None]) -> tuple[str, ...]:
    """Return the columns a table needs that nothing fills and nothing derives.

    >>> lacking("sessions", ["gmv"]), lacking("sessions", ["started_at"])
    (('started_at',), ())
    """
    needed = [column.name for column in TABLES[table].columns
              if column.required and (table, column.name) not in NULLABLE_REQUIRED]
    if table == "orders" and not {"paid_at", "created_at"} & set(filled):
        needed.append("paid_at")
    return tuple(name for name in needed if name not in filled and name not in derivable(table))


def save(store: Store, shown: ColumnMap, *, name: str, to: Sequence[str],
         handling: Sequence[str]) -> Saved:
    """Save what a person chose for each column, in the columns' order, and return it.

    Raises:
        UnansweredError: an ambiguous column was not answered.
        LackingError: the table needs a column that nothing fills.
        CaopanError: the mapping would store what it must not, or names what does not exist.
    """
    chosen = dict(zip(range(len(shown.columns)), zip(to, handling, strict=True), strict=False))
    unanswered = [column.header for at, column in enumerate(shown.columns)
                  if chosen.get(at, ("?", ""))[0] == "?"]
    if unanswered:
        raise UnansweredError(unanswered)
    columns = tuple(_mapped(column, *chosen[at]) for at, column in enumerate(shown.columns))
    absent = lacking(shown.table, [column.to for column in columns])
    if absent:
        raise LackingError(absent)
    made = Saved(name=name.strip() or shown.name, table=shown.table, columns=columns)
    store.save_mapping(made.name, made.as_dict())
    return made


def _column(guess: Guess, drafted: Mapped, table: str, samples: tuple[str, ...]) -> MappedColumn:
    doubt = ambiguity(guess.header, table=table)
    to, state = guess.to, ColumnState.AUTO if guess.to else ColumnState.LEFT
    if doubt is not None or (to and guess.confidence < SURE):
        state = ColumnState.CHOOSE
    return MappedColumn(
        header=guess.header, nth=guess.nth, samples=samples, to=None if doubt else to,
        handling=drafted.read or "", state=state, why=guess.reason, ambiguity=doubt,
        private=personal(guess.header))


def _samples(rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    cells = [row[at].strip() for row in rows if at < len(row)]
    return tuple(dict.fromkeys(cell for cell in cells if cell))[:SHOWN]


def _mapped(column: MappedColumn, to: str, handling: str) -> Mapped:
    target: str | None = to or None
    if to == KEEP:
        target = EXTRA_PREFIX + column.header.strip()
    numeric = handling in {"10000", "0.01"}
    return Mapped(header=column.header, nth=column.nth, to=target,
                  scale=float(handling) if numeric and target else 1.0,
                  read=handling if handling and target and not numeric else None)


def suggested(file: str, *, taken: Mapping[str, object]) -> str:
    """Return a free name for a mapping, after the file.

    >>> suggested("7月/小王库存.xlsx", taken={})
    '小王库存'
    """
    stem = file.replace("\\", "/").rpartition("/")[2].partition(".")[0] or "1"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem} {number}"
    return name


class UnansweredError(CaopanError):
    """Raised where a column was not answered that only a person can tell."""

    usage = True

    def __init__(self, headers: Sequence[str]) -> None:
        """Name the columns."""
        super().__init__(Message(
            key="unanswered", values={"headers": "、".join(headers)},
            text=Text(zh="先选这些列是什么：{headers}",
                      en="choose first what these are: {headers}"),
            hint=Text(zh="不需要的列选「不导入」", en="choose “not imported” for what is not "
                                                     "needed")))


class LackingError(CaopanError):
    """Raised where a table needs a column that nothing fills."""

    usage = True

    def __init__(self, columns: Sequence[str]) -> None:
        """Name the columns."""
        words = [column_words(name) for name in columns]
        super().__init__(Message(
            key="lacking", values={"columns_zh": "、".join(word.zh for word in words),
                                   "columns_en": ", ".join(word.en for word in words)},
            text=Text(zh="还缺必需的列：{columns_zh}", en="a column is still needed: {columns_en}"),
            hint=Text(zh="选出哪一列是它，或者换一张标准表",
                      en="choose which column it is, or take another table")))

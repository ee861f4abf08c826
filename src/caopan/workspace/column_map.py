"""The column map (列对应): what each column of an unknown file becomes, to be said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from caopan.facts.column_words import column_words
from caopan.facts.schema import EXTRA_PREFIX, NULLABLE_REQUIRED, TABLES
from caopan.ingest.ambiguous import Ambiguity, ambiguity
from caopan.ingest.completion import SCRATCH, derivable
from caopan.ingest.found import Found
from caopan.ingest.guess import SAME, Guess
from caopan.ingest.layout import Layout
from caopan.ingest.mapping import Mapped
from caopan.ingest.mapping import Mapping as Saved
from caopan.ingest.personal import personal
from caopan.ingest.preview import Preview, preview
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
    sheets: tuple[str, ...] = ()
    """Every sheet of the workbook; none for a file without sheets."""
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
    based_on: str | None = None
    """The layout that the file follows under other names; None: it is a table of its own."""
    title: Text | None = None
    """What that layout is called."""
    words: Mapping[str, Text] = field(default_factory=dict)
    """What that layout calls the targets."""

    @property
    def open(self) -> tuple[MappedColumn, ...]:
        """Return the columns that wait for a person."""
        return tuple(column for column in self.columns if column.state is ColumnState.CHOOSE)

    @property
    def numbered(self) -> tuple[tuple[int, MappedColumn], ...]:
        """Return the columns, each with its place (0-based)."""
        return tuple(enumerate(self.columns))

    @property
    def asked(self) -> tuple[tuple[int, MappedColumn], ...]:
        """Return the columns that wait for a person, with their places."""
        return tuple(each for each in self.numbered if each[1].state is ColumnState.CHOOSE)

    @property
    def told(self) -> tuple[tuple[int, MappedColumn], ...]:
        """Return the columns that wait for nobody, with their places."""
        return tuple(each for each in self.numbered if each[1].state is not ColumnState.CHOOSE)

    def called(self, target: str) -> Text:
        """Return what people call a target."""
        return self.words.get(target) or column_words(target)

    def document(self, language: Language) -> dict[str, object]:
        """Return the columns as JSON; ``choices`` and ``cost`` where only a person can say."""
        return {
            "file": self.file, "sheet": self.sheet, "sheets": list(self.sheets),
            "header_row": self.header_row,
            "table": self.table, "name": self.name, "based_on": self.based_on,
            "targets": list(self.targets),
            "lacking": list(self.lacking), "rows": [list(row) for row in self.rows],
            "columns": [{
                "header": one.header, "nth": one.nth, "samples": list(one.samples), "to": one.to,
                "handling": one.handling, "state": one.state.value, "private": one.private,
                "why": one.why.plain(language),
                "choices": list(one.ambiguity.choices) if one.ambiguity else [],
                "cost": one.ambiguity.cost.plain(language) if one.ambiguity else None}
                for one in self.columns]}


def column_map(found: Found, *, table: str | None, name: str, sheet: str | None = None,
               saved: Mapping[str, Saved] | None = None) -> ColumnMap:
    """Return what the columns of a file probably are.

    A file that nearly follows a layout is that layout under other names, unless ``table`` says
    which canonical table it is.

    Args:
        found: the file.
        table: the canonical table; None: the layout that it nearly follows, else the best guess.
        name: the name it would be saved under.
        sheet: the sheet of a workbook; None: the first that nobody knows.
        saved: the mappings that are known already.

    Raises:
        CaopanError: the file is no table, or has no such sheet.
    """
    own = [each.layout() for each in (saved or {}).values()]
    seen = preview(found, table=table if table in TABLES else None, sheet=sheet, own=own)
    base = seen.near.layout if seen.near else None
    drafted = dict(zip(((each.header, each.nth) for each in seen.guesses), seen.drafted(),
                       strict=True))
    columns = tuple(
        _column(guess, drafted[guess.header, guess.nth], seen, _samples(seen.rows, at))
        for at, guess in enumerate(seen.guesses))
    filled = [column.to for column in columns]
    return ColumnMap(
        file=seen.file, sheet=seen.sheet, sheets=seen.sheets, header_row=seen.header_row,
        table=seen.table, columns=columns, rows=seen.rows, name=name, based_on=seen.based_on,
        targets=_targets_of(base) if base else targets(seen.table),
        lacking=_lacking_of(base, filled) if base else lacking(seen.table, filled),
        title=base.title if base else None, words=_words_of(base) if base else {})


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
    made = Saved(name=name.strip() or shown.name, table=shown.table, columns=columns,
                 based_on=shown.based_on)
    base, filled = made.base, [column.to for column in columns]
    absent = _lacking_of(base, filled) if base else lacking(shown.table, filled)
    if absent:
        raise LackingError([shown.called(name) for name in absent])
    store.save_mapping(made.name, made.as_dict())
    return made


def _targets_of(base: Layout) -> tuple[str, ...]:
    return tuple(each.to for each in base.fields if each.to)


def _lacking_of(base: Layout, filled: Sequence[str | None]) -> tuple[str, ...]:
    """Return what a layout needs of its own columns and nothing fills."""
    return tuple(each.to for each in base.fields
                 if each.to and each.required and each.to not in filled)


def _words_of(base: Layout) -> dict[str, Text]:
    """Return the layout's own headers, each with the word of the canonical column it fills."""
    words = {}
    for each in base.fields:
        if each.to is None:
            continue
        canonical = each.to in TABLES[base.table].names
        meaning = column_words(each.to)
        words[each.to] = Text(
            zh=f"{each.header}（{meaning.zh}）" if canonical else each.header,
            en=f"{each.header} ({meaning.en})" if canonical else each.header)
    return words


def _column(guess: Guess, drafted: Mapped, seen: Preview,
            samples: tuple[str, ...]) -> MappedColumn:
    strange = seen.near is not None and guess.header in seen.near.unknown
    doubt = None if seen.near else ambiguity(guess.header, table=seen.table)
    to, state = guess.to, ColumnState.AUTO if guess.to else ColumnState.LEFT
    if doubt is not None or strange or (to and guess.confidence < SURE):
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


def suggested(file: str, *, taken: Mapping[str, object], sheet: str = "") -> str:
    """Return a free name for a mapping, after the file and, of several sheets, the sheet.

    >>> suggested("7月/小王库存.xlsx", taken={}), suggested("a.xlsx", taken={}, sheet="明细")
    ('小王库存', 'a 明细')
    """
    stem = file.replace("\\", "/").rpartition("/")[2].partition(".")[0] or "1"
    stem = f"{stem} {sheet}".strip()
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

    def __init__(self, words: Sequence[Text]) -> None:
        """Name the columns."""
        super().__init__(Message(
            key="lacking", values={"columns_zh": "、".join(word.zh for word in words),
                                   "columns_en": ", ".join(word.en for word in words)},
            text=Text(zh="还缺必需的列：{columns_zh}", en="a column is still needed: {columns_en}"),
            hint=Text(zh="选出哪一列是它；文件里没有，就在上面选它是哪张表，自己配列",
                      en="choose which column it is; where the file has none, choose above "
                         "which table it is and map its columns yourself")))

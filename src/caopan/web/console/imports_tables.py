"""导入记录 · The record of imports to take away: every import, and the tables of one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from starlette.responses import Response

from caopan.access.action import Action
from caopan.facts.column_words import TABLE_WORDS
from caopan.units.clock import to_the_minute
from caopan.units.message import Text
from caopan.web.console.imports_words import called, noted
from caopan.web.console.issue_table import issue_table
from caopan.web.console.tables import Table, taken
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.import_record import ImportRecord
from caopan.workspace.remembering import Remembered


def everything(visit: Visit) -> Response:
    """Return every import as CSV, the newest first."""
    return taken(visit, "record", {"record": _record}, of="import")


def one(visit: Visit) -> Response:
    """Return one table of an import's page as CSV.

    Raises:
        CaopanError: there is no such import, or its page has no such table.
    """
    record, said = visit.workspace.imports.record(int(visit.path("batch")))
    tables = {"written": partial(_written, record), "files": partial(_files, record, said),
              "corrections": partial(_corrections, said), "issues": partial(_issues, said)}
    return taken(visit, visit.path("table"), tables, of=f"import-{record.batch.id}")


def _record(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="批次", en="Batch"), Text(zh="时间", en="Time"),
              Text(zh="来自", en="From"), Text(zh="写入行", en="Rows written"),
              Text(zh="写到", en="Written to"), Text(zh="撤销于", en="Undone at"),
              Text(zh="先撤销", en="Undo first")),
        rows=([each.batch.id, to_the_minute(each.batch.made_at),
               ", ".join(map(called, each.batch.files)) or visit.say(noted(each.batch.note)),
               each.rows, ", ".join(visit.say(TABLE_WORDS[name]) for name in each.batch.tables),
               each.batch.undone_at and to_the_minute(each.batch.undone_at),
               ", ".join(map(str, each.first))] for each in visit.workspace.imports.records()))


def _written(record: ImportRecord, visit: Visit) -> Table:
    return Table(
        head=(Text(zh="表", en="Table"), Text(zh="新增", en="Added"),
              Text(zh="改动", en="Replaced"), Text(zh="不变", en="Unchanged"),
              Text(zh="批内重复", en="Repeated within")),
        rows=([visit.say(TABLE_WORDS[name]), counts.added, counts.replaced, counts.unchanged,
               counts.repeated] for name, counts in record.batch.tables.items()))


def _files(record: ImportRecord, said: Remembered, visit: Visit) -> Table:
    return Table(
        head=(Text(zh="文件", en="File"), Text(zh="认成", en="Recognised as"),
              Text(zh="行数", en="Rows"), Text(zh="没有导入的原因", en="Not imported because")),
        rows=_of_files(record, said, visit))


def _of_files(record: ImportRecord, said: Remembered, visit: Visit) -> Iterator[list[object]]:
    for file in said.files:
        yield [called(file.file), visit.say(file.title) if file.title else file.layout, file.rows,
               None]
    if not said.files:
        for name in record.batch.files:
            yield [called(name), None, None, None]
    for one in said.skipped:
        yield [called(one.file), None, None, visit.say(one.reason)]


def _corrections(said: Remembered, visit: Visit) -> Table:
    del visit
    return Table(
        head=(Text(zh="文件", en="File"), Text(zh="工作表", en="Sheet"), Text(zh="行", en="Row"),
              Text(zh="列", en="Column"), Text(zh="旧", en="Old"), Text(zh="新", en="New")),
        rows=([called(one.file), one.sheet, one.row, one.column, one.old, one.new]
              for one in said.corrections))


def _issues(said: Remembered, visit: Visit) -> Table:
    return issue_table(said.issues, language=visit.language)


PAGE = "/import/batches"
SCREENS = (
    Screen(path=f"{PAGE}.csv", action=Action.EXPORT, show=everything),
    Screen(path=PAGE + "/{batch:int}/{table}.csv", action=Action.EXPORT, show=one),
)

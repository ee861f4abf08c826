"""数据质量 · The tables of the data-quality page to take away: sums, problems, columns, files."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from caopan.access.action import Action
from caopan.facts.column_words import TABLE_WORDS
from caopan.report.quality import file_name
from caopan.units.message import Text
from caopan.web.console.issue_table import issue_table
from caopan.web.console.tables import Table, major, taken
from caopan.web.screen import Screen
from caopan.web.visit import Visit


def table(visit: Visit) -> Response:
    """Return one table of the page as CSV.

    Raises:
        CaopanError: the page has no such table.
    """
    return taken(visit, visit.path("table"), TABLES, of="quality")


def _sums(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="主播", en="Host"), Text(zh="币种", en="Currency"),
              Text(zh="商品表合计", en="Sum of the product table"),
              Text(zh="场次表合计", en="Sum of the session table"),
              Text(zh="商品 ÷ 场次", en="Products ÷ sessions"), Text(zh="结论", en="Verdict")),
        rows=([row.subject, row.currency, major(row.product_total, row.currency),
               major(row.session_total, row.currency), row.ratio,
               visit.word("对得上") if row.within else visit.word("差得多")]
              for row in visit.workspace.quality().reconciliation))


def _issues(visit: Visit) -> Table:
    return issue_table(visit.workspace.quality().issues, language=visit.language)


def _coverage(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="表", en="Table"), Text(zh="表名", en="Name"), Text(zh="列", en="Column"),
              Text(zh="有数的行", en="Rows with a value"), Text(zh="行数", en="Rows"),
              Text(zh="占比", en="Share")),
        rows=([one.table, visit.say(TABLE_WORDS[one.table]), column, known, one.rows,
               known / one.rows]
              for one in visit.workspace.coverage() for column, known in one.known.items()))


def _files(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="文件", en="File"), Text(zh="认成", en="Recognised as"),
              Text(zh="依据", en="Because"), Text(zh="行数", en="Rows")),
        rows=_read(visit))


def _read(visit: Visit) -> Iterator[list[object]]:
    summary, apart = visit.workspace.quality(), "；" if visit.language == "zh" else "; "
    for file in summary.imported:
        yield [file_name(file.file), visit.say(file.title) if file.title else file.layout,
               apart.join(map(visit.say, file.reasons)), file.rows]
    for one in summary.skipped:
        yield [file_name(one.file), visit.word("没有导入"), visit.say(one.reason), None]


TABLES = {"sums": _sums, "issues": _issues, "coverage": _coverage, "files": _files}
SCREENS = (Screen(path="/quality/{table}.csv", action=Action.EXPORT, show=table),)

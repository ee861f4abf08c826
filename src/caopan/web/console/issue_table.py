"""Problems by kind (问题) as a table: how many of each, and the first as it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caopan.report.page import IssueGroup
from caopan.report.quality import file_name
from caopan.units.message import Language, Text
from caopan.web.console.tables import Table

HEAD = (Text(zh="级别", en="Level"), Text(zh="问题", en="Problem"),
        Text(zh="怎么办", en="What to do"), Text(zh="次数", en="Count"),
        Text(zh="例：文件", en="Example: file"), Text(zh="例：行", en="Example: row"),
        Text(zh="例：列", en="Example: column"), Text(zh="例：值", en="Example: value"))
LEVELS = {"error": Text(zh="错误", en="error"), "warning": Text(zh="提醒", en="warning"),
          "future_error": Text(zh="以后会是错误", en="will be an error")}


def issue_table(groups: Iterable[IssueGroup], *, language: Language) -> Table:
    """Return every kind of problem with its first example.

    >>> list(issue_table((), language="en").rows)
    []
    """
    return Table(head=HEAD, rows=_rows(groups, language))


def _rows(groups: Iterable[IssueGroup], language: Language) -> Iterator[list[object]]:
    for group in groups:
        level, first = LEVELS[group.level.value].plain(language), next(iter(group.examples), None)
        if first is None:
            yield [level, group.key, None, group.count, None, None, None, None]
            continue
        yield [level, first.message.say(language), first.message.advise(language), group.count,
               file_name(first.file) if first.file else None, first.row, first.column, first.value]

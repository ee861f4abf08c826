"""The bounded list of problems of one file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from caopan.facts.issue import Issue, Level
from caopan.units.message import Message, Text

MOST = 1_000
"""Issues kept of one key and column; the rest are counted."""
VALUE_LENGTH = 200

_MORE = Text(zh="另有 {n} 个同样的问题（{key}）没有逐条列出",
             en="{n} more problems of the same kind ({key}) are not listed one by one")
_MORE_HINT = Text(zh="先改前 {most} 条，再重新导入", en="mend the first {most}, then import again")


@dataclass(slots=True, kw_only=True)
class Problems:
    """Collects the issues (问题) of one file; a broken million-row file stays small.

    >>> problems = Problems(file="a.csv")
    >>> problems.add(Message(key="odd", text=Text(zh="怪", en="odd")), row=3, value="x")
    >>> problems.issues[0].row
    3
    """

    file: str
    sheet: str | None = None
    kept: list[Issue] = field(default_factory=list)
    counts: Counter[tuple[Level, str, str | None]] = field(default_factory=Counter)

    def add(self, message: Message, *, level: Level = Level.ERROR, row: int | None = None,
            column: str | None = None, value: object = None) -> None:
        """Note one problem; past ``MOST`` of one kind and column it is only counted."""
        kind = (level, message.key, column)
        self.counts[kind] += 1
        if self.counts[kind] > MOST:
            return
        text = None if value is None else str(value)[:VALUE_LENGTH]
        self.kept.append(Issue(level=level, message=message, file=self.file, sheet=self.sheet,
                               row=row, column=column, value=text))

    def once(self, message: Message, *, level: Level = Level.WARNING, row: int | None = None,
             column: str | None = None, value: object = None) -> None:
        """Note a problem of the whole file: the first time only."""
        if not self.counts[level, message.key, column]:
            self.add(message, level=level, row=row, column=column, value=value)

    def more(self, message: Message, *, count: int, column: str | None = None,
             level: Level = Level.ERROR) -> None:
        """Count further problems of one kind without listing them."""
        self.counts[level, message.key, column] += count

    @property
    def issues(self) -> list[Issue]:
        """Return what was kept, rows in their order, then one summary a kind that was cut."""
        placed = iter(sorted((issue for issue in self.kept if issue.row is not None),
                             key=lambda issue: issue.row or 0))
        ordered = [next(placed) if issue.row is not None else issue for issue in self.kept]
        return [*ordered, *(self._summary(kind, count - MOST)
                              for kind, count in self.counts.items() if count > MOST)]

    def _summary(self, kind: tuple[Level, str, str | None], count: int) -> Issue:
        level, key, column = kind
        message = Message(key="more_like_this", text=_MORE, hint=_MORE_HINT,
                          values={"n": count, "key": key, "most": MOST})
        return Issue(level=level, message=message, file=self.file, sheet=self.sheet,
                     column=column)

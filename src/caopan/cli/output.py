"""Data to stdout, talk to stderr; a refusal says what happened and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby

from caopan.facts.issue import Issue, Level
from caopan.units.document import encoded, rows_encoded
from caopan.units.line import harmless
from caopan.units.message import Language, Message

KEPT = "\t\n"
"""Control characters that a line of talk may hold; all others could steer a terminal."""
HINT_INDENT = " " * 7
"""What stands before the advice under an issue."""


def say(line: str) -> None:
    """Write one line of talk to stderr.

    >>> say("")
    """
    sys.stderr.write(harmless(line, kept=KEPT) + "\n")


def show(line: str) -> None:
    """Write one line of data to stdout.

    >>> show("2 batches")
    2 batches
    """
    sys.stdout.write(harmless(line, kept=KEPT) + "\n")


def show_json(document: Mapping[str, object]) -> None:
    """Write one JSON document to stdout, readable and in UTF-8.

    >>> show_json({"batch": 1})
    {
      "batch": 1
    }
    """
    sys.stdout.write(encoded(document, indent=2) + "\n")


def show_json_line(document: Mapping[str, object]) -> None:
    """Write one JSON document to stdout as one line, at once: a program waits for it.

    >>> show_json_line({"url": "http://127.0.0.1:8700/"})
    {"url": "http://127.0.0.1:8700/"}
    """
    sys.stdout.write(encoded(document) + "\n")
    sys.stdout.flush()


def show_json_rows(head: Mapping[str, object], name: str,
                   rows: Iterator[str]) -> None:
    """Write one JSON document whose last field is a long list, an entry of JSON a line.

    They are written as they come; the first is made before anything is: what goes wrong until
    then is an error of
    its own and no half document.

    >>> show_json_rows({"synthetic": True}, "subjects", iter(['{"a": 1}', '{"a": 2}']))
    {"synthetic": true, "subjects": [
    {"a": 1},
    {"a": 2}
    ]}
    """
    first = next(rows, None)
    for piece in rows_encoded(head, name, () if first is None else chain((first,), rows)):
        sys.stdout.write(piece)


def refuse(message: Message, *, language: Language, as_json: bool,
           issues: Iterable[Issue] = ()) -> None:
    """Say that the work could not be done: an error, a blank line, a hint.

    >>> from caopan.units.message import Text
    >>> refuse(Message(key="k", text=Text(zh="空", en="empty")), language="en", as_json=True)
    {
      "error": {
        "key": "k",
        "message": "empty",
        "hint": null,
        "details": {}
      },
      "issues": []
    }
    """
    hint = message.advise(language)
    if as_json:
        show_json({"error": {"key": message.key, "message": message.say(language), "hint": hint,
                             "details": message.values},
                   "issues": [issue.document(language) for issue in issues]})
        return
    for line in issue_lines(issues, language):
        say(line)
    say(("错误：" if language == "zh" else "error: ") + message.say(language))
    if hint:
        say("")
        say(("下一步：" if language == "zh" else "hint: ") + hint)


def issue_lines(issues: Iterable[Issue], language: Language, *,
                most: int | None = None) -> list[str]:
    """Return issues as lines, errors first; what to do stands once behind those it is said of.

    Args:
        issues: the problems, in the order they were found.
        language: the language of the lines.
        most: how many issues are shown; None: all.

    >>> from caopan.facts.issue import Level
    >>> from caopan.units.message import Text
    >>> empty = Message(key="empty_cell", text=Text(zh="空", en="empty"),
    ...                 hint=Text(zh="填上", en="fill it"))
    >>> cells = [Issue(level=Level.ERROR, message=empty, row=at) for at in (3, 4)]
    >>> issue_lines(cells, "en")
    ['error  3  empty', 'error  4  empty', '       → fill it']
    """
    ordered = sorted(issues, key=lambda issue: issue.level is not Level.ERROR)
    lines = []
    for (_, hint), alike in groupby(
            ordered[:most], key=lambda issue: (issue.level, issue.message.advise(language))):
        lines += [issue_line(issue, language) for issue in alike]
        if hint:
            lines.append(f"{HINT_INDENT}→ {hint}")
    return lines


def issue_line(issue: Issue, language: Language) -> str:
    """Return an issue as one line for a person.

    >>> from caopan.facts.issue import Level
    >>> from caopan.units.message import Text
    >>> empty = Message(key="empty_cell", text=Text(zh="空", en="empty"))
    >>> issue_line(Issue(level=Level.ERROR, message=empty, file="a.csv", row=3), "en")
    'error  a.csv:3  empty'
    """
    marks = {"zh": {"error": "错误", "warning": "提醒", "future_error": "将来是错误"},
             "en": {"error": "error", "warning": "warning", "future_error": "future error"}}
    place = ":".join(str(part) for part in (issue.file, issue.sheet, issue.row, issue.column)
                     if part is not None)
    words = [marks[language][issue.level.value], place, issue.message.say(language)]
    return "  ".join(word for word in words if word)


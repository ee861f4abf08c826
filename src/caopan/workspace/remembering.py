"""What imports said, kept as documents, so that later reports can show it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caopan.facts.issue import Issue, Level
from caopan.ingest.correction import Correction
from caopan.report.page import ImportedFile as ReportFile
from caopan.report.page import IssueGroup, grouped, said_document
from caopan.report.page import SkippedFile as ReportSkipped
from caopan.store.store import Store
from caopan.units.message import Language, Message, Text
from caopan.workspace.records import ImportResult

KIND = "import"


def remember(store: Store, result: ImportResult, *, now: datetime) -> None:
    """Append what an import said to the workspace's documents."""
    groups = grouped(result.issues)
    store.put_document(KIND, {
        "batch": result.batch,
        "files": [{"file": file.file, "layout": file.layout, "title": _words(file.title),
                   "reasons": [_words(reason) for reason in file.reasons],
                   "rows": sum(file.rows.values())} for file in result.files],
        "skipped": [{"file": skipped.file, "reason": _message(skipped.reason)}
                    for skipped in result.skipped],
        "joins": [_words(join.sentence) for join in result.joins],
        "issues": [{"key": group.key, "level": group.level.value, "count": group.count,
                    "examples": [_issue(issue) for issue in group.examples]}
                   for group in groups],
        "corrections": [one.document() for one in result.corrections],
    }, inputs_hash=str(result.batch), now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the imports that count said; of the joins the latest, which looked at everything."""

    files: tuple[ReportFile, ...]
    skipped: tuple[ReportSkipped, ...]
    issues: tuple[IssueGroup, ...]
    joins: tuple[Text, ...]
    corrections: tuple[Correction, ...] = ()
    """What persons wrote in place of cells."""

    def document(self, language: Language) -> dict[str, object]:
        """Return what was said as JSON."""
        said = said_document(self.files, self.skipped, self.issues, self.joins, language=language)
        return said | {"corrections": [one.document() for one in self.corrections]}


def remembered(store: Store) -> Remembered:
    """Return what every import that counts has said."""
    active = {batch.id for batch in store.batches() if batch.is_active}
    latest = {document.body["batch"]: document.body for document in store.documents(KIND)}
    return _together([body for batch, body in sorted(latest.items()) if batch in active])


def said(store: Store, batch: int) -> Remembered:
    """Return what one import has said; nothing for one that said nothing."""
    return _together([document.body for document in store.documents(KIND)
                      if document.body["batch"] == batch][-1:])


def _together(bodies: Sequence[Mapping[str, Any]]) -> Remembered:
    files = {file["file"]: _file(file) for body in bodies for file in body["files"]}
    skipped = {one["file"]: ReportSkipped(file=one["file"], reason=_told(one["reason"]))
               for body in bodies for one in body["skipped"] if one["file"] not in files}
    joins = next((body["joins"] for body in reversed(bodies) if body["joins"]), ())
    return Remembered(
        files=tuple(files.values()), skipped=tuple(skipped.values()),
        issues=_merged(group for body in bodies for group in body["issues"]),
        joins=tuple(_spoken(join) for join in joins),
        corrections=tuple(Correction(**one) for body in bodies
                          for one in body.get("corrections", ())))


def _merged(groups: Iterable[Mapping[str, Any]]) -> tuple[IssueGroup, ...]:
    found: dict[tuple[str, str], IssueGroup] = {}
    for group in groups:
        place = (group["level"], group["key"])
        examples = tuple(_read(issue) for issue in group["examples"])
        found[place] = IssueGroup(key=group["key"], level=Level(group["level"]),
                                  count=group["count"], examples=examples)
    return tuple(found.values())


def _file(file: Mapping[str, Any]) -> ReportFile:
    return ReportFile(file=file["file"], layout=file["layout"], rows=file["rows"],
                      title=_spoken(file["title"]),
                      reasons=tuple(_spoken(reason) for reason in file["reasons"]))


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _message(message: Message) -> dict[str, Any]:
    hint = message.hint
    return {"key": message.key, "zh": message.say("zh"), "en": message.say("en"),
            "hint": hint and {"zh": message.advise("zh"), "en": message.advise("en")}}


def _issue(issue: Issue) -> dict[str, Any]:
    return {"level": issue.level.value, "message": _message(issue.message), "file": issue.file,
            "sheet": issue.sheet, "row": issue.row, "column": issue.column, "value": issue.value}


def _read(issue: Mapping[str, Any]) -> Issue:
    return Issue(level=Level(issue["level"]), message=_told(issue["message"]), file=issue["file"],
                 sheet=issue["sheet"], row=issue["row"], column=issue["column"],
                 value=issue["value"])


def _told(message: Mapping[str, Any]) -> Message:
    hint = message["hint"]
    return Message(key=message["key"], text=_spoken(message),
                   hint=_spoken(hint) if hint else None)


def _spoken(words: Mapping[str, Any]) -> Text:
    """Return finished words as a text whose braces are no placeholders."""
    zh, en = (str(words[side]).replace("{", "{{").replace("}", "}}") for side in ("zh", "en"))
    return Text(zh=zh, en=en)

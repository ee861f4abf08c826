"""Data quality (数据质量) ready to be laid out: files, issues, reconciliation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PureWindowsPath

from caopan.facts.issue import Issue
from caopan.report.dates import span
from caopan.report.page import ImportSummary, IssueGroup, Reconciliation
from caopan.report.words import Words, clean
from caopan.units import number

FILES, GROUPS, SUMS = 40, 30, 30
"""Lines of each list that are printed."""
CELL, NAME = 80, 60
GUESSED = frozenset({"year_assumed"})
"""Keys of the issues that stand on the first page too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityView:
    """Rows of words for each table, and how many were left out."""

    files: tuple[tuple[str, str, str, str], ...]
    """File, layout, reasons, rows."""
    files_more: int
    skipped: tuple[tuple[str, str], ...]
    issues: tuple[tuple[str, str, str, str, str], ...]
    """Level, level in words, what and what to do, count, example."""
    issues_more: int
    sums: tuple[tuple[str, str, str, str, bool], ...]
    """Name, products, sessions, ratio, whether they agree; those that do not come first."""
    sums_more: int
    sums_said: str
    joins: tuple[str, ...]
    span: str


def quality(imports: ImportSummary, *, words: Words) -> QualityView:
    """Return the tables of the data-quality section."""
    sums = sorted(imports.reconciliation, key=lambda row: row.within)
    off = [row for row in sums if not row.within]
    return QualityView(
        files=tuple(
            (file_name(file.file),
             words.said(file.title) if file.title else clean(file.layout),
             words("semicolon").join(words.said(reason) for reason in file.reasons),
             number.count(file.rows, language=words.language))
            for file in imports.imported[:FILES]),
        files_more=max(len(imports.imported) - FILES, 0),
        skipped=tuple((file_name(file.file), _with_advice(
            words.told(file.reason), words.advised(file.reason), words))
            for file in imports.skipped[:FILES]),
        issues=tuple(_issue(group, words) for group in imports.issues[:GROUPS]),
        issues_more=max(len(imports.issues) - GROUPS, 0),
        sums=tuple(_sum(row, words) for row in sums[:SUMS]),
        sums_more=max(len(sums) - SUMS, 0),
        sums_said=_sums_said(imports.reconciliation, len(off), words),
        joins=tuple(words.said(join) for join in imports.joins),
        span=span(imports.span, language=words.language) if imports.span else number.MISSING)


def assumed(imports: ImportSummary, *, words: Words) -> tuple[str, ...]:
    """Return what was guessed about every date and so about every number: the year."""
    found = [group.examples[0].message for group in imports.issues
             if group.key in GUESSED and group.examples]
    return tuple(_with_advice(words.told(message), words.advised(message), words)
                 for message in found)


def file_name(path: str) -> str:
    r"""Return a file's own name: a client need not see where it lay on somebody's disk.

    >>> file_name("/home/lin/导出/场次.csv"), file_name(r"C:\\导出\\场次.csv")
    ('场次.csv', '场次.csv')
    """
    return clean(PureWindowsPath(path).name or path, most=CELL)


def _issue(group: IssueGroup, words: Words) -> tuple[str, str, str, str, str]:
    first = group.examples[0] if group.examples else None
    said = _with_advice(words.told(first.message), words.advised(first.message),
                        words) if first else clean(group.key)
    return (group.level.value, words(f"level.{group.level.value}"), said,
            number.count(group.count, language=words.language),
            _place(first, words) if first else "")


def _place(issue: Issue, words: Words) -> str:
    parts = []
    if issue.file and issue.row is not None:
        parts.append(words("quality.place", file=file_name(issue.file), row=issue.row))
    elif issue.file:
        parts.append(file_name(issue.file))
    if issue.column:
        parts.append(clean(issue.column, most=CELL))
    if issue.value is not None:
        parts.append(f"“{clean(issue.value, most=CELL)}”")
    return " · ".join(parts)


def _sum(row: Reconciliation, words: Words) -> tuple[str, str, str, str, bool]:
    products, sessions = (
        number.money(total, currency=row.currency, language=words.language)
        for total in (row.product_total, row.session_total))
    return (clean(row.subject, most=NAME), products, sessions, number.percent(row.ratio),
            row.within)


def _sums_said(rows: tuple[Reconciliation, ...], off: int, words: Words) -> str:
    total = len(rows)
    if not total:
        return words("quality.no_sums")
    if not off:
        gaps = [abs(row.ratio - 1.0) for row in rows if row.ratio is not None]
        return words("quality.all_within", n=total, gap=number.percent(max(gaps, default=None)))
    return words("quality.some_off", n=off, total=total)


def _with_advice(said: str, advice: str, words: Words) -> str:
    if not advice:
        return said
    return f"{said}{words('semicolon')}{advice}"

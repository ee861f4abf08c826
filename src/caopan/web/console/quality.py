"""数据质量 · Data quality: files and why, problems by kind, totals that must agree."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.facts.column_words import TABLE_WORDS, column_words
from caopan.report.quality import quality
from caopan.report.words import Words
from caopan.web.screen import Screen
from caopan.web.visit import Visit

FULL, THIN = 0.95, 0.5
"""From which share of known rows a column counts as full, and below which as thin."""


def page(visit: Visit) -> Response:
    """Show what every import said and which totals agree; of very many facts when it is ready."""
    summary = visit.house.figures.ask(
        ("quality", visit.revision, visit.workspace.results_mark()), visit.workspace.quality)
    told = None if summary is None else quality(summary, words=Words(language=visit.language))
    template = "quality/body.html" if visit.is_fragment else "quality/page.html"
    return visit.show(template, summary=summary, told=told)


def coverage(visit: Visit) -> Response:
    """Show how much of every table is known, column by column: a part of the page, or by itself."""
    tables = visit.house.figures.ask(("coverage", visit.revision), visit.workspace.coverage)
    template = "quality/coverage.html" if visit.is_fragment else "quality/coverage_page.html"
    return visit.show(template, tables=tables, full=FULL, thin=THIN,
                      names=TABLE_WORDS, column=column_words)


SCREENS = (
    Screen(path="/quality", action=Action.READ, show=page),
    Screen(path="/quality/coverage", action=Action.READ, show=coverage),
)

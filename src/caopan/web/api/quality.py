"""``/quality``, ``/coverage`` and ``/freshness``: how far the data can be trusted."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.report.quality_document import quality_document
from caopan.web.api.answers import quality as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows


def show(call: Called) -> dict[str, object]:
    """Show where the facts came from, what was wrong, and which totals agree."""
    return quality_document(call.workspace.quality(), language=call.language)


def coverage(call: Called) -> dict[str, object]:
    """Show how many rows of every table carry each column."""
    return {"tables": [one.document() for one in call.workspace.coverage()]}


def freshness(call: Called) -> dict[str, object]:
    """Show the latest moment of every source and how old it is."""
    return {"sources": [one.document() for one in call.workspace.imports.freshness()]}


ENDPOINTS = (
    Endpoint(method="GET", path="/quality", action=Action.READ, call=show, verb="quality",
             answer=answers.Quality),
    Endpoint(method="GET", path="/coverage", action=Action.READ, call=coverage, verb="coverage",
             answer=answers.Coverage, follows=Follows.FACTS),
    Endpoint(method="GET", path="/freshness", action=Action.READ, call=freshness,
             verb="imports.freshness", answer=answers.Freshness),
)

"""The answers of the catalogue, of the workspace itself, and of the search."""

from __future__ import annotations

from typing import Any

from caopan.web.api.answers.basic import Answer, Both


class Metric(Answer):
    """One metric, one definition."""

    id: str
    zh: str
    en: str
    family: str
    unit: str
    formula: str
    tables: list[str]
    by: list[str]
    counted: str
    maturity_days: int | None
    gmv_basis: str | None
    trap: str | None
    source: str


class Catalogue(Answer):
    """Every metric."""

    metrics: list[Metric]


class MetricValue(Answer):
    """One metric by groups; every row holds its groups, ``value`` and ``n``."""

    metric: str
    name: str
    unit: str
    formula: str
    counted: str
    gmv_basis: str | None
    maturity_days: int | None
    rows: list[dict[str, Any]]


class About(Answer):
    """The workspace; ``imports`` are the batches that count."""

    version: str
    synthetic: bool
    revision: int
    mark: str
    imports: list[int]


class Found(Answer):
    """One thing that can be opened; ``path`` is its page in the console."""

    kind: str
    id: str
    name: Both
    path: str


class Search(Answer):
    """What fits the words."""

    found: list[Found]

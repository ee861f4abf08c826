"""Every endpoint of the API; each noun's file says its own."""

from __future__ import annotations

from caopan.web.api import (
    backtests,
    corrections,
    demo,
    diagnoses,
    exports,
    forecasts,
    imports,
    jobs,
    looks,
    mappings,
    metrics,
    quality,
    questions,
    records,
    results,
    rules,
    runs,
    search,
    sessions,
    subjects,
    uploads,
    workspace,
)
from caopan.web.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *workspace.ENDPOINTS,
    *uploads.ENDPOINTS,
    *looks.ENDPOINTS,
    *corrections.ENDPOINTS,
    *mappings.ENDPOINTS,
    *imports.ENDPOINTS,
    *records.ENDPOINTS,
    *quality.ENDPOINTS,
    *metrics.ENDPOINTS,
    *subjects.ENDPOINTS,
    *sessions.ENDPOINTS,
    *results.ENDPOINTS,
    *diagnoses.ENDPOINTS,
    *forecasts.ENDPOINTS,
    *backtests.ENDPOINTS,
    *questions.ENDPOINTS,
    *rules.ENDPOINTS,
    *exports.ENDPOINTS,
    *runs.ENDPOINTS,
    *demo.ENDPOINTS,
    *search.ENDPOINTS,
    *jobs.ENDPOINTS,
)

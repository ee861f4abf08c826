"""Every endpoint of the API; each noun's file says its own."""

from __future__ import annotations

from caopan.web.api import (
    batches,
    demo,
    diagnoses,
    exports,
    imports,
    jobs,
    mappings,
    metrics,
    runs,
    uploads,
    workspace,
)
from caopan.web.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *workspace.ENDPOINTS,
    *uploads.ENDPOINTS,
    *imports.ENDPOINTS,
    *batches.ENDPOINTS,
    *mappings.ENDPOINTS,
    *metrics.ENDPOINTS,
    *diagnoses.ENDPOINTS,
    *exports.ENDPOINTS,
    *runs.ENDPOINTS,
    *demo.ENDPOINTS,
    *jobs.ENDPOINTS,
)

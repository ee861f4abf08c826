"""The answer about a running session's final."""

from __future__ import annotations

from caopan.web.api.answers.basic import Answer


class Pace(Answer):
    """The final of a running session; money is decimal text, figures null under ``cannot_tell``."""

    synthetic: bool
    session_id: str
    outcome: str
    unit: str
    currency: str | None
    minute: int
    minutes: float | None
    planned: bool
    so_far: str | float
    forecast: str | float | None
    forecast_by: str | None
    low: str | float | None
    mid: str | float | None
    high: str | float | None
    level: float
    quantiles: dict[str, str | float]
    n: int
    method: str | None
    status: str
    reason: str | None
    warning: str | None

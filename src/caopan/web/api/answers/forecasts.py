"""The answers of forecasts."""

from __future__ import annotations

from datetime import datetime

from caopan.web.api.answers.basic import Answer, Issue, Value


class Move(Answer):
    """What one term of a plan does to the middle of a forecast, beside what is usual."""

    term: str
    planned: float
    usual: float
    amount: Value


class Forecast(Answer):
    """One outcome of one session to come.

    ``status`` is ok, cold_start or cannot_tell; under the last every figure is null, and
    ``reason`` says why. ``quantiles`` are nineteen by level, ascending. ``session_id`` and
    ``started_at`` are null for a host's next session of which no plan is known.
    """

    session_id: str | None
    streamer_id: str
    name: str
    started_at: datetime | str | None
    outcome: str
    unit: str
    currency: str | None
    status: str
    n_history: int
    level: float
    low: Value
    mid: Value
    high: Value
    quantiles: dict[str, Value] | None
    rule: str | None
    weights: dict[str, float]
    reason: str | None
    moves: list[Move]


class ForecastModel(Answer):
    """Which kept model told an outcome: its document, its version, and what it was fitted on."""

    outcome: str
    id: int
    version: int
    fitted_at: datetime | str
    sessions: int
    hosts: int
    seed: int


class Forecasts(Answer):
    """The forecasts of a plan, and the problems of its other rows."""

    synthetic: bool
    level: float
    note: str | None
    models: list[ForecastModel]
    forecasts: list[Forecast]
    issues: list[Issue]

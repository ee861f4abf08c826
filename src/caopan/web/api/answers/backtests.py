"""The answers of the forecast's test on the own history."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from caopan.web.api.answers.basic import Answer


class Baseline(Answer):
    """One rule on the same sessions; ``wape`` and ``crps`` are shares of all that was sold."""

    name: str
    crps: float
    wape: float
    crps_log: float
    coverage: float


class Gain(Answer):
    """By how much of itself the habit's WAPE is smaller with the rule."""

    low: float
    mid: float
    high: float
    level: float


class Quantile(Answer):
    """The share of sessions that came out below one quantile."""

    quantile: float
    share_below: float


class Band(Answer):
    """How often the range held, by how many sessions the host had before; ``to`` null = open."""

    low: int = Field(alias="from")
    high: int | None = Field(alias="to")
    n: int
    coverage: float


class Backtest(Answer):
    """The test; every figure is null under ``cannot_tell``, and ``reason`` says why."""

    synthetic: bool
    outcome: str
    unit: str
    currency: str | None
    n: int
    subjects: int
    cold_start: int
    elsewhere: int
    status: str
    reason: str | None
    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")
    level: float
    rule: str | None
    weights: dict[str, float]
    coverage: float | None
    crps: float | None
    wape: float | None
    crps_log: float | None
    gain: Gain | None
    baselines: list[Baseline]
    calibration: list[Quantile]
    by_history: list[Band]
    planned_share: float
    sentence: str | None
    warning: str | None

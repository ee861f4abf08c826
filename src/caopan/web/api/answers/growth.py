"""What the endpoints of growth plans answer; amounts are decimal text in the plan's currency."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Listed(BaseModel):
    """One plan: its last version."""

    model_config = ConfigDict(populate_by_name=True)
    grain: str
    subject: str
    version: int
    made_at: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    stages: int


class Plans(BaseModel):
    """The last version of every plan."""

    plans: list[Listed]


class Kept(BaseModel):
    """A kept version of a growth plan."""

    made_at: str
    version: int
    grain: str
    subject: str
    currency: str
    stages: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class Versions(BaseModel):
    """The versions there are, oldest first."""

    versions: list[dict[str, Any]]


class Change(BaseModel):
    """One field that is not the same; null: it is not there."""

    where: str
    before: Any
    after: Any


class Changes(BaseModel):
    """What differs between two versions."""

    changes: list[Change]


class Gate(BaseModel):
    """The gate of a stage as it stands today; ``chance``: of its target by its date."""

    stage: str
    name: str
    passing: str
    by: str
    otherwise: str
    chance: dict[str, Any] | None
    chance_n: int
    conditions: list[dict[str, Any]]


class Point(BaseModel):
    """The sales of the thirty days before a day; ``month`` null: it cannot be told."""

    day: str
    n: int
    hosts: int
    known: Any
    extrapolated: bool
    month: dict[str, Any] | None


class Growth(BaseModel):
    """A growth plan and how it stands; ``version`` null: a proposal that nobody kept."""

    synthetic: bool
    name: str
    plan: dict[str, Any]
    version: int | None
    today: str
    made_at: str | None
    level: float
    until: str
    n_history: int
    months: int
    standing: dict[str, Any]
    gates: list[Gate]
    path: list[Point]
    untold: str | None
    next: list[str]
    notes: list[str]

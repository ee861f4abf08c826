"""What the endpoints of run sheets answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class LineUp(BaseModel):
    """A proposed run sheet; amounts are decimal text in ``currency``."""

    session_id: str
    streamer_id: str
    version: int
    currency: str
    items: list[dict[str, Any]]
    seconds: int
    value: str
    bound: str
    gap: float | None
    violations: list[dict[str, Any]]
    basis: dict[str, Any]
    issues: list[dict[str, Any]]
    synthetic: bool


class Kept(BaseModel):
    """A kept version of a run sheet; ``edits``: what was done to the version before.

    ``restores``: the version whose content it has again, of an undo.
    """

    session_id: str
    made_at: str
    seconds: int
    version: int
    currency: str
    items: list[dict[str, Any]]
    edits: list[dict[str, Any]]
    restores: int | None


class Plain(BaseModel):
    """A run sheet that nobody has kept."""

    version: int
    currency: str
    items: list[dict[str, Any]]


class Proposed(BaseModel):
    """What a line-up changes of a kept sheet; ``gain`` null where history does not tell of all.

    ``value`` and ``bound`` of the proposed order, and every gain, are money of ``unit``: profit,
    or GMV where a cost is not known.
    """

    value: str
    bound: str
    currency: str
    unit: str
    gain: dict[str, Any] | None
    gain_mid: str
    changes: list[dict[str, Any]]


class Versions(BaseModel):
    """The versions there are, oldest first."""

    versions: list[dict[str, Any]]


class Difference(BaseModel):
    """What differs between two versions; ``seconds``: how much longer it has become."""

    seconds: int
    items: list[dict[str, Any]]


class Lints(BaseModel):
    """What is wrong with a run sheet, each with the change that mends it, null: none does."""

    lints: list[dict[str, Any]]


class Sheets(BaseModel):
    """The sessions to come and whose run sheet is kept; null: none is, or nobody planned it."""

    sessions: list[dict[str, Any]]


class Look(Kept):
    """A run sheet as it stands: times in seconds since the start, sums with their ranges."""

    starts_at: str | None
    planned_minutes: float | None
    seconds_over: float | None
    beside: int
    undo_to: int | None
    times: list[dict[str, Any]]
    figures: dict[str, Any]
    lints: list[dict[str, Any]]


class BookRead(BaseModel):
    """What a workbook changes on the version ``base``; ``version``: what was kept, if it was."""

    session_id: str
    base: int | None
    version: int | None
    edits: list[dict[str, Any]]
    difference: Difference

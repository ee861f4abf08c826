"""The parts of a proposal for a campaign, and what they are called."""

from __future__ import annotations

from enum import StrEnum

from caopan.units.message import Text


class Part(StrEnum):
    """A part of a proposal, in the order in which they build on each other."""

    SESSIONS = "sessions"
    TARGETS = "targets"
    BUDGET = "budget"
    STOCK = "stock"
    PITCHES = "pitches"
    RUN_SHEETS = "run_sheets"


PART_WORDS: dict[Part, Text] = {
    Part.SESSIONS: Text(zh="场次", en="Sessions"), Part.TARGETS: Text(zh="目标分解", en="Targets"),
    Part.BUDGET: Text(zh="投放预算和波次", en="Budget and waves"),
    Part.STOCK: Text(zh="备货", en="Stock"), Part.PITCHES: Text(zh="讲品框架", en="Pitch frames"),
    Part.RUN_SHEETS: Text(zh="节目单", en="Run sheets")}

"""What differs between two versions of a growth plan (版本对比)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caopan.plan.growth import GrowthPlan
from caopan.plan.growth_document import written


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthChange:
    """One field of the plan's JSON, as it was and as it is; None: it is not there."""

    where: str
    before: object
    after: object


def changes(before: GrowthPlan, after: GrowthPlan) -> tuple[GrowthChange, ...]:
    """Return every field that is not the same, in the order of the document.

    Stages and steps are told apart by their place; the version itself is no change.

    >>> from dataclasses import replace
    >>> from caopan.plan.growth_document import read
    >>> plan = read({"grain": "streamer", "subject": "h1", "stages": [
    ...     {"id": "depth", "from": "2026-12-01", "to": "2027-01-12", "target": "300000",
    ...      "invested": {"sessions_per_week": 4, "hours": 3}}]})
    >>> stage = replace(plan.stages[0], target=100)
    >>> [(one.where, one.after) for one in changes(plan, replace(plan, stages=(stage,)))]
    [('stages[0].target', '1.00')]
    """
    old, new = (dict(_leaves("", written(one))) for one in (before, after))
    return tuple(GrowthChange(where=where, before=old.get(where), after=new.get(where))
                 for where in dict.fromkeys((*old, *new))
                 if where != "version" and old.get(where) != new.get(where))


def _leaves(where: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(f"{where}.{name}" if where else str(name), inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(f"{where}[{at}]", inner)
    else:
        yield where, value

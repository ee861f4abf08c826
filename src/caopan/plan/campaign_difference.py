"""What differs between two versions of a campaign (版本对比)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_document import written

KEYS = {"phases": ("phase",), "sessions": ("session_id",), "pitches": ("product_id",),
        "posts": ("role",), "tasks": ("id",), "waves": ("session_id", "number"),
        "supplies": ("session_id", "product_id"), "drills": ("card_id",)}
"""What an entry of a list is known by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs: ``place`` as in the JSON, entries of lists by what they are known by.

    ``before`` is None where it was not there, ``after`` where it no longer is.
    """

    place: str
    before: object
    after: object


def difference(before: Campaign, after: Campaign) -> tuple[Change, ...]:
    """Return every field that differs, in the order of the JSON; the version's number does not.

    >>> from datetime import date
    >>> from dataclasses import replace
    >>> from caopan.plan.campaign_begun import begun
    >>> from caopan.playbook.campaigns import campaign_templates
    >>> first = begun(campaign_templates().template("b"), id="c", name="日播",
    ...               burst_on=date(2026, 11, 28), language="zh")
    >>> [one.place for one in difference(first, replace(first, name="夜场", target=100))]
    ['name', 'target']
    """
    old, new = written(before), written(after)
    return tuple(_differences(old, new, ""))


def _differences(old: object, new: object, place: str) -> Iterator[Change]:
    if old == new or place == "version":
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            yield from _differences(old.get(name), new.get(name),
                                    f"{place}.{name}" if place else name)
    elif isinstance(old, list) and isinstance(new, list) and place in KEYS:
        first, then = (_named(entries, KEYS[place]) for entries in (old, new))
        for name in dict.fromkeys((*first, *then)):
            yield from _differences(first.get(name), then.get(name), f"{place}[{name}]")
    else:
        yield Change(place=place, before=old, after=new)


def _named(entries: list[dict[str, object]], keys: tuple[str, ...]) -> dict[str, object]:
    return {"/".join(str(one[key]) for key in keys): one for one in entries}

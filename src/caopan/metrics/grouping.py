"""What a value may be split by, and how each table reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import ibis.expr.types as ir
from ibis import _

from caopan.facts.schema import TABLES
from caopan.metrics.calendar import TIME_NAMES, day_of, known_part
from caopan.metrics.scope import Scope
from caopan.metrics.served import SERVICE_NAMES, with_service
from caopan.units.message import CaopanError, Message, Text

ALIKE = 0.7
"""Likeness of two names (0-1) from which one is probably a slip for the other."""

@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A step from a row to a record it names: ``table`` by its key held in the row's ``key``."""

    key: str
    table: str
    value: Any
    """The deferred expression taken from the record, ``_.category``."""


LINKS: dict[str, Link] = {
    "platform": Link(key="session_id", table="sessions", value=_.platform),
    "level": Link(key="session_id", table="sessions", value=_.level),
    "campaign_id": Link(key="session_id", table="sessions", value=_.campaign_id),
    "operator_id": Link(key="session_id", table="sessions", value=_.operator_id),
    "engagement_id": Link(key="session_id", table="sessions", value=_.engagement_id),
    "streamer_id": Link(key="session_id", table="sessions", value=_.streamer_id),
    "operated_by": Link(key="engagement_id", table="engagements", value=_.provider_id),
    "streamer_kind": Link(key="streamer_id", table="streamers", value=_.kind),
    "streamer_provider_id": Link(key="streamer_id", table="streamers", value=_.provider_id),
    "merchant_category": Link(key="merchant_id", table="merchants", value=_.category),
    "merchant_city": Link(key="merchant_id", table="merchants", value=_.city),
    "merchant_province": Link(key="merchant_id", table="merchants", value=_.province),
    "merchant_kind": Link(key="merchant_id", table="merchants", value=_.kind),
    "belt_id": Link(key="merchant_id", table="merchants", value=_.belt_id),
    "trust_rights": Link(key="merchant_id", table="merchants", value=_.trust_rights),
    "trusted": Link(key="merchant_id", table="merchants", value=_.trust_rights.fill_null("") != ""),
    "product_category": Link(key="product_id", table="products", value=_.category),
    "provider_kind": Link(key="provider_id", table="providers", value=_.kind),
    "provider_tier": Link(key="provider_id", table="providers", value=_.tier),
    "provider_city": Link(key="provider_id", table="providers", value=_.city),
}
"""Groupings that lie in another table; ``trusted`` tells shops with any trust right (信任权益)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The rows a metric is summed over: their own groupings, their date, their own links.

    ``at`` is the column that dates a row (None: undated); ``hourly`` says it is an instant.
    A name both in ``own`` and in ``links`` is the row's own value, else the linked one.
    """

    own: frozenset[str]
    at: str | None = None
    hourly: bool = True
    serviced: bool = False
    """Whether ``provider_id`` and ``served`` can be asked: a merchant, a streamer and a date."""
    links: dict[str, Link] = field(default_factory=dict)

    def link(self, name: str) -> Link | None:
        """Return the step that reaches a grouping, None where it is the row's own column.

        >>> Shape(own=frozenset({"session_id"})).link("platform").table
        'sessions'
        """
        return self.links.get(name) or (None if name in self.own else LINKS.get(name))

    @property
    def groups(self) -> tuple[str, ...]:
        """Return every grouping that these rows allow, sorted."""
        names = set(self.own) | set(self.links) | self._times()
        if self.serviced:
            names |= set(SERVICE_NAMES)
        while more := {name for name, link in LINKS.items() if link.key in names} - names:
            names |= more
        return tuple(sorted(names))

    def _times(self) -> set[str]:
        if self.at is None:
            return set()
        return {name for name in TIME_NAMES if self.hourly or name != "hour"}


def attach(rows: ir.Table, shape: Shape, scope: Scope) -> ir.Table:
    """Return the rows with every grouping of the scope as a column.

    Joins are to keys, so no row is lost or doubled, except by ``provider_id``: a merchant with
    two providers counts for each of them.
    """
    names = _with_keys(scope.by, shape)
    rows = _trimmed(rows, names, shape, scope)
    for name in TIME_NAMES:
        if name in names and shape.at is not None:
            rows = rows.mutate(**{name: known_part(rows, shape.at, name)})
    rows = _linked(rows, [name for name in names if shape.link(name)], shape, scope)
    asked = [name for name in SERVICE_NAMES if name in names and _by_service(name, shape)]
    if asked and shape.at is not None:
        rows = with_service(rows, day_of(rows[shape.at]), asked, scope.table("engagements"))
        late = [name for name in names if _after_service(name, shape)]
        rows = _linked(rows, late, shape, scope, late=True)
    return rows


def check(by: tuple[str, ...], allowed: tuple[str, ...], *, metric: str) -> None:
    """Pass where every grouping is allowed.

    >>> check(("day",), ("day", "month"), metric="gmv_gross")

    Raises:
        UnknownGroupingError: a name is not among the allowed ones.
    """
    for name in by:
        if name not in allowed:
            raise UnknownGroupingError(name, metric, allowed)


def _trimmed(rows: ir.Table, names: tuple[str, ...], shape: Shape, scope: Scope) -> ir.Table:
    """Return the rows without the columns nobody reads: every join would carry them along."""
    if scope.columns is None or not any(shape.link(name) or name not in shape.own
                                        for name in names):
        return rows
    wanted = {*scope.columns, *names, shape.at}
    if set(names) & set(TIME_NAMES):
        wanted.add("extra")  # says of which starts only the month is known
    return rows.select(*(name for name in rows.columns if name in wanted))


def _with_keys(by: tuple[str, ...], shape: Shape) -> tuple[str, ...]:
    """Return the names with all the keys that reaching them needs, keys first."""
    names: list[str] = []

    def add(name: str) -> None:
        if name in names:
            return
        link = shape.link(name)
        if link is not None:
            add(link.key)
        elif _by_service(name, shape):
            add("merchant_id")
            add("streamer_id")
        names.append(name)

    for name in by:
        add(name)
    return tuple(names)


def _by_service(name: str, shape: Shape) -> bool:
    return name in SERVICE_NAMES and name not in shape.own


def _after_service(name: str, shape: Shape) -> bool:
    link = shape.link(name)
    return link is not None and _by_service(link.key, shape)


def _linked(
    rows: ir.Table, names: list[str], shape: Shape, scope: Scope, *, late: bool = False,
) -> ir.Table:
    pending = [name for name in names if _after_service(name, shape) is late]
    while pending:
        steps = {name: link for name in pending if (link := shape.link(name))}
        first = next(link for link in steps.values() if link.key not in pending)
        together = {name: link for name, link in steps.items()
                    if (link.key, link.table) == (first.key, first.table)}
        rows = _joined(rows, together, shape, scope)
        pending = [name for name in pending if name not in together]
    return rows


def _joined(rows: ir.Table, links: dict[str, Link], shape: Shape, scope: Scope) -> ir.Table:
    step = next(iter(links.values()))
    (key,) = TABLES[step.table].key
    there = {f"_{name}": link.value for name, link in links.items()}
    record = scope.table(step.table).select(_key=_[key], **there)
    joined = rows.left_join(record, rows[step.key] == record["_key"])
    found = {name: _coalesced(joined, name, own=name in shape.own) for name in links}
    return joined.mutate(**found).drop("_key", *there)


def _coalesced(rows: ir.Table, name: str, *, own: bool) -> ir.Value:
    linked = rows[f"_{name}"]
    return rows[name].coalesce(linked) if own else linked


class UnknownGroupingError(CaopanError):
    """Raised for a grouping that a metric's rows do not carry."""

    def __init__(self, name: str, metric: str, allowed: tuple[str, ...]) -> None:
        """Name the grouping, the nearest ones and all that are allowed."""
        near = get_close_matches(name, allowed, n=3, cutoff=ALIKE)
        super().__init__(Message(
            key="unknown_grouping",
            text=Text(zh="指标 {metric} 不能按 {name} 拆分",
                      en="{metric} cannot be split by {name}"),
            values={"name": name, "metric": metric, "near": near, "allowed": list(allowed),
                    "choice": ", ".join(near or allowed)},
            hint=Text(zh="可以按这些拆分：{choice}", en="split it by one of: {choice}"),
        ))

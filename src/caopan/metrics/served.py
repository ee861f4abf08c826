"""Which provider served a merchant on a day."""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

ServiceName = Literal["provider_id", "served"]
SERVICE_NAMES: tuple[ServiceName, ...] = ("provider_id", "served")


def with_service(
    rows: ir.Table, day: ir.Value, names: list[ServiceName], engagements: ir.Table,
) -> ir.Table:
    """Return the rows with ``provider_id`` or ``served`` (被服务) by the engagement in force.

    ``rows`` carry ``merchant_id`` and ``streamer_id``; ``day`` is their business day. An
    engagement is in force on ``[starts_on, ends_on)``, and where it names a streamer only for
    that one. A merchant with two providers on a day yields one row for each, so rows by provider
    must not be added up; two engagements of one provider yield one. ``served`` is null where the
    merchant is not known.
    """
    rows = rows.mutate(_served_day=day)
    for name in names:
        known = in_force(rows.select("merchant_id", "streamer_id", day="_served_day"), engagements)
        if name == "served":
            found = ibis.literal(value=True)
            known = known.select("_merchant", "_streamer", "_day", _found=found)
        else:
            known = known.select("_merchant", "_streamer", "_day", _found=known.provider_id)
        rows = _joined(rows, known.distinct(), name)
    return rows.drop("_served_day")


def in_force(keys: ir.Table, engagements: ir.Table) -> ir.Table:
    """Return merchant, streamer, day and the engagements in force for them then.

    ``keys`` carry ``merchant_id``, ``streamer_id``, ``day``; the result ``_merchant``,
    ``_streamer``, ``_day``, ``provider_id`` and ``engagement_id``, one row an engagement.
    """
    served = keys.merchant_id == engagements.merchant_id
    keys = keys.semi_join(engagements, served).distinct()
    terms = engagements.select(
        "merchant_id", "provider_id", "engagement_id", "starts_on", "ends_on",
        _only="streamer_id",
    )
    matched = keys.join(terms, [
        keys.merchant_id == terms.merchant_id,
        terms.starts_on <= keys.day,
        terms.ends_on.isnull() | (keys.day < terms.ends_on),
        terms["_only"].isnull() | (terms["_only"] == keys.streamer_id),
    ])
    return matched.select(_merchant="merchant_id", _streamer="streamer_id", _day="day",
                          provider_id="provider_id", engagement_id="engagement_id")


def _joined(rows: ir.Table, known: ir.Table, name: str) -> ir.Table:
    joined = rows.left_join(known, [
        rows.merchant_id == known["_merchant"],
        rows.streamer_id.identical_to(known["_streamer"]),
        rows["_served_day"] == known["_day"],
    ])
    found = joined["_found"]
    if name == "served":
        served = found.fill_null(ibis.literal(value=False))
        found = ibis.ifelse(joined.merchant_id.notnull(), served, ibis.null("boolean"))
    return joined.mutate(**{name: found}).drop("_merchant", "_streamer", "_day", "_found")

"""The canonical tables as data: the one place that knows their columns, kinds and keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, and so how it is read, stored and exported.

    ======== ============================================= ======================= ===============
    kind     meaning                                       stored as (Arrow)       exported as
    ======== ============================================= ======================= ===============
    text     id or words; ids are text                     string                  text
    count    whole number >= 0                             int64                   integer
    number   finite decimal number >= 0 (seconds, ratio)   double                  decimal
    money    amount in minor units of the row's currency   int64                   decimal major
    instant  moment                                        timestamp("us", "UTC")  ISO 8601 + offset
    day      business day                                  date32                  ISO date
    flag     yes or no                                     bool                    true/false
    words    several words, ``;``-separated                string                  text
    choice   one of a closed list                          string                  text
    ======== ============================================= ======================= ===============
    """

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    INSTANT = "instant"
    DAY = "day"
    FLAG = "flag"
    WORDS = "words"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a canonical table."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    signed: bool = False
    """Whether a negative value is allowed (never for money outside refunds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One canonical table: columns in their order of export, key, and the column that dates it."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str | None = None

    def column(self, name: str) -> Column:
        """Return one column by name.

        >>> TABLES["sessions"].column("gmv").kind
        <Kind.MONEY: 'money'>

        Raises:
            KeyError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(column.name for column in self.columns)


_KINDS = {"": Kind.TEXT, "n": Kind.COUNT, "x": Kind.NUMBER, "m": Kind.MONEY, "t": Kind.INSTANT,
          "d": Kind.DAY, "b": Kind.FLAG, "w": Kind.WORDS}


def _table(name: str, columns: str, *, key: str, dated_by: str | None = None) -> Table:
    """Return a table from the short notation ``name:kind`` (``*`` marks a required column)."""
    return Table(name=name, key=tuple(key.split()), dated_by=dated_by,
                 columns=tuple(_column(word) for word in columns.split()))


def _column(word: str) -> Column:
    required = word.startswith("*")
    name, _, kind = word.lstrip("*").partition(":")
    if "/" in kind:
        return Column(name=name, kind=Kind.CHOICE, required=required,
                      choices=tuple(kind.split("/")))
    return Column(name=name, kind=_KINDS[kind], required=required)


_SESSION_HEAD = "*session_id *streamer_id merchant_id platform *started_at:t"

TABLES: dict[str, Table] = {table.name: table for table in (
    _table("merchants", "*merchant_id name category city province belt_id "
           "kind:brand/factory/reseller/talent joined_on:d trust_rights:w currency",
           key="merchant_id"),
    _table("streamers", "*streamer_id name merchant_id provider_id kind:merchant/talent "
           "joined_on:d", key="streamer_id"),
    _table("sessions", f"{_SESSION_HEAD} ended_at:t level:S/A/B campaign_id title "
           "room_impressions:n room_viewers_exposed:n views:n viewers:n avg_online:x "
           "peak_online:n avg_watch_seconds:x product_impressions:n product_viewers:n "
           "product_clicks:n product_clickers:n orders:n buyers:n units:n gmv:m refund_amount:m "
           "refund_as_of:t new_followers:n lost_followers:n comments:n likes:n shares:n "
           "private_views:n public_views:n paid_views:n ad_spend:m planned_ad_spend:m "
           "planned_products:n planned_minutes:x followers_at_start:n engagement_id operator_id "
           "currency", key="session_id", dated_by="started_at"),
    _table("session_minutes", "*session_id *minute:n online:n entries:n entries_private:n "
           "entries_public:n entries_paid:n clicks:n orders:n units:n gmv:m ad_spend:m comments:n",
           key="session_id minute"),
    _table("session_products", "*session_id *product_id "
           "role:welfare/traffic/hero/profit/image/regular live_price:m position:n "
           "explained_seconds:x impressions:n clicks:n orders:n units:n gmv:m refund_amount:m "
           "stock_planned:n sold_out_at:t currency", key="session_id product_id"),
    _table("orders", "*order_id line *paid_at:t created_at:t session_id merchant_id streamer_id "
           "product_id buyer_id quantity:n amount:m refunded_at:t refund_amount:m new_to_shop:b "
           "channel:self/distributed order_kind:normal/lottery/gift/presale province currency",
           key="order_id line", dated_by="paid_at"),
    _table("ad_spend", "*plan_id *starts_at:t ends_at:t session_id merchant_id streamer_id tool "
           "goal:gmv/followers/views spend:m net_spend:m impressions:n entries:n new_followers:n "
           "attributed_gmv:m attribution_window_days:x experiment:off/x0/x1/x2 currency",
           key="plan_id starts_at", dated_by="starts_at"),
    _table("products", "*product_id merchant_id name category belt_id unit_cost:m list_price:m "
           "lead_time_days:x shelf_life_days:x salvage_value:m stock_on_hand:n currency",
           key="product_id"),
    _table("product_channels", "*product_id *channel:shop/live/video/card *from:d *to:d gmv:m "
           "units:n orders:n impressions:n page_views:n unique_page_views:n buyers:n currency",
           key="product_id channel from to"),
    _table("videos", "*video_id streamer_id published_at:t from:d to:d views:n likes:n comments:n "
           "shares:n new_followers:n live_entries:n product_impressions:n product_clicks:n "
           "orders:n units:n gmv:m currency", key="video_id from to", dated_by="published_at"),
    _table("followers_daily", "*streamer_id *day:d followers:n active_followers:n",
           key="streamer_id day"),
    _table("providers", "*provider_id name kind:mcn/belt/merchant/brand "
           "tier:none/quality/core/strategic city province applied_on:d admitted_on:d",
           key="provider_id"),
    _table("operators", "*operator_id provider_id name certified_on:d", key="operator_id"),
    _table("engagements", "*engagement_id *provider_id *merchant_id streamer_id operator_id "
           "*starts_on:d ends_on:d scope:w fee_kind fee_rate:x reason_picked "
           "assignment:chosen/lottery/waiting_list", key="engagement_id"),
    _table("belts", "*belt_id name category city province", key="belt_id"),
    _table("planned_sessions", f"{_SESSION_HEAD} level:S/A/B planned_ad_spend:m "
           "planned_products:n planned_minutes:x followers_at_start:n currency",
           key="session_id", dated_by="started_at"),
    _table("planned_products", "*session_id *product_id "
           "role:welfare/traffic/hero/profit/image/regular live_price:m position:n "
           "planned_seconds:x unit_cost:m stock_on_hand:n", key="session_id product_id"),
)}
"""Every canonical table by name, in the order of the exchange format."""

NULLABLE_REQUIRED = {("orders", "paid_at")}
"""Required columns whose cell may be empty: an unpaid order has no ``paid_at``."""

FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet take a text for a formula when it stands first (also in full width).

Canonical CSV puts one apostrophe before a text that is any apostrophes and then one of these, and
its reader takes one off such a text that has any: nothing runs and nothing is lost.
"""

FORMULA_START = "[" + "".join(f"\\x{{{ord(mark):04X}}}" for mark in FORMULA_STARTS) + "]"
"""One of ``FORMULA_STARTS`` as a regular expression of RE2, which DuckDB and Arrow share."""

EXTRA_PREFIX = "x_"
"""Columns with this prefix are kept untouched, as text."""

STARTED_AT_KNOWN = "x_started_at_known"
"""The extra column of a session that says how far its start is known; absent: to the minute.

``month``: the source names the month only; day, weekday and hour of ``started_at`` mean nothing.
"""

PRODUCTS_SHOWN = "x_products"
"""The extra column of a session that says how many products were shown in it."""

"""TikTok Shop: LIVE ads with their cost (直播投放消耗), 19 columns, header on row 1.

One campaign runs over many sessions, so ``plan_id`` is campaign + launch time. The file names no
account: ``streamer_id`` stays null unless ``--account`` says it, and the join to sessions goes by
time and title (``caopan.ingest.joining``). The campaign id counts by its first 15 digits, because
a spreadsheet keeps no more of a number: the same campaign has the same plan whether the id came as
text or as a number. The platform's attributed revenue is **not** the effect of the spend; of the
two columns the current shop's goes to ``attributed_gmv``. The platform computes these amounts to a
thousandth; they are rounded to the minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.joining import TITLE
from caopan.ingest.layout import Field, Layout
from caopan.ingest.twins import told_apart, unique
from caopan.units.message import Text
from caopan.units.money import MINOR_DIGITS

SAFE_DIGITS = 15
"""Digits of a number that a spreadsheet keeps exactly."""

_MAJOR = "_major"
_AMOUNTS = ("spend_major", "net_spend_major", "attributed_gmv_major")


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the ad rows with their plan."""
    rows = unique(rows, problems=context.problems)
    campaign = pc.coalesce(pc.utf8_slice_codeunits(rows["campaign"], 0, SAFE_DIGITS),
                           rows["x_campaign_name"])
    keys = derived("plan", [campaign, rows["starts_at"]])
    plans = told_apart(keys, rows, by=["spend_major", "entries"], problems=context.problems)
    rows = rows.drop_columns("campaign").add_column(0, "plan_id", plans)
    for amount in _AMOUNTS:
        rows = rows.append_column(amount.removesuffix(_MAJOR), _minor(rows[amount]))
    rows = rows.drop_columns(list(_AMOUNTS))
    if context.options.account:
        account = pa.array([context.options.account] * rows.num_rows, pa.string())
        rows = rows.append_column("streamer_id", account).append_column("merchant_id", account)
    yield Chunk(table="ad_spend", rows=rows)


def _minor(amounts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return amounts in major units as whole minor units, halves to even."""
    scaled = pc.multiply(amounts, float(10**MINOR_DIGITS))
    return pc.round(scaled, round_mode="half_to_even").cast(pa.int64())


LAYOUTS = (
    Layout(
        name="tiktok.live_ads",
        platform="tiktok",
        title=Text(zh="TikTok Shop 直播投放消耗", en="TikTok Shop LIVE ads"),
        table="ad_spend",
        header_row=1,
        constants=(("tool", "gmv_max"), ("goal", "gmv")),
        shape=_shape,
        notes=(
            Text(zh="平台归因成交不等于投放带来的增量",
                 en="the revenue the platform attributes is not the effect of the spend"),
        ),
        fields=(
            Field(header="LIVE name", to=TITLE),
            Field(header="Launched time", to="starts_at"),
            Field(header="Status", to="x_status"),
            Field(header="Campaign name", to="x_campaign_name"),
            Field(header="Campaign ID", to="campaign", kind=Kind.TEXT),
            Field(header="Cost", to="spend_major", kind=Kind.NUMBER),
            Field(header="Net Cost", to="net_spend_major", kind=Kind.NUMBER),
            Field(header="SKU orders", to="x_attributed_orders_all_shops"),
            Field(header="SKU orders (Current shop)", to="x_attributed_orders"),
            Field(header="Cost per order (Current shop)", to=None),
            Field(header="Gross revenue", to="x_attributed_gmv_all_shops"),
            Field(header="Gross revenue (Current shop)", to="attributed_gmv_major",
                  kind=Kind.NUMBER),
            Field(header="ROI (Current shop)", to=None),
            Field(header="LIVE views", to="entries"),
            Field(header="Cost per LIVE view", to=None),
            Field(header="10-second LIVE views", to="x_ten_second_views"),
            Field(header="Cost per 10-second LIVE view", to=None),
            Field(header="LIVE follows", to="new_followers"),
            Field(header="Currency", to="currency"),
        ),
    ),
)

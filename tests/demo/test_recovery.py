"""The tables carry the parameters that the truth states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from caopan.demo.block import Block, block
from caopan.demo.cast import Life
from caopan.demo.service import DIPPER, LOTTERY, RISER
from caopan.demo.size import Size
from caopan.demo.spend import hill
from caopan.demo.world import World, make

WINDOW = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The session columns of a town as arrays, null counts as 0."""

    values: dict[str, np.ndarray]
    host: np.ndarray
    merchant: np.ndarray

    def __getitem__(self, name: str) -> np.ndarray:
        return self.values[name]


@pytest.fixture(scope="module")
def shows(town: dict[str, pa.Table]) -> Columns:
    sessions = town["sessions"]
    wanted = ("room_impressions views viewers product_viewers product_clickers buyers orders units "
              "gmv paid_views private_views new_followers ad_spend").split()
    number = {name: np.nan_to_num(sessions[name].to_numpy(zero_copy_only=False)).astype(float)
              for name in wanted}
    number["start"] = sessions["started_at"].to_numpy().astype("datetime64[s]").astype(float)
    number["served"] = sessions["engagement_id"].is_valid().to_numpy().astype(float)
    number["cart"] = sessions["gmv"].is_valid().to_numpy().astype(float)
    ids = {name: np.array([int(i[1:]) for i in sessions[name].to_pylist()])
           for name in ("streamer_id", "merchant_id")}
    return Columns(values=number, host=ids["streamer_id"], merchant=ids["merchant_id"])


def in_days(instants: pa.ChunkedArray) -> np.ndarray:
    return instants.to_numpy().astype("datetime64[s]").astype(float) / 86_400


def unchanged(world: World, shows: Columns) -> np.ndarray:
    return (world.setting.changes[shows.merchant] < 0) & (shows["served"] == 0)


@pytest.mark.parametrize(("rate", "above", "below", "tolerance"), [
    ("prod_expo_rate", "product_viewers", "viewers", 0.005),
    ("prod_ctr", "product_clickers", "product_viewers", 0.01),
    ("follow_rate", "new_followers", "viewers", 0.02),
])
def test_rates_of_the_funnel_come_back(
    town_world: World, shows: Columns, rate: str, above: str, below: str, tolerance: float,
) -> None:
    true = np.array(town_world.truth["streamers"][rate])[shows.host]
    rows = unchanged(town_world, shows) & ((shows["cart"] > 0) & (shows["product_viewers"] > 0)
                                           | (rate == "follow_rate"))

    ratio = shows[above][rows].sum() / (shows[below] * true)[rows].sum()
    assert abs(ratio - 1) < tolerance


def test_click_to_pay_comes_back_where_nothing_sells_out(
    town_world: World, shows: Columns,
) -> None:
    truth = town_world.truth
    free = ~np.array(truth["merchants"]["stock_recorded"])[shows.merchant]
    rows = unchanged(town_world, shows) & free
    paid = dict(zip(truth["spend"]["streamer_id"], truth["spend"]["conversion"], strict=True))
    worth = np.array([paid.get(f"h{h:05d}", 1.0) for h in shows.host])
    share = shows["paid_views"] / np.maximum(shows["views"], 1)
    rate = np.array(truth["streamers"]["click_pay_rate"])[shows.host] * (1 - share * (1 - worth))

    ratio = shows["buyers"][rows].sum() / (shows["product_clickers"] * rate)[rows].sum()
    assert rows.sum() > 1_000
    assert abs(ratio - 1) < 0.05


def test_refund_rates_and_their_maturity_come_back(
    town_world: World, town: dict[str, pa.Table],
) -> None:
    truth = town_world.truth
    orders = town["orders"]
    limit = pa.scalar(datetime(2026, 3, 15, tzinfo=UTC), orders["paid_at"].type)
    orders = orders.filter(pc.and_(pc.less(orders["paid_at"], limit),
                                   pc.not_equal(orders["order_kind"], "lottery")))
    merchant = np.array([int(m[1:]) for m in orders["merchant_id"].to_pylist()])
    back = orders["refunded_at"].is_valid().to_numpy()
    wait = in_days(orders["refunded_at"]) - in_days(orders["paid_at"])
    expected = np.array(truth["merchants"]["refund_rate"])[merchant]

    assert len(back) > 80_000
    assert abs(back.sum() / expected.sum() - 1) < 0.02
    category = dict(zip(town["merchants"]["merchant_id"].to_pylist(),
                        town["merchants"]["category"].to_pylist(), strict=True))
    women = np.array([category[m] == "女装" for m in orders["merchant_id"].to_pylist()]) & back
    for days, share in truth["refunds"]["女装"]["matured"].items():
        assert abs((wait[women] <= int(days)).mean() - share) < 0.02, days


@pytest.mark.parametrize("within", ["30", "60"])
def test_repurchase_within_the_days_comes_back(
    town_world: World, town: dict[str, pa.Table], within: str,
) -> None:
    orders = town["orders"]
    orders = orders.filter(pc.and_(orders["paid_at"].is_valid(),
                                   pc.not_equal(orders["order_kind"], "lottery")))
    first_in_show = orders.group_by(["merchant_id", "buyer_id", "session_id"]).aggregate(
        [("paid_at", "min")]).sort_by([("buyer_id", "ascending"), ("paid_at_min", "ascending")])
    buyer = first_in_show["buyer_id"].to_numpy(zero_copy_only=False)
    when = in_days(first_in_show["paid_at_min"])
    merchant = np.array([int(m[1:]) for m in first_in_show["merchant_id"].to_pylist()])
    first = np.append(True, buyer[1:] != buyer[:-1])
    again = np.append((buyer[1:] == buyer[:-1]) & (np.diff(when) <= int(within)), False)
    judged = first & (when <= when.max() - int(within))

    true = np.array(town_world.truth["merchants"]["repurchase"][within])[merchant]
    assert judged.sum() > 30_000
    assert abs(again[judged].mean() - true[judged].mean()) < 0.015


def test_paid_views_follow_the_curve_of_the_truth(town_world: World, shows: Columns) -> None:
    truth = town_world.truth["spend"]
    drawn = expected = 0.0
    for place in range(len(truth["streamer_id"])):
        host = int(truth["streamer_id"][place][1:])
        rows = np.flatnonzero((shows.host == host)
                              & (town_world.setting.changes[shows.merchant] < 0))
        days = shows["start"][rows] / 86_400
        spent = shows["ad_spend"][rows]
        carry = truth["carry"][place]
        stock = np.array([(spent[: i + 1] * carry ** (days[i] - days[: i + 1])).sum()
                          for i in range(len(rows))])
        extra = hill(stock, ceiling=np.array(truth["ceiling"][place]),
                     half=np.array(truth["half"][place]), slope=np.array(truth["slope"][place]))
        expected += (extra * spent / np.maximum(stock, 1e-9)).sum()
        drawn += shows["paid_views"][rows].sum()

    assert expected > 100_000
    assert abs(drawn / expected - 1) < 0.01


def test_a_ladder_of_spend_shows_less_than_double_for_double(
    town_world: World, town: dict[str, pa.Table],
) -> None:
    rows = town["ad_spend"].group_by("experiment").aggregate(
        [("spend", "mean"), ("entries", "mean")])
    mean = {r["experiment"]: (r["spend_mean"], r["entries_mean"]) for r in rows.to_pylist()}

    assert mean["x0"] == (0, 0)
    assert mean["x2"][0] > 1.6 * mean["x1"][0]
    assert mean["x1"][1] < mean["x2"][1] < mean["x2"][0] / mean["x1"][0] * mean["x1"][1]


def test_the_platform_claims_more_than_the_spend_brought(
    town_world: World, town: dict[str, pa.Table], shows: Columns,
) -> None:
    spent = town["ad_spend"]
    claimed = pc.sum(spent["attributed_gmv"]).as_py()
    true = (shows["gmv"] * shows["paid_views"] / np.maximum(shows["views"], 1)).sum()

    assert 1.05 < claimed / true < town_world.truth["spend"]["attribution_inflation"]
    assert pc.all(pc.less_equal(
        pc.sum(spent["attributed_gmv"]), pc.sum(town["sessions"]["gmv"]))).as_py()


@pytest.fixture(scope="module")
def country() -> World:
    """Return many merchants with few shows each, so that almost all live and many are served."""
    size = Size(name="country", merchants=1_500, days=140, sessions=29_000, orders=1_000_000,
                block_orders=9_000_000)
    return make(size, seed=9, until=date(2026, 4, 1))


def before_and_after(world: World, reason: int) -> tuple[float, float]:
    """Return the mean log change of demand around the start, and the mean true log lift."""
    made = world.setting.served
    mine = np.flatnonzero(made.reason == reason)
    shocks = world.setting.shocks[made.merchant[mine]]
    week = made.start[mine] // 7
    change = [row[w:w + 4].mean() - row[w - 3:w].mean()
              for row, w in zip(shocks, week, strict=True)]
    return float(np.mean(change + made.lift[mine])), float(made.lift[mine].mean())


def test_before_and_after_misleads_where_merchants_are_selected_and_not_in_a_lottery(
    country: World,
) -> None:
    riser, dipper, lottery = (before_and_after(country, reason)
                              for reason in (RISER, DIPPER, LOTTERY))

    assert riser[0] < riser[1] - 0.1
    assert dipper[0] > dipper[1] + 0.1
    assert abs(lottery[0] - lottery[1]) < 0.05


def test_the_lift_multiplies_traffic_and_conversion_from_the_start_on_and_not_before(
    country: World,
) -> None:
    made = country.setting
    served = made.served
    start = np.full(made.size.merchants, np.iinfo(np.int64).max)
    start[served.merchant] = served.start
    lift = np.zeros(made.size.merchants)
    lift[served.merchant] = served.lift
    began = made.shows.day >= start[made.shows.merchant]

    assert 0.05 < began.mean() < 0.4
    assert np.allclose(made.demand.lift, np.where(began, lift[made.shows.merchant], 0.0))
    assert (began == (made.demand.engagement >= 0)).all()


@pytest.fixture(scope="module")
def history(country: World) -> Block:
    ((first, last),) = country.setting.blocks
    return block(country.setting, 0, (first, last))


@pytest.mark.slow
def test_orders_rise_by_the_lift_over_what_luck_and_calendar_explain(
    country: World, history: Block,
) -> None:
    served, demand, shows = country.setting.served, history.demand, history.shows
    lift = np.zeros(country.setting.size.merchants)
    lift[served.merchant] = served.lift
    explained = (demand.buyers * np.exp(demand.luck) * shows.conversion
                 * (shows.cart & ~shows.false_start))
    mine = np.isin(shows.merchant, served.merchant)
    on = demand.engagement >= 0
    orders = history.tally.orders

    rate = [orders[mine & side].sum() / explained[mine & side].sum() for side in (on, ~on)]
    true = (explained * np.exp(lift[shows.merchant]))[mine & on].sum() / explained[mine & on].sum()
    assert true > 1.08
    assert abs(rate[0] / rate[1] / true - 1) < 0.05


@pytest.mark.slow
def test_a_lottery_against_those_still_waiting_covers_the_true_lift(
    country: World, history: Block,
) -> None:
    made, shows = country.setting, history.shows
    gmv = np.zeros((made.size.merchants, made.size.days))
    np.add.at(gmv, (shows.merchant, shows.day), history.tally.gmv)
    drawn = made.served.reason == LOTTERY
    never = made.served.merchant[made.served.reason > LOTTERY]
    middle = round(made.served.start[drawn].mean())

    treated = growth(gmv[made.served.merchant[drawn]], made.served.start[drawn])
    waiting = growth(gmv[never], np.full(len(never), middle))
    effect = treated.mean() - waiting.mean()
    error = np.sqrt(treated.var() / len(treated) + waiting.var() / len(waiting))
    assert len(treated) > 100
    assert error < 0.16
    assert abs(effect - made.served.lift[drawn].mean()) < 2.5 * error


def growth(gmv: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the log growth of daily GMV from a day on, of merchants that sold on both sides."""
    sides = [(row[day:].mean(), row[:day].mean()) for row, day in zip(gmv, start, strict=True)]
    return np.array([np.log(after / before) for after, before in sides if after and before])


def test_steady_merchants_do_not_move_and_changed_ones_move_by_what_was_planted(
    town_world: World,
) -> None:
    made = town_world.setting
    demand, shows = made.demand, made.shows
    rate = demand.views / shows.seconds
    last = (shows.day >= made.size.days - WINDOW) & (shows.day < made.size.days)
    before = (shows.day >= made.size.days - 2 * WINDOW) & ~last & (shows.day < made.size.days)
    still = np.isin(made.merchants.life[shows.merchant], [Life.STEADY, Life.CHANGED])
    daily = shows.level == 0
    for host in np.unique(shows.host[still]):
        mine = (shows.host == host) & daily
        if (mine & last).any() and (mine & before).any():
            assert abs(rate[mine & last].mean() / rate[mine & before].mean() - 1) < 0.15
    assert not made.shocks[np.isin(made.merchants.life, [Life.STEADY, Life.CHANGED])].any()


def test_a_planted_change_of_traffic_shows_in_the_counts(
    town_world: World, shows: Columns,
) -> None:
    made = town_world.setting
    assert made.size.days * 86_400 > 0
    end = np.datetime64("2026-04-30T16:00:00").astype("datetime64[s]").astype(float)
    last = shows["start"] >= end - WINDOW * 86_400
    before = (shows["start"] >= end - 4 * WINDOW * 86_400) & ~last
    for factor, above, below, ratio in (
        (1, "buyers", "product_clickers", 0.75), (3, "views", "room_impressions", 0.80),
        (4, "product_clickers", "product_viewers", 0.75), (2, "gmv", "units", 1.12),
    ):
        mine = (made.changes[shows.merchant] == factor) & (shows["cart"] > 0)
        moved = [shows[above][mine & w].sum() / shows[below][mine & w].sum()
                 for w in (last, before)]
        assert abs(moved[0] / moved[1] / ratio - 1) < 0.2, factor

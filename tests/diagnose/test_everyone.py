from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import each, everyone
from caopan.diagnose.inputs import Inputs, MetricTable, Products
from caopan.diagnose.reading import Ask
from caopan.playbook.handbook import handbook
from caopan.playbook.signal import Against
from caopan.units.period import Period
from caopan.units.verdict import Verdict
from tests.diagnose.conftest import NOW, fortnight, inputs_of

Six = Callable[..., list[dict[str, object]]]
BOOK = handbook()
FRUIT = [{"at": "2026-03-28T20:00", "viewers": 100, "buyers": 10, "orders": 10, "gmv": 50_000},
         {"at": "2026-03-29T20:00", "viewers": 20, "buyers": 1, "orders": 1, "gmv": 5_000}]


def diagnosed(inputs: Inputs, **asked: object) -> list[Diagnosis]:
    options = {"rules": BOOK.rules, "ladder": BOOK.ladder, **asked}
    return everyone(inputs, **options)  # type: ignore[arg-type]


def crowd(count: int, *, seed: int = 1, sessions: int = 8) -> list[dict[str, object]]:
    """Return the sessions of alike hosts, so many in each fortnight."""
    rng = np.random.default_rng(seed)
    made = []
    for who in range(count):
        for half in (0, 14):
            for day in sorted(rng.choice(14, sessions, replace=False).tolist()):
                viewers = int(rng.lognormal(7.0, 0.3))
                buyers = int(rng.binomial(viewers, 0.05)) + 1
                made.append({
                    "who": who, "at": f"2026-03-{1 + half + day:02d}T19:30", "minutes": 120,
                    "viewers": viewers, "buyers": buyers, "orders": buyers,
                    "gmv": buyers * int(rng.normal(9000, 500))})
    return made


def test_the_story_of_the_fruit_comes_out_right() -> None:
    """A hundred came and ten boxes sold; twenty came and one sold: p = 0.39."""
    found = diagnosed(inputs_of(FRUIT))[0]

    assert found.change.refused is not None
    assert found.headline.zh == "来的人 100 → 20，少了 80.0%；"
    assert found.unknown is not None
    assert "39.2%" in found.unknown.zh
    assert found.unknown.zh.endswith("转化有没有变，说不清。")
    assert [flag.key for flag in found.change.flags] == ["counted_sessions"]
    told = {finding.signal.metric: finding for finding in found.findings}
    assert told["viewers_per_session"].verdict is Verdict.SUPPORTED
    assert not any(finding.verdict is Verdict.SUPPORTED and "pay_rate" in metric
                   for metric, finding in told.items())


def test_everybody_is_diagnosed_in_order_also_who_has_nothing() -> None:
    found = diagnosed(inputs_of(FRUIT, names=("a", "b")))

    assert [one.subject.name for one in found] == ["a", "b"]
    assert found[1].headline.en == "Neither period holds a session that counts."
    assert found[1].sessions == ()
    assert all(finding.signal.against is Against.LEVEL for finding in found[1].findings)


def test_of_nothing_counted_nothing_is_said() -> None:
    found = diagnosed(inputs_of(crowd(1), names=("a", "b")), period=NOW)[1]

    assert found.findings == ()


def test_a_single_day_gives_no_rate_a_week() -> None:
    rows = [{"at": f"2026-03-{day:02d}T19:30", "gmv": 9_000} for day in (1, 2)]

    for one in diagnosed(inputs_of(rows)):
        assert not {"sessions_per_week", "live_days_per_week"} & {
            finding.signal.metric for finding in one.findings}


def test_a_week_rate_below_one_is_not_told_as_none() -> None:
    rows = [{"at": f"2026-{day}T19:30", "gmv": 9_000}
            for day in ("02-03", "02-10", "02-20", "03-10", "03-29")]
    period = Period(start=date(2026, 3, 2), end=date(2026, 3, 30))

    found = diagnosed(inputs_of(rows), period=period)[0]

    told = {finding.rule: finding.title for finding in found.findings}
    assert told["schedule_too_few"].zh.startswith("每周只播 0.5 场")
    assert told["schedule_fewer_sessions"].zh == "每周开播从 0.8 场减到 0.5 场"


def test_silence_after_the_data_end_is_noted_and_not_read_as_a_fall() -> None:
    rows = [{"who": 1, "at": f"{day}T19:30", "gmv": 9_000}
            for day in np.arange("2026-02-01", "2026-03-29", dtype="datetime64[D]")]
    rows += [{"at": f"2026-{day}T19:30", "gmv": 9_000}
             for day in ("02-03", "02-10", "02-17", "02-24", "03-02")]

    found = diagnosed(inputs_of(rows, names=("a", "b")))[0]

    note = next(one for one in found.notes if one.key == "data_end_early")
    assert note.say("zh").startswith("数据停在 2026-03-02")
    assert not any(finding.signal.metric == "sessions_per_week" for finding in found.findings)


def test_an_export_that_ends_early_ends_the_period_with_a_note() -> None:
    """Daily shows to the 17th beside a host whose data reach the 22nd."""
    rows = [{"who": who, "at": f"2026-11-{day}T19:30", "gmv": 90_000, "views": 900, "units": 9}
            for who, last in ((0, 18), (1, 23)) for day in range(10, last)]

    found = diagnosed(inputs_of(rows, names=("a", "b")))[0]

    assert found.period == Period(start=date(2026, 11, 14), end=date(2026, 11, 18))
    note = next(one for one in found.notes if one.key == "data_end_early")
    assert note.say("zh").startswith("数据停在 2026-11-17")
    assert not any(finding.signal.metric == "sessions_per_week" for finding in found.findings)


def test_against_peers_only_own_sessions_of_the_period_dominate() -> None:
    """A heavy session of the days before is no part of the peers' average."""
    rows = crowd(9)
    heavy = {True: 50_000_000, False: 60_000_000}
    for late, gmv in heavy.items():
        row = next(one for one in rows if one["who"] == 0 and (one["at"] >= "2026-03-15") == late)
        row["gmv"] = gmv
    found = diagnosed(inputs_of(rows, names=[str(i) for i in range(9)]), period=NOW,
                      against="peers")[0]

    assert [(flag.key, flag.values["side"]) for flag in found.change.flags] == [
        ("one_session_dominates", 1)]
    assert "对比期" not in found.headline.zh
    assert "占了本期的" in found.headline.zh


def test_only_the_wanted_are_written_but_peers_are_everybody() -> None:
    inputs = inputs_of(crowd(8), names=[f"主播{i}" for i in range(8)])

    only = diagnosed(inputs, only=[5])
    every = diagnosed(inputs)

    assert only == [every[5]]


def test_they_can_be_had_one_by_one() -> None:
    inputs = inputs_of(FRUIT, names=("a", "b"))

    streamed = list(each(inputs, Ask(rules=BOOK.rules, ladder=BOOK.ladder)))

    assert streamed == diagnosed(inputs)


def test_a_collapse_of_traffic_is_the_headline_and_the_first_finding() -> None:
    rows = crowd(1, sessions=12)
    for row in rows:
        if row["at"] >= "2026-03-15":
            for name in ("viewers", "buyers", "orders", "gmv"):
                row[name] = int(row[name]) // 4
    found = diagnosed(inputs_of(rows), period=NOW)[0]

    assert found.headline.zh.startswith("少卖的 ")
    assert "人少了" in found.headline.zh
    assert found.unknown is not None
    assert "转化有没有变" in found.unknown.zh
    first = found.findings[0]
    assert first.signal.metric == "viewers_per_session"
    assert first.verdict is Verdict.SUPPORTED
    assert first.prize is not None
    assert first.prize.high < 0
    assert first.rows
    assert {"day", "session_id", "viewers", "sessions"} <= set(first.rows[0])
    assert "{" not in first.title.zh + first.advice.en


def test_findings_are_ranked_by_the_money_at_stake() -> None:
    for one in diagnosed(inputs_of(crowd(10, seed=4), names=[str(i) for i in range(10)])):
        sizes = [abs(finding.prize.mid) if finding.prize else 0.0 for finding in one.findings]
        assert sizes == sorted(sizes, reverse=True)


def test_a_doubt_says_how_many_sessions_would_settle_it() -> None:
    rows = fortnight(gmv=(100_000, 60_000, 130_000, 90_000, 40_000, 95_000),
                     viewers=(1000, 600, 1300, 900, 400, 950), buyers=(50, 30, 65, 45, 20, 47))

    found = diagnosed(inputs_of(rows), period=NOW)[0]

    doubt = next(finding for finding in found.findings
                 if finding.signal.metric == "viewers_per_session")
    assert doubt.verdict is Verdict.CANNOT_TELL
    assert doubt.settle is not None
    assert "才分得清" in doubt.settle.zh
    assert "more sessions a side" in doubt.settle.en


def test_the_funnel_stands_beside_its_peers() -> None:
    rows = crowd(12)
    for row in rows:
        if row["who"] == 3:
            row["buyers"] = row["orders"] = max(int(row["buyers"]) // 5, 1)
            row["gmv"] = int(row["gmv"]) // 5
    found = diagnosed(inputs_of(rows, names=[str(i) for i in range(12)]), period=NOW)

    step = next(one for one in found[3].funnel if one.metric == "view_pay_rate")
    assert step.n_peers == 11
    assert step.peers is not None
    assert step.value is not None
    assert step.value < step.peers[0] <= step.peers[1] <= step.peers[2]
    assert step.percentile is not None
    assert step.percentile < 0.2
    assert step.low is not None
    assert step.high is not None
    assert step.low < step.value < step.high


def test_with_fewer_than_five_others_there_are_no_peers() -> None:
    found = diagnosed(inputs_of(crowd(5), names=list("abcde")), period=NOW)

    assert all(step.peers is None and step.percentile is None and step.n_peers == 0
               for step in found[0].funnel)


def test_peers_share_category_and_currency() -> None:
    names = [str(i) for i in range(12)]
    apart = inputs_of(crowd(12), names=names, categories=["fruit"] * 6 + ["tea"] * 6)

    found = diagnosed(apart, period=NOW)

    assert {step.n_peers for one in found for step in one.funnel} == {5}


def test_against_peers_the_gap_to_the_average_one_is_split_exactly() -> None:
    rows = [row for row in crowd(9) if not (row["who"] == 2 and row["at"] < "2026-03-15")]
    found = diagnosed(inputs_of(rows, names=[str(i) for i in range(9)]), period=NOW,
                      against="peers")

    for one in found:
        change = one.change
        assert change.refused is None
        assert change.against == "peers"
        assert change.compared_period == NOW
        assert sum(factor.amount for factor in change.factors) == change.after - change.before
    others = [one.change.after for one in found[1:]]
    assert found[0].change.before == pytest.approx(np.mean(others), abs=1)


def test_against_peers_without_peers_is_refused() -> None:
    found = diagnosed(inputs_of(crowd(3), names=list("abc")), period=NOW, against="peers")[0]

    assert found.change.refused is not None
    assert found.change.refused.key == "too_few_peers"
    assert found.headline.zh.startswith("本期卖 ")


def test_what_was_set_apart_is_noted_with_its_money() -> None:
    rows = [*fortnight(gmv=(100_000,) * 6, views=(900,) * 6, minutes=(100,) * 6),
            {"at": "2026-03-20T19:30", "gmv": None, "views": 500, "minutes": 60},
            {"at": "2026-03-21T19:30", "gmv": 7_000, "views": 0, "minutes": 60},
            {"at": "2026-03-22T19:30", "gmv": 0, "views": 9, "minutes": 1}]

    found = diagnosed(inputs_of(rows), period=NOW)[0]

    notes = {note.key: note for note in found.notes}
    assert {"apart_no_cart", "apart_no_views", "apart_false_start"} <= set(notes)
    assert notes["apart_no_views"].values["gmv"] == 7_000
    assert "¥70" in notes["apart_no_views"].say("zh")
    assert found.change.after == 300_000
    aside = [row for row in found.sessions if row["set_aside"]]
    assert [row["why"] for row in aside] == ["no_cart", "no_views", "false_start"]
    assert len(found.sessions) == 9


def test_a_catalogue_metric_speaks_through_the_rules_that_name_it() -> None:
    inputs = inputs_of(crowd(1, sessions=10))
    whole = np.array([[400.0, 400.0]])
    bad = np.array([[20.0, 140.0]])
    metric = next(rule.metric for rule in BOOK.rules
                  if rule.metric.startswith("refund_rate")
                  and rule.condition.main.against is Against.PREVIOUS)
    refunds = MetricTable(metric=metric, numerator=bad, denominator=whole, n=whole,
                          clusters=whole, moments=(bad, bad, whole), cost=True)

    found = diagnosed(replace(inputs, metrics=(refunds,)), period=NOW)[0]

    refund = next(finding for finding in found.findings if finding.signal.metric == metric)
    assert refund.signal.value == pytest.approx(0.35)
    assert refund.signal.comparison == pytest.approx(0.05)
    assert refund.signal.n_of == "orders"
    assert refund.verdict is Verdict.SUPPORTED
    assert refund.prize is not None
    assert refund.prize.mid == pytest.approx(-0.3 * found.change.after, rel=1e-6)


def test_product_rows_give_the_split_by_product() -> None:
    rows = fortnight(gmv=(100_000, 100_000, 100_000, 150_000, 150_000, 150_000))
    products = Products(
        session=np.repeat(np.arange(6), 2), product=np.tile([0, 1], 6),
        units=np.array([10, 5] * 3 + [10, 10] * 3, dtype=float),
        gmv=np.array([50_000, 50_000] * 3 + [50_000, 100_000] * 3, dtype=float),
        names=("cheap", "dear"))

    found = diagnosed(inputs_of(rows, products=products), period=NOW)[0]

    split = next(tree for tree in found.trees if tree.identity == "products")
    amounts = {factor.id: factor.amount for factor in split.factors}
    assert sum(amounts.values()) == 150_000
    assert amounts["price"] == 0
    assert amounts["unlisted"] == 0
    assert amounts["mix"] > 0
    assert split.factors[0].before == 45.0


@pytest.mark.parametrize(("units", "noted"), [(10, True), (36, False)])
def test_few_units_at_far_higher_prices_are_other_goods(units: int, noted: bool) -> None:  # noqa: FBT001 - a parameter
    rows = fortnight(gmv=(200_000, 210_000, 190_000, 300_000, 290_000, 310_000),
                     views=(1000,) * 6, units=(40, 41, 39, units, units + 1, units - 1))

    found = diagnosed(inputs_of(rows), period=NOW)[0]

    note = next((one for one in found.notes if one.key == "other_goods"), None)
    assert (note is not None) == noted
    if note is not None:
        assert note.say("zh") == "件数率和件单价反向大动：多半是换了货，缺商品明细，没法拆品类"
        assert note.values["units_per_view"] == pytest.approx(0.25)
        assert note.values["gmv_per_unit"] == pytest.approx(6.0)


def test_a_currency_is_kept_to_itself() -> None:
    found = diagnosed(inputs_of(fortnight(gmv=(10**9,) * 6), currency="IDR"), period=NOW)[0]

    assert found.subject.currency == "IDR"
    assert found.stage.monthly_gmv == 6 * 10**9
    assert "Rp" in found.headline.zh or "一样多" in found.headline.zh


def test_a_later_period_can_be_asked_for() -> None:
    period = Period(start=NOW.start, end=NOW.end)

    found = diagnosed(inputs_of(crowd(1)), period=period, compared=period.previous())[0]

    assert (found.period, found.compared_period) == (NOW, NOW.previous())
    assert found.change.period == NOW


def test_the_same_inputs_give_the_same_answer() -> None:
    inputs = inputs_of(crowd(6), names=[str(i) for i in range(6)])

    assert diagnosed(inputs) == diagnosed(inputs)

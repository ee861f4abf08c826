"""Many subjects at a glance: totals, ranks, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from caopan.diagnose.diagnosis import Change, Diagnosis, Subject
from caopan.report.document import document
from caopan.report.overview import overview, ranked
from caopan.report.section import section
from caopan.report.stage_view import stage_view
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.unit import Unit

ZH, EN = Words(language="zh"), Words(language="en")


def test_subjects_are_ranked_by_the_size_of_their_change_within_their_currency(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    def room(id_: str, after: int, currency: str = "CNY") -> Diagnosis:
        return make(subject=Subject(kind="streamer", id=id_, name=id_, currency=currency),
                    change=make_change(after=after))

    rooms = (room("calm", 41_000_000), room("far", 10**12, "IDR"), room("fallen", 1_000_000),
             room("risen", 60_000_000))

    assert [one.subject.id for one in ranked(rooms)] == ["fallen", "risen", "calm", "far"]


def test_the_overview_says_what_is_known_and_what_is_not(
    make_crowd: Callable[[int], tuple[Diagnosis, ...]],
) -> None:
    rooms = ranked(make_crowd(12))
    view = overview(rooms, anchors={rooms[0].subject.id: "s1"}, most=10, words=ZH)

    assert view.known == "3 个确实涨了，6 个确实跌了；"
    assert view.unknown == "3 个还分不清。"
    assert (len(view.rows), view.rest, view.level) == (10, 2, "(80%)")
    assert [row.anchor for row in view.rows][:2] == ["s1", ""]
    assert len(view.totals) == 1


def test_the_overview_of_rooms_nobody_can_tell_claims_nothing(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    rooms = (make(change=make_change(interval=None)), make(change=make_change(interval=None)))
    view = overview(rooms, anchors={}, most=10, words=EN)

    assert view.known == ""
    assert view.unknown == "The changes of all 2 subjects cannot be told yet."
    assert all(row.tone == "unknown" for row in view.rows)


def test_a_room_without_an_earlier_period_shows_its_amount_in_the_overview(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    fresh = make(change=make_change(before=0, n_before=0, interval=None))
    row = overview((fresh, make()), anchors={}, most=10, words=EN).rows[0]

    assert (row.gmv, row.before, row.change, row.span) == (
        "¥320.0K", "—", "+¥320.0K", "no sessions before")


def test_currencies_are_never_added(make: Callable[..., Diagnosis]) -> None:
    dollar = replace(make(), subject=Subject(kind="streamer", id="d", name="d", currency="USD"))
    view = overview((make(), dollar), anchors={}, most=10, words=EN)

    assert [total.now for total in view.totals] == ["¥320.0K", "$320.0K"]


def test_a_total_names_its_period_and_leaves_out_subjects_of_other_periods(
    make: Callable[..., Diagnosis],
) -> None:
    one = make()
    later = replace(one, period=one.period.previous())
    (total,) = overview((one, later, one), anchors={}, most=10, words=ZH).totals

    assert total.label == "合计成交金额（GMV），2026年11月8日–21日"
    assert total.now == "¥64.0万"
    assert total.before == "对比期 ¥83.6万"
    assert total.apart == "1 个对象的时段不同，没有加进来"


def test_gmv_nobody_knows_is_never_printed_as_zero(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    blank = make(change=make_change(before=0, after=0, n_before=0, n_after=0, interval=None,
                                    factors=()),
                 stage=replace(make().stage, monthly_gmv=0, expected=None, rung=None),
                 figures={"gmv": 0.0, "gmv_monthly": 0.0, "orders": 0.0})
    view = section(blank, key="s1", definitions={}, words=ZH)
    among = overview((blank, make()), anchors={}, most=10, words=ZH)
    found = document([blank], definitions={}, language="zh")["subjects"][0]

    assert re.findall(r".{60}¥0.{20}", str(view)) == []
    assert "¥0" not in str(among)
    assert [(one.value, one.under) for one in view.readings] == [
        ("—", "没有算得上的场次"), ("—", "没有算得上的场次"), ("0", "0 场")]
    assert among.totals[0].apart == ""
    assert (found["change"]["from"], found["change"]["amount"]) == (None, None)
    assert found["stage"]["monthly_gmv"] is None


def test_known_zero_sales_are_printed_as_zero(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    sold_nothing = make(change=make_change(before=0, after=0, interval=None))

    assert section(sold_nothing, key="s1", definitions={}, words=ZH).figures[0].value == "¥0"


def test_a_stage_without_an_interval_does_not_speak_of_one(make: Callable[..., Diagnosis]) -> None:
    stage = make().stage
    spans = stage_view(make(stage=replace(stage, certain=False)), words=ZH)
    blank = stage_view(make(stage=replace(stage, certain=False, expected=None)), words=ZH)

    assert stage_view(make(), words=ZH).provisional == ""
    assert spans.provisional == "区间跨两级，暂定"
    assert blank.provisional == "还给不出区间，暂定"


def test_sure_changes_come_before_larger_ones_nobody_can_tell(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    def room(id_: str, **values: object) -> Diagnosis:
        return make(subject=Subject(kind="streamer", id=id_, name=id_, currency="CNY"),
                    change=make_change(**values))

    rooms = (room("blank", before=0, after=0, n_before=0, n_after=0, interval=None),
             room("open", after=1, interval=None), room("wide", after=90_000_000, interval=None),
             room("sure"))

    assert [one.subject.id for one in ranked(rooms)] == ["sure", "wide", "open", "blank"]
    view = overview(rooms, anchors={}, most=10, words=ZH)
    assert (view.known, view.unknown) == ("没有确实涨的，1 个确实跌了；", "3 个还分不清。")


def test_units_and_money_are_never_added_or_drawn_on_one_axis(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    counted = make(subject=Subject(kind="streamer", id="u", name="u", currency="CNY"),
                   change=make_change(measure="units", unit=Unit.UNITS, before=600, after=372,
                                      interval=Interval(low=-400, mid=-228, high=-56, level=0.8)))
    priced = make()

    view = overview(ranked((counted, priced)), anchors={}, most=10, words=ZH)

    assert [row.change for row in view.rows] == ["−¥9.8万", "−228 件"]
    assert [(total.now, total.before) for total in view.totals] == [
        ("¥32.0万", "对比期 ¥41.8万"), ("372 件", "对比期 600 件")]
    assert [total.label.partition("，")[0] for total in view.totals] == [
        "合计成交金额（GMV）", "合计件数"]
    assert view.measure == "gmv"
    assert overview((counted,), anchors={}, most=10, words=ZH).measure == "units"

"""Sums by minute: the same whatever order events come in."""

from __future__ import annotations

import msgspec
import numpy as np

from caopan.live import event as ev
from caopan.live.tally import MINUTE_MS, Minute, Tally

AT = 1_764_240_000_000


def order(number: int, at: int, quantity: int = 1) -> ev.Order:
    return ev.Order(id=str(number), at=at, source="platform", order_id=f"o{number}",
                    product_id=f"p{number % 3}", amount="19.90", quantity=quantity)


def events() -> list[ev.Known]:
    return [*(order(n, AT + n * 7_000, quantity=2) for n in range(20)),
            *(ev.Enter(id=f"e{n}", at=AT + n * 3_000, source="observed", count=n,
                       channel="paid") for n in range(20)),
            *(ev.Online(id=f"v{n}", at=AT + n * 20_000, source="hand", value=n)
              for n in range(9)),
            ev.Spend(id="s", at=AT, source="platform", plan_id="q1", amount=100),
            ev.Stock(id="k1", at=AT + 5, source="hand", product_id="p1", value=30),
            ev.Stock(id="k2", at=AT + 9, source="hand", product_id="p1", value=28)]


def test_sums_do_not_depend_on_the_order_of_arrival() -> None:
    first, second, came = Tally(), Tally(), events()
    mixed = [came[at] for at in np.random.default_rng(3).permutation(len(came))]

    first.add(events())
    for one in mixed:
        second.add([one])

    assert first.totals() == second.totals()
    assert first.online == second.online == 8
    assert first.stock["p1"].value == second.stock["p1"].value == 28
    assert first.products() == second.products()
    assert {at: one.packed() for at, one in sorted(first.minutes.items())} == {
        at: one.packed() for at, one in sorted(second.minutes.items())}


def test_money_is_whole_minor_units_and_products_sum_to_the_room() -> None:
    tally = Tally()
    tally.add(events())

    assert tally.total("gmv") == 20 * 1990
    assert sum(row[4] for row in tally.products().values()) == tally.total("gmv")
    assert tally.spent() == {"q1": 10_000}
    assert tally.total("entries_paid") == tally.total("entries") == sum(range(20))


def test_touched_minutes_are_named_and_a_minute_is_packed_without_loss() -> None:
    tally = Tally()

    touched = tally.add([order(1, AT), order(2, AT + 61_000)])

    assert touched == {AT // MINUTE_MS, AT // MINUTE_MS + 1}
    minute = tally.minutes[AT // MINUTE_MS]
    again = Minute.unpacked(msgspec.json.decode(msgspec.json.encode(minute.packed())))
    assert again == minute


def test_the_latest_of_each_topic_is_heard_with_its_source() -> None:
    tally = Tally()
    tally.add([ev.Heartbeat(id="1", at=AT + 9, source="platform"),
               ev.Heartbeat(id="2", at=AT + 3, source="hand")])

    assert (tally.heard["heartbeat"].at, tally.heard["heartbeat"].source) == (AT + 9, "platform")

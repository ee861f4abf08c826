from __future__ import annotations

from dataclasses import replace

from caopan.report.ahead import MOST_HOSTS, Ahead, ahead_view
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit

TOLD = Ahead(subject="h1", name="林晚", when=Text(zh="下一场", en="next session"),
             outcome=Text(zh="成交金额", en="GMV"), unit=Unit.MONEY, currency="CNY", n=30,
             interval=Interval(low=303_300_000, mid=320_000_000, high=346_200_000, level=0.8))
PEOPLE = replace(TOLD, outcome=Text(zh="观看人数", en="viewers"), unit=Unit.PEOPLE, currency=None,
                 interval=None, n=0, reason=Text(zh="说不准的原因", en="why"))


def test_a_host_is_a_row_with_a_cell_for_every_outcome() -> None:
    view = ahead_view((TOLD, PEOPLE), None, words=Words(language="zh"))

    [row] = view.rows
    assert view.outcomes == ("成交金额", "观看人数")
    assert row.cells == (("¥320.0万", "¥303.3万–346.2万 (80%)"), ("说不准", ""))
    assert (row.name, row.when, row.n, row.reasons) == ("林晚", "下一场", "30", ("说不准的原因",))


def test_an_outcome_nobody_tells_of_a_host_is_a_dash() -> None:
    other = replace(PEOPLE, subject="h2")

    view = ahead_view((TOLD, other), None, words=Words(language="en"))

    assert [row.cells[0][0] for row in view.rows] == ["¥3.20M", "—"]


def test_many_hosts_are_counted_and_not_all_printed() -> None:
    many = [replace(TOLD, subject=f"h{at}") for at in range(MOST_HOSTS + 3)]

    view = ahead_view(many, Text(zh="注", en="note"), words=Words(language="en"))

    assert (len(view.rows), view.more, view.note) == (MOST_HOSTS, 3, "note")

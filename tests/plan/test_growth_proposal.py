from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caopan.plan.growth_proposal import NoMonthError, NoRungsError, Standing, proposed
from caopan.playbook.growth import GrowthBook, Template, growth_book
from caopan.playbook.handbook import handbook

BOOK, LADDER = growth_book()[0], handbook().ladder
NOW = Standing(grain="streamer", subject="小满", currency="CNY", monthly_gmv=25_000_000,
               sessions_per_week=2.0, hours=2.5, spend=50_000, products=12)
START = date(2026, 12, 1)


def template(name: str) -> Template:
    found = BOOK.template(name)
    assert found is not None
    return found


def test_the_ladder_goes_up_from_where_the_room_stands() -> None:
    plan = proposed(template("ladder"), NOW, book=BOOK, ladder=LADDER, start=START)

    assert [one.id for one in plan.stages] == ["conversion", "depth", "reach"]
    assert [one.target for one in plan.stages] == [30_000_000, 50_000_000, 100_000_000]
    assert plan.stages[0].invested.sessions_per_week == 3.0  # the handbook's, above its own two
    assert plan.stages[1].start == plan.stages[0].end
    assert {one.level for one in plan.steps} == {"A"}


def test_multiples_are_of_the_present_month_in_whole_thousands() -> None:
    plan = proposed(template("phases"), NOW, book=BOOK, ladder=LADDER, start=START)

    assert [one.target for one in plan.stages] == [30_000_000, 40_000_000, 62_500_000]


def test_without_a_month_or_a_rung_above_there_is_no_ladder() -> None:
    with pytest.raises(NoMonthError):
        proposed(template("steady"), replace(NOW, monthly_gmv=None), book=BOOK, ladder=LADDER,
                 start=START)
    for standing in (replace(NOW, currency="IDR"), replace(NOW, monthly_gmv=10**12)):
        with pytest.raises(NoRungsError):
            proposed(template("ladder"), standing, book=BOOK, ladder=LADDER, start=START)


def test_a_workspace_edits_a_gate_and_a_faulty_edit_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "growth.toml"
    page.write_text('[gates.depth]\nconditions = [{ metric = "top1_sku_share", at_most = 0.4 }]\n',
                    encoding="utf-8")
    edited, issues = growth_book(tmp_path)
    page.write_text('[gates.depth]\nconditions = [{ metric = "luck", at_most = 1 }]\n',
                    encoding="utf-8")
    kept, wrong = growth_book(tmp_path)

    def limit(book: GrowthBook) -> float:
        return book.gates["depth"].conditions[0].value

    assert issues == []
    assert limit(edited) == 0.4
    assert limit(kept) == 0.5
    assert [one.row for one in wrong] == [2]
    assert handbook(tmp_path).issues == ()

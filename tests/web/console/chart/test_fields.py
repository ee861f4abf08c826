"""Slots by hour and the triangle of cohorts."""

from __future__ import annotations

from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.chart.heat import Cell
from caopan.web.console.chart.slots import SlotHeat
from caopan.web.console.chart.triangle import Cohort, Triangle

TITLE = Text(zh="点击成交率", en="Click-to-pay rate")


def test_the_highest_and_the_lowest_slot_are_named() -> None:
    heat = SlotHeat(title=TITLE, unit=Unit.RATIO, slots=("橙", "柚"), hours=(9, 20), cells=(
        Cell(column=0, row=0, value=0.05, n=4), Cell(column=1, row=1, value=0.2, n=6),
        Cell(column=1, row=0, value=None, n=0)))

    assert heat.summary(language="en") == "Highest 柚 20:00 with 20.0%, lowest 橙 09:00 with 5.00%."
    assert heat.twin(language="zh").rows == (
        ("橙 09:00", "5.00%", "4"), ("柚 20:00", "20.0%", "6"), ("橙 20:00", "—", "0"))
    assert [one.label for one in heat.keys(language="zh")] == ["5.00% → 20.0%"]


def test_slots_without_a_known_cell_say_so() -> None:
    heat = SlotHeat(title=TITLE, unit=Unit.RATIO, slots=("橙",), hours=(9,),
                    cells=(Cell(column=0, row=0, value=None, n=0),))

    assert heat.summary(language="zh") == "没有能算的格子。"
    assert heat.keys(language="zh") == ()


def test_repurchase_of_all_cohorts_is_buyers_over_buyers() -> None:
    triangle = Triangle(title=TITLE, unit=Unit.RATIO, cohorts=(
        Cohort(name="2026-08", n=100, values=(0.3, 0.2)), Cohort(name="2026-09", n=300,
                                                                 values=(0.1,)),
        Cohort(name="2026-10", n=999, values=())))

    assert triangle.summary(language="en") == (
        "400 buyers in 2 cohorts; 15.0% came back in the first month.")
    assert triangle.twin(language="zh").rows == (
        ("2026-08", "100", "30.0%", "20.0%"), ("2026-09", "300", "10.0%", ""),
        ("2026-10", "999", "", ""))
    assert [(cell.column, cell.row) for cell in triangle.cells()] == [(0, 0), (1, 0), (0, 1)]


def test_young_cohorts_alone_are_too_young() -> None:
    triangle = Triangle(title=TITLE, unit=Unit.RATIO,
                        cohorts=(Cohort(name="2026-10", n=9, values=()),))

    assert triangle.summary(language="en") == "No cohort is a month old yet."

from __future__ import annotations

from caopan.facts.issue import Level
from caopan.facts.plan import Place, Plan, PlannedProduct
from caopan.units.message import Message, Text

LACKING = Message(key="no_cost", text=Text(zh="没写成本", en="no cost"))


def test_a_problem_of_a_planned_row_names_its_place() -> None:
    place = Place(file="plan.xlsx", sheet="货品", row=7)

    issue = place.issue(LACKING, column="unit_cost", value=0, level=Level.WARNING)

    assert (issue.file, issue.sheet, issue.row, issue.column, issue.value, issue.level) == (
        "plan.xlsx", "货品", 7, "unit_cost", "0", Level.WARNING)


def test_a_session_has_its_own_line_up_only() -> None:
    apple = PlannedProduct(session_id="a", product_id="苹果")
    pear = PlannedProduct(session_id="b", product_id="梨")

    plan = Plan(products=(apple, pear))

    assert plan.line_up("b") == (pear,)
    assert plan.counted() == {"a": 1, "b": 1}

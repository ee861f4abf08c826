"""The bounded list of problems."""

from __future__ import annotations

from caopan.facts.issue import Level
from caopan.ingest.problems import MOST, Problems
from caopan.units.message import Message, Text

ODD = Message(key="odd", text=Text(zh="怪", en="odd"))


def test_problems_come_out_in_the_order_of_rows() -> None:
    problems = Problems(file="f", sheet="s")
    problems.add(ODD)
    problems.add(ODD, row=9, column="b", value=1)
    problems.add(ODD, row=2, column="a", value="x" * 300)

    assert [issue.row for issue in problems.issues] == [None, 2, 9]
    assert len(problems.issues[1].value) == 200
    assert {(issue.file, issue.sheet) for issue in problems.issues} == {("f", "s")}


def test_past_a_thousand_of_one_kind_they_are_counted() -> None:
    problems = Problems(file="f")
    for row in range(MOST + 5):
        problems.add(ODD, row=row, column="a")
    problems.add(ODD, row=1, column="b")
    problems.more(ODD, count=10, column="a")

    *listed, summary = problems.issues

    assert len(listed) == MOST + 1
    assert summary.message.values["n"] == 15
    assert summary.column == "a"
    assert "15" in summary.message.say("zh")


def test_once_is_once_for_each_kind() -> None:
    problems = Problems(file="f")
    for _ in range(3):
        problems.once(ODD)

    assert [issue.level for issue in problems.issues] == [Level.WARNING]

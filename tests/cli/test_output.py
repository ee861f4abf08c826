from __future__ import annotations

import json

import pytest

from caopan.cli.output import issue_line, issue_lines, refuse, say, show, show_json
from caopan.facts.issue import Issue, Level
from caopan.units.message import Message, Text

LATE = Message(key="late", text=Text(zh="晚了 {n} 天", en="{n} days late"), values={"n": 2},
               hint=Text(zh="再导一次", en="import again"))
CELL = Issue(level=Level.ERROR, message=LATE, file="订单.csv", sheet="一月", row=41,
             column="支付金额", value="12.345")


def test_a_name_from_a_file_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show("a\x1b[31mb\u202ec\td")
    say("a\x1b[31mb\u202ec\td")

    assert tuple(capsys.readouterr()) == ("a[31mbc\td\n", "a[31mbc\td\n")


def test_an_issue_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert issue_line(CELL, "zh") == "错误  订单.csv:一月:41:支付金额  晚了 2 天"
    row = CELL.document("en")
    assert (row["row"], row["value"], row["hint"]) == (41, "12.345", "import again")
    show_json({"issues": [row]})
    assert json.loads(capsys.readouterr().out)["issues"][0]["key"] == "late"


def test_a_refusal_lists_its_issues_then_the_error_then_the_hint(
        capsys: pytest.CaptureFixture[str]) -> None:
    refuse(LATE, language="en", as_json=False, issues=[CELL])

    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.splitlines() == [
        "error  订单.csv:一月:41:支付金额  2 days late", "       → import again",
        "error: 2 days late", "", "hint: import again"]


def test_errors_stand_before_warnings_and_each_advice_is_said_once() -> None:
    looked = Message(key="looked", text=Text(zh="看", en="look"))
    warnings = [Issue(level=Level.WARNING, message=looked, row=at) for at in (1, 2, 3)]

    assert issue_lines([*warnings, CELL, CELL], "zh", most=3) == [
        "错误  订单.csv:一月:41:支付金额  晚了 2 天", "错误  订单.csv:一月:41:支付金额  晚了 2 天",
        "       → 再导一次", "提醒  1  看"]

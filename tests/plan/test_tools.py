from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.plan.tools import by_tool


def test_a_session_is_divided_as_the_tools_were_used() -> None:
    told = by_tool(1_000.0, {"jinniu": 1.0, "qianchuan": 3.0, "fentiao": 0.0})

    assert [(one.tool, one.spend, one.habit) for one in told] == [
        ("qianchuan", 750.0, 0.75), ("jinniu", 250.0, 0.25)]


def test_where_nobody_wrote_tools_down_nothing_is_divided() -> None:
    assert by_tool(1_000.0, {}) == by_tool(1_000.0, {"jinniu": 0.0}) == ()


@given(st.floats(0, 1e9), st.dictionaries(st.text(min_size=1), st.floats(1, 1e9), min_size=1))
def test_the_parts_add_up_to_the_whole(spend: float, used: dict[str, float]) -> None:
    assert sum(one.spend for one in by_tool(spend, used)) == pytest.approx(spend)

"""The page of what spend brings."""

from __future__ import annotations

from caopan.web.console.plan_response import BEYOND, STEPS, curve
from caopan.web.house import House
from caopan.workspace.response_words import reason
from tests.web.conftest import owner


def test_what_cannot_be_told_stands_with_what_would_settle_it(toy_house: House) -> None:
    found = toy_house.workspace.response().found
    page = owner(toy_house, language="en").get("/plan/response").text

    if found.why is not None:
        assert reason(found).plain("en") in page
        assert "What would settle it" in page
        assert 'data-chart="response"' not in page
    else:
        assert 'data-chart="response"' in page


def test_a_host_that_nobody_knows_is_named(toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/plan/response?host=nobody")

    assert page.status_code == 200
    assert "no host with sessions has the id nobody" in page.text


def test_a_curve_reaches_a_little_beyond_what_was_tried(toy_house: House) -> None:
    told = [result for result in (toy_house.workspace.response(streamer=one.name)
                                  for one in toy_house.workspace.response().hosts[:3])
            if result.found.curve is not None]
    for result in told:
        drawn = curve(result)
        assert len(drawn.points) == STEPS + 1
        assert drawn.points[-1].spend == result.found.tried_to * BEYOND

from __future__ import annotations

from caopan.web.house import House
from caopan.workspace.results import Wanted
from tests.web.conftest import owner


def test_an_empty_workspace_shows_two_ways_in(empty_house: House) -> None:
    page = owner(empty_house).get("/").text

    assert 'href="/import"' in page
    assert 'action="/import/demo"' in page


def test_until_the_results_are_there_the_page_says_so_and_they_are_begun(
        toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/").text
    jobs = [job.kind.partition(":")[0] for job in toy_house.jobs.all()]
    found = toy_house.workspace.results()

    assert found is not None or "Diagnosing every host and merchant" in page
    assert found is not None or jobs == ["results"]


def test_who_needs_me_stands_in_the_order_of_the_money(toy_house: House) -> None:
    found = toy_house.workspace.keep_results()
    currency = next(iter(found.grains["streamer"]))
    first = found.shelf.listed(Wanted(grain="streamer", currency=currency, way="", text=""),
                               most=5)

    page = owner(toy_house).get("/").text

    places = [page.index(f">{one.name}") for one in first]
    assert places == sorted(places)



from __future__ import annotations

import pytest

from caopan.web.house import House
from tests.web.conftest import owner, token


@pytest.mark.parametrize(("name", "value", "mark"), [
    ("theme", "light", 'data-theme="light"'),
    ("rise", "red", 'data-rise="red"'),
    ("density", "live", 'data-density="live"'),
    ("language", "en", 'lang="en"'),
])
def test_a_choice_holds_from_then_on(toy_house: House, name: str, value: str, mark: str) -> None:
    client = owner(toy_house)

    client.post("/settings/taste", data={name: value, "token": token(client)})

    assert mark in client.get("/").text


def test_one_choice_leaves_the_others(toy_house: House) -> None:
    client = owner(toy_house, language="en")

    client.post("/settings/taste", data={"theme": "light", "token": token(client)})

    assert 'lang="en"' in client.get("/").text


def test_what_is_carried_is_named_with_its_licence(toy_house: House) -> None:
    page = owner(toy_house).get("/settings").text

    assert "htmx.org" in page
    assert "0BSD" in page


def test_a_choice_made_by_the_script_is_kept_without_a_page(toy_house: House) -> None:
    client = owner(toy_house)

    answer = client.post("/settings/taste", data={"theme": "light", "token": token(client)},
                         headers={"HX-Request": "true"})

    assert (answer.status_code, answer.text) == (204, "")
    assert 'data-theme="light"' in client.get("/").text

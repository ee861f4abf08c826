"""The console answers before its screens are loaded; every address still leads to its screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from caopan.web.console.screens import WINGS, every
from caopan.web.house import House
from caopan.web.wing import word_of
from tests.web.conftest import guest, owner

FIRST = """
import sys
from caopan.web import child
print(" ".join(sorted(sys.modules)))
"""
HEAVY = {"ibis", "sqlglot", "duckdb", "pyarrow", "numpy", "scipy", "fastapi", "pydantic",
         "openpyxl", "caopan.metrics.catalogue", "caopan.web.console.subjects"}


def test_the_child_loads_neither_the_numbers_nor_the_screens() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True,
                          check=True)

    loaded = set(done.stdout.split())
    assert {"uvicorn", "sqlalchemy", "jinja2", "caopan.web.app"} <= loaded
    assert not HEAVY & loaded


def test_every_screen_lies_in_the_wing_that_loads_it() -> None:
    for wing in WINGS:
        assert {word_of(screen.path.partition("{")[0]) for screen in wing.load()} == wing.words


def test_no_word_belongs_to_two_wings() -> None:
    words = [word for wing in WINGS for word in wing.words]

    assert len(words) == len(set(words))


def test_every_screens_file_is_in_a_wing() -> None:
    folder = Path(__file__).parents[2] / "src/caopan/web/console"
    telling = {path.stem for path in folder.glob("*.py")
               if "\nSCREENS" in path.read_text(encoding="utf-8")}
    shown = {screen.show.__module__.rpartition(".")[2] for screen in every()}

    assert telling <= shown


def test_an_address_inside_a_wing_that_does_not_exist_is_a_page_that_says_so(
    empty_house: House,
) -> None:
    answer = owner(empty_house).get("/settings/nothing")

    assert answer.status_code == 404
    assert "没有这一页" in answer.text


def test_a_guest_of_a_wing_is_led_to_the_door(empty_house: House) -> None:
    answer = guest(empty_house).get("/subjects", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (
        303, "/enter?next=%2Fsubjects")

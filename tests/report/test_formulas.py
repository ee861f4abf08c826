"""Every number that is printed can be worked out by hand from its formula."""

from __future__ import annotations

import pytest

from caopan.playbook.vocabulary import READINGS
from caopan.report.formulas import FORMULAS


def test_every_reading_has_a_formula_and_no_formula_is_without_its_reading() -> None:
    assert set(FORMULAS) == set(READINGS)


@pytest.mark.parametrize("reading", READINGS)
def test_no_formula_repeats_the_name(reading: str) -> None:
    formula, name = FORMULAS[reading], READINGS[reading].name

    assert formula.zh not in {"", name.zh}
    assert formula.en.lower() not in {"", name.en.lower()}


@pytest.mark.parametrize("reading", READINGS)
def test_english_formulas_hold_no_chinese(reading: str) -> None:
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in FORMULAS[reading].en)

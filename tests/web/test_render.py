from __future__ import annotations

from caopan.units.interval import Interval
from caopan.units.unit import Unit
from caopan.web.render import environment
from caopan.web.words import Words


def told(template: str, **values: object) -> str:
    return environment(Words.load(), "zh").from_string(template).render(**values)


def test_a_unit_named_by_its_word_reads_as_the_unit_itself() -> None:
    range_ = Interval(low=9_300_000, mid=15_000_000, high=20_500_000, level=0.8)

    assert told("{{ r | interval(unit='money') }}", r=range_) == "¥9.3万–20.5万 (80%)"
    assert told("{{ r | interval(unit=u) }}", r=range_, u=Unit.MONEY) == "¥9.3万–20.5万 (80%)"
    assert told("{{ v | change(unit='ratio') }}", v=-0.02) == "−2.00 个点"

"""The picture of quantiles told beside what came."""

from __future__ import annotations

from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.chart.calibration import Calibration


def made(*points: tuple[float, float]) -> Calibration:
    return Calibration(title=Text(zh="校准", en="Calibration"), unit=Unit.RATIO, n=40,
                       points=points)


def test_a_dot_and_a_row_stand_for_every_quantile() -> None:
    chart = made((0.1, 0.12), (0.5, 0.4), (0.9, 0.95))

    assert str(chart.drawing(language="en", key="k")).count("<circle") == 3
    assert chart.twin(language="en").rows == (("10%", "12.0%"), ("50%", "40.0%"), ("90%", "95.0%"))


def test_the_farthest_point_is_named_with_its_n() -> None:
    assert made((0.1, 0.12), (0.5, 0.4)).summary(language="en") == (
        "Farthest from the diagonal: told 50.0%, came 40.0% (40 sessions).")


def test_nothing_to_compare_is_said() -> None:
    assert made().summary(language="en") == "No session to compare yet."

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from caopan.plan.budget import Show, divided
from caopan.stats.arrays import Floats
from tests.plan.conftest import line


@dataclass(frozen=True)
class Hill:
    """A curve that is known up to a factor."""

    top: float
    half: float

    def sales(self, spend: Floats) -> Floats:
        factor = np.linspace(0.5, 1.5, 101)[:, None]
        return factor * self.top * (spend / (spend + self.half))[None, :]


def show(*, day: int = 3, top: float = 500_000.0, planned: int | None = 50_000,
         margin: float | None = 0.5, told: bool = True, hours: float = 2.0) -> Show:
    session = replace(line(day=day).session, planned_ad_spend=planned)
    return Show(session=session, curve=Hill(top=top, half=40_000.0) if told else None,
                tried_to=200_000.0 if told else 0.0, margin=margin, hours=hours)


def test_more_goes_where_another_yuan_brings_more_and_the_bound_is_reached() -> None:
    found = divided([show(top=800_000.0), show(day=4, top=300_000.0)], total=100_000.0, level=0.8)

    rich, poor = (one.spend for one in found.shares)
    assert found.told
    assert rich > poor
    assert rich + poor <= 100_000
    assert found.bound is not None
    assert found.expected == pytest.approx(found.bound, rel=1e-3)
    assert found.gain is not None
    assert found.gain.low < found.gain.mid < found.gain.high


def test_the_plans_own_division_is_no_better() -> None:
    found = divided([show(top=800_000.0), show(day=4, top=300_000.0)], total=None, level=0.8)

    assert found.total == 100_000
    assert found.over_plan is not None
    assert found.over_plan.mid > 0


def test_spend_that_does_not_come_back_is_not_spent() -> None:
    found = divided([show(top=60_000.0)], total=100_000.0, level=0.8)

    assert found.shares[0].spend == 0
    assert found.rest == 100_000


def test_no_session_gets_more_than_its_curve_is_known_up_to() -> None:
    found = divided([show(top=90_000_000.0)], total=900_000.0, level=0.8)

    assert found.shares[0].spend == 200_000
    assert found.rest == 700_000


@pytest.mark.parametrize("unknown", [{"told": False}, {"margin": None}])
def test_without_a_curve_or_a_margin_only_the_plan_is_paced(unknown: dict[str, object]) -> None:
    found = divided([show(**unknown), show(day=4, **unknown)],  # type: ignore[arg-type]
                    total=60_000.0, level=0.8)

    assert not found.told
    assert [one.spend for one in found.shares] == [30_000, 30_000]
    assert (found.gain, found.bound, found.expected) == (None, None, None)


def test_more_money_than_planned_stays_unspent_where_its_use_is_unknown() -> None:
    found = divided([show(told=False)], total=80_000.0, level=0.8)

    assert (found.shares[0].spend, found.rest) == (50_000, 30_000)


def test_a_total_without_planned_amounts_goes_by_the_hours() -> None:
    found = divided([show(told=False, planned=None, hours=1.0),
                     show(told=False, planned=None, hours=3.0)], total=80_000.0, level=0.8)

    assert [one.spend for one in found.shares] == [20_000, 60_000]


def test_sessions_that_cannot_be_told_keep_what_the_plan_gives_them() -> None:
    found = divided([show(top=800_000.0), show(day=4, told=False)], total=None, level=0.8)

    assert found.shares[1].spend == 50_000
    assert found.shares[1].gain is None
    assert found.shares[0].spend <= 50_000

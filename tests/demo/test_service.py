from __future__ import annotations

import numpy as np

from caopan.demo.cast import Life
from caopan.demo.provider import providers
from caopan.demo.service import DIPPER, LOTTERY, RISER, WAITING, Engagements, engagements
from caopan.demo.shock import weekly_shocks


def served(merchants: int, seed: int = 1) -> tuple[Engagements, np.ndarray]:
    rng = np.random.default_rng(seed)
    life = np.where(np.arange(merchants) % 4 == 0, Life.STEADY, Life.LIVING)
    shocks = weekly_shocks(life == Life.LIVING, weeks=26, rng=rng)
    return engagements(shocks, life, providers(merchants, rng), days=180, rng=rng), shocks


def test_no_merchant_is_served_twice_and_steady_ones_never() -> None:
    made, _ = served(400)

    assert len(set(made.merchant.tolist())) == len(made.merchant) == 120
    assert (made.merchant % 4 != 0).all()


def test_risers_are_picked_after_they_rose_and_dippers_after_they_fell() -> None:
    made, shocks = served(400)
    week = made.start // 7
    recent = np.array([shocks[m, w - 3:w].mean() if w < 26 else np.nan
                       for m, w in zip(made.merchant, week, strict=True)])

    assert recent[made.reason == RISER].mean() > 0.2
    assert recent[made.reason == DIPPER].mean() < -0.2
    assert abs(recent[made.reason == LOTTERY].mean()) < 0.1


def test_waiting_merchants_start_after_the_history_ends() -> None:
    made, _ = served(400)

    assert (made.start[made.reason == WAITING] > 180).all()
    assert (made.start[made.reason != WAITING] < 180 * 0.8).all()


def test_an_engagement_lifts_about_as_its_provider_does() -> None:
    rng = np.random.default_rng(4)
    by = providers(900, rng)
    made = engagements(rng.normal(size=(900, 26)), np.zeros(900, dtype=int), by, days=180, rng=rng)

    extra = made.lift - by.lift[made.provider]
    assert abs(extra.mean()) < 0.02
    assert abs(extra.std() - 0.06) < 0.01


def test_operators_belong_to_the_provider_of_their_engagement() -> None:
    made, _ = served(100)

    assert (made.operator // 3 == made.provider).all()

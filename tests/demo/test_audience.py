from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caopan.demo.audience import Audience, audience
from caopan.demo.setting import Setting, setting
from caopan.demo.size import size_named


@pytest.fixture(scope="module")
def small() -> Setting:
    return setting(size_named("small"), seed=2, until=date(2026, 5, 1))


def came(world: Setting, change: int, *, seed: int = 1) -> Audience:
    """Return the audience when every show undergoes one change."""
    everywhere = replace(world.demand, last=np.ones(len(world.shows.host), dtype=bool))
    return audience(world.shows, world.hosts, demand=everywhere, spend=world.spend,
                    response=world.response, rng=np.random.default_rng(seed),
                    assigned=np.full(len(world.shows.host), change))


def rate(above: np.ndarray, below: np.ndarray) -> float:
    return float(above.sum() / below.sum())


def test_fewer_impressions_leave_every_rate_as_it_was(small: Setting) -> None:
    before, after = came(small, -1), came(small, 0)

    assert abs(after.impressions.sum() / before.impressions.sum() - 0.65) < 0.002
    assert abs(rate(after.views, after.impressions) / rate(before.views, before.impressions) - 1
               ) < 0.005
    assert abs(rate(after.buyers, after.clickers) / rate(before.buyers, before.clickers) - 1
               ) < 0.03


@pytest.mark.parametrize(("change", "above", "below", "ratio"), [
    (1, "buyers", "clickers", 0.75),
    (3, "views", "impressions", 0.80),
    (4, "clickers", "product_viewers", 0.75),
])
def test_a_change_moves_its_own_rate_by_what_was_planted(
    small: Setting, change: int, above: str, below: str, ratio: float,
) -> None:
    before, after = came(small, -1), came(small, change)

    moved = rate(getattr(after, above), getattr(after, below)) / rate(
        getattr(before, above), getattr(before, below))
    assert abs(moved / ratio - 1) < 0.03


def test_each_step_is_within_the_one_before(small: Setting) -> None:
    made = came(small, -1)

    for more, fewer in ((made.impressions, made.exposed), (made.exposed, made.viewers),
                        (made.views, made.viewers), (made.viewers, made.product_viewers),
                        (made.product_viewers, made.clickers), (made.clickers, made.buyers)):
        assert (more >= fewer).all()


def test_paid_viewers_come_only_where_something_was_spent(small: Setting) -> None:
    made = came(small, -1)

    assert made.views_paid[small.spend.actual == 0].max() == 0
    assert made.views_paid.sum() > 10_000


def test_shows_without_a_cart_have_viewers_but_nobody_sees_a_product(small: Setting) -> None:
    made, blank = came(small, -1), ~small.shows.cart

    assert made.viewers[blank].sum() > 1_000
    assert made.product_viewers[blank].max() == 0

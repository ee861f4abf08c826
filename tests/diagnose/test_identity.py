from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from caopan.diagnose.diagnosis import Change
from caopan.diagnose.everyone import everyone
from caopan.diagnose.facts import Scene
from caopan.diagnose.identity import TREES, Family, Tree
from caopan.diagnose.inputs import Inputs
from caopan.diagnose.phrases import PHRASES
from caopan.diagnose.readings import READINGS
from caopan.diagnose.split import closes
from caopan.playbook.handbook import handbook

Make = Callable[..., Inputs]
Six = Callable[..., list[dict[str, object]]]
GMV = (90_000, 120_000, 80_000, 50_000, 70_000, 60_000)
VIEWS = (900, 1100, 1000, 500, 700, 600)
MINUTES = (120, 150, 120, 110, 120, 130)
BUYERS = (90, 110, 80, 50, 60, 65)


def change(inputs: Inputs) -> tuple[Change, tuple[Change, ...]]:
    found = everyone(inputs, rules=(), ladder=handbook().ladder)[0]
    return found.change, found.trees


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.id)
def test_every_identity_telescopes_from_sessions_to_gmv(tree: Tree) -> None:
    below = "sessions"
    for factor in tree.factors:
        assert READINGS[factor].denominator == below
        below = READINGS[factor].numerator
    assert below == "gmv"


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.id)
def test_every_factor_has_a_name_and_a_phrase_in_both_languages(tree: Tree) -> None:
    for factor in tree.factors:
        assert READINGS[factor].name.zh
        assert READINGS[factor].name.en
        assert PHRASES[factor].fell.zh != PHRASES[factor].rose.zh


def test_the_finest_identities_are_preferred() -> None:
    sizes = [len(tree.factors) for tree in TREES]

    assert sizes == sorted(sizes, reverse=True)


def test_all_columns_give_the_whole_funnel(make: Make, six: Six) -> None:
    main, trees = change(make(six(
        gmv=GMV, minutes=MINUTES, room_viewers_exposed=[9 * v for v in VIEWS], viewers=VIEWS,
        product_viewers=[v - 100 for v in VIEWS], product_clickers=[v // 3 for v in VIEWS],
        buyers=BUYERS, orders=[b + 5 for b in BUYERS])))

    assert main.identity == "people"
    assert [factor.id for factor in main.factors] == [
        "sessions", "exposed_per_session", "enter_rate", "prod_expo_rate", "prod_ctr_expo",
        "click_pay_rate", "aov"]
    assert [tree.identity for tree in trees] == ["time_repeat"]


def test_third_party_data_close_over_hours_views_and_units(make: Make, six: Six) -> None:
    main, _ = change(make(six(gmv=GMV, minutes=MINUTES, views=VIEWS, units=BUYERS)))

    assert main.identity == "time_units"
    assert main.formula.zh.startswith("GMV = 场次 × ")
    assert main.formula.zh.count("×") == 4


def test_a_column_with_one_null_is_not_complete(make: Make, six: Six) -> None:
    main, _ = change(make(six(gmv=GMV, minutes=(*MINUTES[:5], None), views=VIEWS, units=BUYERS)))

    assert main.identity == "units"


def test_gmv_alone_still_splits_into_sessions_and_their_size(make: Make, six: Six) -> None:
    main, trees = change(make(six(gmv=GMV)))

    assert main.identity == "sessions"
    assert trees == ()


def test_a_column_that_contradicts_gmv_is_not_used(make: Make, six: Six, scene: Callable[..., Scene]
                                                   ) -> None:
    """Money without a single buyer: the identity through buyers does not close."""
    rows = six(gmv=GMV, viewers=VIEWS, buyers=(90, 110, 80, 0, 0, 0))
    viewers = next(tree for tree in TREES if tree.id == "viewers")

    assert closes(viewers, scene(make(rows)).sides).tolist() == [[True, False]]
    assert change(make(rows))[0].identity == "sessions"


def test_every_family_has_an_identity() -> None:
    assert {tree.family for tree in TREES} == set(Family)


def test_seconds_watched_do_not_break_the_chain(make: Make, six: Six) -> None:
    inputs = make(six(gmv=GMV, viewers=VIEWS, buyers=BUYERS, orders=BUYERS,
                      avg_watch_seconds=(60, 70, 65, 50, 55, 61)))

    main, trees = change(inputs)

    watch = next(tree for tree in (main, *trees) if tree.identity == "watch")
    assert sum(factor.amount for factor in watch.factors) == watch.after - watch.before
    seconds = next(factor for factor in watch.factors if factor.id == "avg_watch_s")
    assert seconds.before == pytest.approx(np.average((60, 70, 65), weights=VIEWS[:3]))

from __future__ import annotations

import json
from datetime import date

from caopan.demo.size import SIZES
from caopan.demo.world import World, make


def test_the_truth_is_plain_and_says_that_it_is_synthetic(town_world: World) -> None:
    truth = town_world.truth

    assert json.loads(json.dumps(truth)) == truth
    assert truth["synthetic"] is True
    assert (truth["from"], truth["until"]) == ("2025-11-02", "2026-05-01")


def test_every_planted_change_is_named_with_factor_ratio_and_start(town_world: World) -> None:
    changes = town_world.truth["changes"]

    assert len(changes) == 27
    assert changes[0] | {"merchant_id": ""} == {
        "merchant_id": "", "factor": "impressions_per_hour", "ratio": 0.65, "from": "2026-04-03"}
    assert {c["factor"] for c in changes} == {
        "impressions_per_hour", "click_pay_rate", "price", "enter_rate", "prod_ctr_expo",
        "hours_per_session", "sessions"}


def test_changed_steady_and_served_merchants_are_different_ones(town_world: World) -> None:
    truth = town_world.truth
    changed = {c["merchant_id"] for c in truth["changes"]}
    steady, served = set(truth["steady"]), set(truth["engagements"]["merchant_id"])

    assert len(steady) == 22
    assert not changed & steady
    assert not served & (changed | steady)


def test_the_toy_tells_the_fruit_story_and_plants_both_first_changes() -> None:
    truth = make("toy", seed=7, until=date(2026, 5, 1)).truth

    assert truth["fruit"]["merchant_id"] == "m00000"
    assert truth["fruit"]["moved"] == "viewers_per_session"
    assert [(c["factor"], c["ratio"]) for c in truth["changes"]] == [
        ("impressions_per_hour", 0.65), ("click_pay_rate", 0.75)]
    assert truth["engagements"]["reason"] == ["recent_riser", "lottery"]


def test_the_toy_has_a_randomised_ladder_of_spend() -> None:
    assert any(make("toy", seed=7, until=date(2026, 5, 1)).truth["spend"]["ladder"])


def test_no_fruit_is_claimed_where_none_is_told(town_world: World) -> None:
    assert town_world.truth["fruit"] is None


def test_every_list_of_a_record_is_equally_long(town_world: World) -> None:
    truth = town_world.truth
    for name, key in (("merchants", "merchant_id"), ("streamers", "streamer_id"),
                      ("providers", "provider_id"), ("engagements", "engagement_id"),
                      ("spend", "streamer_id")):
        lists = [v for v in truth[name].values() if isinstance(v, list)]
        assert {len(v) for v in lists} == {len(truth[name][key])}, name


def test_the_large_world_is_set_up_for_fifty_thousand_merchants() -> None:
    assert SIZES["large"].hosts == 66_667

"""A campaign from a template over a small shop, to the version that holds the proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.plan.campaign import Campaign
from caopan.playbook.campaign import Level, Phase
from caopan.units.message import CaopanError
from caopan.workspace.campaign_making import Wanted
from caopan.workspace.campaign_part_words import Part
from tests.workspace.test_stocking import history

PLANNED = ("session_id,streamer_id,started_at,planned_minutes,planned_ad_spend,level,currency\n"
           "n1,林晚,2027-03-01T20:00:00+08:00,60,100.00,B,CNY\n"
           "n2,林晚,2027-03-03T12:00:00+08:00,240,300.00,A,CNY\n"
           "n3,林晚,2027-03-20T20:00:00+08:00,60,0.00,B,CNY\n")
PRODUCTS = ("session_id,product_id,role,live_price,unit_cost,stock_on_hand,planned_seconds\n"
            "n1,草莓,hero,20.00,8.00,15,600\nn2,梨,regular,9.00,4.00,60,300\n"
            "n2,草莓,hero,20.00,8.00,0,600\nn2,橙,welfare,1.00,3.00,5,120\n")
WANTED = Wanted(level=Level.A, name="春日专场", target=1_000_000, budget=40_001)


def plan(folder: Path) -> Path:
    folder.mkdir()
    (folder / "planned_sessions.csv").write_text(PLANNED, encoding="utf-8")
    (folder / "planned_products.csv").write_text(PRODUCTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("campaign")
    with Workspace.open(folder / "w") as opened:
        opened.import_files([history(folder / "history"), plan(folder / "plan")])
        yield opened


@pytest.fixture(scope="module")
def kept(shop: Workspace) -> Campaign:
    return shop.keep_campaign(shop.design_campaign(WANTED).campaign).campaign


@pytest.fixture(scope="module")
def taken(shop: Workspace, kept: Campaign) -> Campaign:
    return shop.accept_for_campaign(kept.id, after=1).campaign


def test_the_burst_is_the_day_of_the_levels_longest_session_and_its_days_are_taken_in(
        kept: Campaign) -> None:
    assert kept.burst_on == date(2027, 3, 3)
    assert [(one.session_id, one.phase) for one in kept.sessions] == [
        ("n1", Phase.GATHER), ("n2", Phase.BURST)]
    assert (kept.version, kept.level, kept.currency) == (1, Level.A, "CNY")


def test_a_first_day_counts_to_the_burst(shop: Workspace) -> None:
    made = shop.design_campaign(replace(WANTED, start=date(2027, 2, 27))).campaign

    assert (made.start, made.burst_on) == (date(2027, 2, 27), date(2027, 3, 3))


def test_money_and_targets_are_broken_down_without_losing_a_cent(taken: Campaign) -> None:
    assert sum(one.target or 0 for one in taken.phases) == 1_000_000
    assert sum(one.budget or 0 for one in taken.phases) == 40_001
    burst = taken.stretch(Phase.BURST)
    assert burst is not None
    assert taken.held(Phase.BURST)[0].target == burst.target
    assert sum(one.spend for one in taken.waves if one.session_id == "n2") == pytest.approx(
        burst.budget, abs=len(taken.waves))


def test_taking_the_proposal_keeps_frames_orders_waves_and_run_sheets(
        shop: Workspace, taken: Campaign) -> None:
    assert taken.version == 2
    assert taken.pitches[0].product_id == "草莓"
    assert {one.product_id for one in taken.pitches} == {"草莓", "梨", "橙"}
    assert {one.session_id for one in taken.waves} == {"n1", "n2"}
    assert any(one.product_id == "草莓" and one.session_id == "n2" for one in taken.supplies)
    assert taken.guards.hour_limit
    assert [one.session_id for one in shop.run_sheets()] == ["n2"]
    assert not [one for one in shop.campaign_readiness(taken.id).checks if one.key == "sheet"]


def test_a_second_proposal_has_nothing_left_to_change(shop: Workspace, taken: Campaign) -> None:
    again = shop.propose_for_campaign(taken.id)

    assert {one.part: one.empty for one in again.offers} == dict.fromkeys(Part, True)
    assert all(one.reasons or one.untold for one in again.offers)


def test_what_a_person_approved_ordered_and_wrote_survives_the_next_proposal(
        shop: Workspace, taken: Campaign) -> None:
    mine = replace(
        taken, waves=tuple(replace(one, approved=True) for one in taken.waves),
        supplies=tuple(replace(one, ordered=True) for one in taken.supplies),
        pitches=tuple(replace(one, proof="检测报告", confirmed=True) for one in taken.pitches))

    found = shop.propose_for_campaign(mine, parts=["budget", "stock", "pitches"])

    assert found.steps[Part.PITCHES] == mine


def test_without_drawn_spend_no_return_is_promised(shop: Workspace, kept: Campaign) -> None:
    offer = shop.propose_for_campaign(kept, parts=["budget"]).offer(Part.BUDGET)

    assert offer is not None
    assert "不承诺回报" in offer.reasons[0].zh


def test_the_outlook_tells_each_phase_or_says_why_not(shop: Workspace, taken: Campaign) -> None:
    found = shop.campaign_outlook(taken.id)

    assert set(found.phases) == {one.phase for one in taken.phases}
    assert (found.whole.interval is None) == (found.whole.reason is not None)
    warm = found.phases[Phase.WARM]
    assert (warm.sessions, warm.interval) == (0, None)
    assert warm.reason is not None


def test_a_session_that_is_not_in_the_plan_cannot_be_told(shop: Workspace,
                                                          taken: Campaign) -> None:
    gone = replace(taken, sessions=tuple(
        replace(one, session_id=f"{one.session_id}x") for one in taken.sessions))

    found = shop.campaign_outlook(gone)

    assert found.whole.interval is None
    assert found.whole.reason is not None


def test_two_who_change_the_same_version_do_not_write_over_each_other(shop: Workspace) -> None:
    first = shop.keep_campaign(shop.design_campaign(replace(WANTED, name="两个人")).campaign)
    mine = replace(first.campaign, name="我的")
    theirs = replace(first.campaign, name="他的")

    shop.keep_campaign(theirs, after=1)
    with pytest.raises(CaopanError) as refused:
        shop.keep_campaign(mine, after=1)

    assert refused.value.message.key == "campaign_changed"
    assert shop.campaign(first.campaign.id).campaign.name == "他的"
    assert [one.campaign.version for one in shop.campaign_versions(first.campaign.id)] == [1, 2]
    assert [one.place for one in shop.campaign_difference(
        first.campaign.id, before=1, after=2)] == ["name"]
    assert shop.keep_campaign(theirs.numbered(2)).campaign.version == 2


def test_a_folder_plans_a_campaign_that_nothing_was_imported_for(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([history(tmp_path / "history")])

    made = workspace.design_campaign(WANTED, plan=plan(tmp_path / "plan")).campaign
    bare = workspace.design_campaign(replace(WANTED, burst_on=date(2027, 3, 3))).campaign

    assert [one.session_id for one in made.sessions] == ["n1", "n2"]
    assert bare.sessions == ()


def test_a_workspace_edits_a_template_and_a_campaign_follows(workspace: Workspace) -> None:
    folder = workspace.path / "playbook" / "campaigns"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text('id = "a"\ncards = ["sell_out"]\n', encoding="utf-8")

    made = workspace.design_campaign(WANTED).campaign

    assert [one.card_id for one in made.drills] == ["sell_out"]


def test_what_is_not_there_is_refused_by_name(workspace: Workspace) -> None:
    for asked, key in ((lambda: workspace.campaign("x"), "no_campaign"),
                       (lambda: workspace.propose_for_campaign("x"), "no_campaign"),
                       (lambda: workspace.design_campaign(replace(WANTED, template="x")),
                        "no_campaign_template")):
        with pytest.raises(CaopanError) as refused:
            asked()
        assert refused.value.message.key == key

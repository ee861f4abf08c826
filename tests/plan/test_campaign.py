from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caopan.facts.plan import PlannedSession
from caopan.plan.campaign import Campaign, NoBurstError
from caopan.plan.campaign_begun import begun, with_sessions
from caopan.playbook.campaign import Level, Phase
from caopan.playbook.campaigns import campaign_templates
from tests.plan.campaigns import BURST, evening, grand


def test_an_s_campaign_has_five_phases_whose_targets_add_up() -> None:
    campaign = grand()

    assert [one.phase for one in campaign.phases] == list(Phase)
    assert sum(one.target or 0 for one in campaign.phases) == campaign.target
    assert sum(one.budget or 0 for one in campaign.phases) == campaign.budget
    assert all(one.end == after.start for one, after in zip(
        campaign.phases, campaign.phases[1:], strict=False))


def test_a_session_stands_in_the_phase_of_its_business_day() -> None:
    late = PlannedSession(  # 00:30 of the burst day in Shanghai, the day before in UTC
        session_id="late", streamer_id="h", level="S",
        started_at=datetime(2026, 11, 27, 16, 30, tzinfo=UTC))
    far = replace(late, session_id="far", started_at=late.started_at + timedelta(days=30))

    campaign = with_sessions(grand(), [far, late])

    assert [(one.session_id, one.phase, one.level) for one in campaign.sessions] == [
        ("late", Phase.BURST, Level.S)]


def test_only_the_named_hosts_come_in_and_what_a_person_set_stays() -> None:
    mine = evening("a", BURST, host="小美")
    campaign = with_sessions(replace(grand(), streamers=("小美",)),
                             [mine, evening("b", BURST, host="阿泽")])
    aimed = replace(campaign, sessions=(replace(campaign.sessions[0], target=900),))

    again = with_sessions(aimed, [mine])

    assert [one.session_id for one in campaign.sessions] == ["a"]
    assert again.sessions[0].target == 900


def test_a_run_sheet_is_needed_for_the_burst_and_for_large_sessions_only() -> None:
    campaign = with_sessions(grand(), [
        evening("daily", BURST - timedelta(days=5)), evening("burst", BURST),
        replace(evening("brand", BURST - timedelta(days=4)), level="A")])

    assert [one.session_id for one in campaign.main] == ["brand", "burst"]


def test_a_template_without_a_burst_begins_nothing() -> None:
    shape = campaign_templates().template("b")
    assert shape is not None
    quiet = replace(shape, phases=tuple(
        one for one in shape.phases if one.phase is not Phase.BURST))

    with pytest.raises(NoBurstError):
        begun(quiet, id="c", name="x", burst_on=BURST, language="zh")


def test_every_shipped_template_makes_a_campaign_of_its_level() -> None:
    made = [begun(one, id=one.id, name="x", burst_on=date(2026, 11, 28), language="en")
            for one in campaign_templates().templates]

    assert [one.level for one in made] == [Level.S, Level.A, Level.B]
    assert all(isinstance(one, Campaign) and one.drills and one.posts for one in made)

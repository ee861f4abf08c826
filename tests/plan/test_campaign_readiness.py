from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from caopan.plan.campaign import Campaign, Pitch, PlannedWave, Pulse, Supply
from caopan.plan.campaign_begun import with_sessions
from caopan.plan.campaign_readiness import Readiness, readiness
from caopan.playbook.campaign import Assurance
from tests.plan.campaigns import BURST, NOW, evening, grand, held, template

FRAME = Pitch(product_id="p1", title="四件套", points=("纯棉",), proof="检测报告在手",
              offer="直播减 20", beats=(("hook", "摸一下"), ("release", "先放五十套")),
              confirmed=True)


def ready() -> Campaign:
    """Return a campaign in which everything stands."""
    show = replace(evening("s1", BURST), planned_minutes=780.0, level="S")
    campaign = with_sessions(replace(grand(), phases=tuple(
        replace(one, budget=10_000_000 if one.phase.value == "burst" else 0)
        for one in grand().phases)), [show])
    return replace(
        campaign,
        pitches=tuple(replace(FRAME, product_id=f"p{at}") for at in range(template().products)),
        rhythm=replace(campaign.rhythm, pulses=(Pulse(minute=60, seconds=300, what="抽奖"),)),
        posts=tuple(replace(one, people=tuple("甲乙丙丁"[:one.needed])) for one in campaign.posts),
        tasks=tuple(replace(one, done=True) for one in campaign.tasks),
        guards=replace(campaign.guards, hour_limit=2_000_000),
        sessions=tuple(replace(one, budget=10_000_000) for one in campaign.sessions),
        waves=(PlannedWave(session_id="s1", number=1, start=0, end=120, spend=10_000_000,
                           cover=1.0, approved=True),),
        drills=tuple(replace(one, person="甲", rehearsed=True) for one in campaign.drills))


def found(campaign: Campaign, **sheets: int) -> Readiness:
    return readiness(campaign, held(sheets=sheets or {"s1": 0}))


def gaps(campaign: Campaign, **sheets: int) -> set[str]:
    return {one.key for one in found(campaign, **sheets).checks if not one.done}


def test_a_campaign_in_which_everything_stands_is_ready() -> None:
    whole = found(ready())

    assert gaps(ready()) == set()
    assert (whole.share, whole.mended) == (1.0, 1.0)
    assert (whole.blockers, whole.last_moment) == ((), None)
    assert all(one.gap is None for one in whole.standings)


def test_a_campaign_fresh_from_its_template_says_what_blocks_by_owner_and_date() -> None:
    whole = readiness(grand(), held())
    first = whole.blockers[0]

    assert whole.share is not None
    assert whole.share < 0.2
    assert first.due is not None
    assert [one.due for one in whole.blockers] == sorted(one.due for one in whole.blockers)
    assert whole.last_moment == first
    assert {one.assurance for one in whole.standings} == set(Assurance)


def test_a_moment_that_has_passed_is_late_and_saves_nothing_any_more() -> None:
    whole = readiness(grand(), held(now=NOW + timedelta(days=3)))

    assert whole.late
    assert whole.last_moment is not None
    assert whole.last_moment.due is not None
    assert whole.last_moment.due > whole.now
    assert whole.last_moment not in whole.late


def test_a_frame_that_lacks_a_beat_blocks_and_names_it() -> None:
    campaign = replace(ready(), pitches=(replace(FRAME, proof=None), *ready().pitches[1:]))
    gap = found(campaign).standings[0].gap

    assert gap is not None
    assert gap.blocks
    assert gap.message.say("zh") == "四件套：还没写 信任背书"
    assert gap.message.say("en") == "四件套: proof not written"


def test_wording_warns_and_does_not_block() -> None:
    campaign = replace(ready(), pitches=(replace(FRAME, offer="全网最低"), *ready().pitches[1:]))
    check = next(one for one in found(campaign).checks if one.key == "words")

    assert not check.blocks
    assert check.message.values["words"] == "全网最低"


def test_a_frame_nobody_confirmed_and_one_with_four_points_are_gaps() -> None:
    assert gaps(replace(ready(), pitches=(replace(FRAME, confirmed=False),
                                          *ready().pitches[1:]))) == {"confirm"}
    assert gaps(replace(ready(), pitches=(replace(FRAME, points=tuple("甲乙丙丁")),
                                          *ready().pitches[1:]))) == {"points"}


def test_a_hold_beyond_the_limit_blocks_and_one_at_the_limit_does_not() -> None:
    limit = template().rhythm.hold_limit_seconds

    assert gaps(_holding(limit)) == set()
    assert gaps(_holding(limit + 1)) == {"hold"}


def _holding(seconds: int) -> Campaign:
    return replace(ready(), rhythm=replace(ready().rhythm, hold_seconds=seconds))


def test_loops_pulses_and_lengths_are_held_against_the_show() -> None:
    rhythm = ready().rhythm
    late = Pulse(minute=790, seconds=60, what="压轴")
    short = tuple(replace(one, minutes=300.0) for one in ready().sessions)

    assert gaps(replace(ready(), rhythm=replace(rhythm, small_loop_minutes=30))) == {"loops"}
    assert gaps(replace(ready(), rhythm=replace(rhythm, pulses=(late,)))) == {"pulse_late"}
    assert gaps(replace(ready(), rhythm=replace(rhythm, pulses=()))) == {"pulses"}
    assert gaps(replace(ready(), sessions=short)) == {"hours"}
    assert "no_session" in gaps(replace(ready(), sessions=()))


def test_a_missing_or_faulty_run_sheet_of_the_burst_blocks() -> None:
    missing = readiness(ready(), held())
    faulty = found(ready(), s1=3)

    assert [one.key for one in missing.blockers] == ["sheet"]
    assert [one.key for one in faulty.blockers] == ["lints"]


def test_one_person_in_two_posts_counts_in_both_and_twice_in_one_counts_once() -> None:
    posts = tuple(replace(one, people=("甲", "甲")) for one in ready().posts)
    checks = {one.subject: one for one in found(replace(ready(), posts=posts)).checks
              if one.key == "post"}

    assert checks["operator"].done
    assert checks["traffic"].done
    assert not checks["host"].done
    assert checks["host"].message.values["n"] == 1


def test_money_that_does_not_add_up_and_waves_nobody_approved_are_gaps() -> None:
    wave = ready().waves[0]

    assert gaps(replace(ready(), budget=9_000_000)) == {"budget_sum"}
    assert gaps(replace(ready(), waves=())) == {"waves"}
    assert gaps(replace(ready(), waves=(replace(wave, approved=False),))) == {"approve"}
    assert gaps(replace(ready(), waves=(replace(wave, cover=0.5),))) == {"wave_stock"}
    assert gaps(replace(ready(), sessions=tuple(
        replace(one, budget=10_000_001) for one in ready().sessions))) == {"session_sum"}
    assert "no_budget" in gaps(replace(ready(), budget=None))


def test_an_order_of_a_main_session_is_due_when_its_lead_time_says() -> None:
    order = Supply(session_id="s1", product_id="p", title="冬被", quantity=300,
                   order_by=NOW + timedelta(hours=5))
    waiting = found(replace(ready(), supplies=(order,)))
    elsewhere = found(replace(ready(), supplies=(replace(order, session_id="s9"),)))

    assert waiting.last_moment is not None
    assert waiting.last_moment.due == order.order_by
    assert elsewhere.blockers == ()
    assert gaps(replace(ready(), supplies=(replace(order, ordered=True),))) == set()


def test_a_card_needs_somebody_and_a_drill_and_to_be_in_the_handbook() -> None:
    first, *rest = ready().drills

    assert gaps(replace(ready(), drills=(replace(first, person=None), *rest))) == {"card_person"}
    assert gaps(replace(ready(), drills=(replace(first, rehearsed=False), *rest))) == {
        "card_drill"}
    assert gaps(replace(ready(), drills=(replace(first, card_id="x"), *rest))) == {"card_gone"}
    assert "no_cards" in gaps(replace(ready(), drills=()))

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caopan.plan.campaign import Drill, Pitch, PlannedWave, Pulse, Supply
from caopan.plan.campaign_begun import with_sessions
from caopan.plan.campaign_difference import difference
from caopan.plan.campaign_document import read, written
from caopan.plan.campaign_entry import BadCampaignError
from tests.plan.campaigns import BURST, NOW, evening, grand

WHOLE = replace(
    with_sessions(grand(), [evening("s1", BURST)]), streamers=("小美",),
    pitches=(Pitch(product_id="p", title="冬被", beats=(("hook", "摸"),), points=("暖",),
                   proof="检测", offer="赠枕", daily_price=19_900, live_price=12_950,
                   confirmed=True),),
    rhythm=replace(grand().rhythm, pulses=(Pulse(minute=60, seconds=300, what="抽奖"),)),
    posts=tuple(replace(one, people=("甲", "乙")) for one in grand().posts),
    waves=(PlannedWave(session_id="s1", number=1, start=0, end=75.5, spend=99, products=("p",),
                       cover=0.9, stock_needed=3, stop_below=None, approved=True),),
    supplies=(Supply(session_id="s1", product_id="p", title="冬被", quantity=9, order_by=NOW),),
    drills=(Drill(card_id="sell_out", person="丙", rehearsed=True),))


def faults(**changes: object) -> list[str]:
    with pytest.raises(BadCampaignError) as refused:
        read({**written(WHOLE), **changes})
    return [str(one.values["where"]) for one in refused.value.problems]


def test_a_campaign_comes_back_as_it_was_written() -> None:
    assert read(written(WHOLE)) == WHOLE


def test_every_fault_is_named_with_its_place() -> None:
    assert faults(level="X", burst_on="soon", target=-1, currency="XXX", budget="1e999",
                  phases=[{"phase": "dawn", "start": "2026-11-28", "end": "2026-11-28"}],
                  sessions="all", rhythm={"mode": "loop", "hold_seconds": -3},
                  tasks=[{"id": "a", "does": "", "assurance": "crew", "owner": "nobody",
                          "due": "2026-11-28T20:00"}],
                  posts=[{"role": "host", "needed": True, "people": "甲"}, 7]) == [
        "currency", "level", "burst_on", "target", "budget", "phases[0].end", "phases[0].phase",
        "sessions", "rhythm.hold_seconds", "posts[1]", "posts[0].needed", "posts[0].people",
        "posts[1].role", "tasks[0].owner", "tasks[0].due"]


def test_what_stands_twice_is_a_fault() -> None:
    drills = [{"card_id": "a"}, {"card_id": "a"}]

    assert faults(drills=drills) == ["drills[1]"]


@pytest.mark.parametrize("body", [None, [], "x", {"phases": {}}, {"pitches": [{"beats": [1]}]},
                                  {"waves": [{"cover": 7, "spend": True}]}])
def test_what_is_no_campaign_is_refused_in_words(body: object) -> None:
    with pytest.raises(BadCampaignError):
        read(body)


def test_a_difference_names_entries_by_what_they_are_known_by() -> None:
    moved = replace(
        WHOLE, name="双十二", drills=(*WHOLE.drills, Drill(card_id="trolls")), supplies=(),
        tasks=tuple(replace(one, done=one.id == "network") for one in WHOLE.tasks),
        phases=(replace(WHOLE.phases[0], start=WHOLE.phases[0].start - timedelta(days=1)),
                *WHOLE.phases[1:]), version=9)

    assert [(one.place, one.before is None, one.after is None)
            for one in difference(WHOLE, moved)] == [
        ("name", False, False), ("phases[gather].start", False, False),
        ("tasks[network].done", False, False), ("supplies[s1/p]", False, True),
        ("drills[trolls]", True, False)]
    assert difference(WHOLE, replace(WHOLE, version=9)) == ()

"""The campaign of the synthetic world: an S design on its longest planned session."""

from __future__ import annotations

from datetime import datetime

from caopan.playbook.campaign import Level
from caopan.store.store import Store
from caopan.units.clock import business_day
from caopan.workspace import campaigns
from caopan.workspace.campaign_making import Wanted, made
from caopan.workspace.planning import NoPlanError, plan_of

NAME = "周年庆（合成）"


def keep_one(store: Store, *, now: datetime) -> None:
    """Keep an S campaign of the host with the longest planned session; none without a plan."""
    try:
        planned = plan_of(store, None, now=now).sessions
    except NoPlanError:
        return
    longest = max(planned, key=lambda one: one.planned_minutes or 0.0)
    wanted = Wanted(level=Level.S, name=NAME, streamers=(longest.streamer_id,),
                    burst_on=business_day(longest.started_at))
    campaigns.keep(store, made(store, wanted, plan=None, now=now, language="zh"), now=now)

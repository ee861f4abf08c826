"""The figures of a campaign: forecasts of its sessions, their stock and their money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_outlook import Outlook, Told, outlook
from caopan.plan.together import Together
from caopan.store.store import Store
from caopan.units.message import CaopanError, Text
from caopan.workspace import budgeting, forecasting
from caopan.workspace.answers import Kept
from caopan.workspace.budgeting import Planned, Scenario
from caopan.workspace.progress import Progress

OUTCOME = "gmv"
ALONE = Together()
"""Where nothing is known of it all sessions are taken to be lucky together: the widest."""
ELSEWHERE = Text(zh="这一场是别的币种，不能加在一起",
                 en="it is in another currency, which cannot be added up")

NOT_COUNTED = Text(zh="这一场播过了，成交金额还没导入",
                   en="it was held, and its GMV is not imported yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the workspace knows of a campaign's sessions; ``why`` there is no ``planned``."""

    forecasts: Mapping[str, Told]
    planned: Planned | None
    why: Text | None
    level: float

    @property
    def together(self) -> Together:
        """Return how far lines of sessions are lucky together."""
        return (self.planned.stock.together if self.planned is not None else None) or ALONE

    def outlook(self, campaign: Campaign) -> Outlook:
        """Return what a campaign may bring, and whether its targets are met."""
        return outlook(campaign, self.forecasts, together=self.together, level=self.level)


def figures(store: Store, campaign: Campaign, *, plan: Path | None, now: datetime, kept: Kept,
            progress: Progress, level: float = 0.8) -> Figures:
    """Return the figures of a campaign; those of the same sessions are worked out once an hour.

    Args:
        store: the workspace's store.
        campaign: whose sessions.
        plan: where they are planned; None: in what was imported.
        now: when.
        kept: what is remembered between calls.
        progress: hears how far the work is.
        level: of the ranges.
    """
    sessions = frozenset(one.session_id for one in campaign.sessions)
    if not sessions:
        return Figures(forecasts={}, planned=None, why=None, level=level)
    brought = _held(store, sessions, campaign.currency)
    hour = now.strftime("%Y-%m-%d %H")
    question = ("campaign", str(plan), tuple(sorted(sessions)), campaign.budget, level, hour)

    def make() -> Figures:
        forecasts = _forecasts(store, plan, campaign.currency, now=now, kept=kept, level=level,
                               progress=progress) | brought
        scenario = Scenario(plan=plan, total=campaign.budget, sessions=sessions)
        try:
            result = budgeting.run(store, [scenario], now=now, level=level, kept=kept,
                                   progress=progress)
        except CaopanError as refused:
            return Figures(forecasts=forecasts, planned=None, level=level,
                           why=_finished(refused))
        return Figures(forecasts=forecasts, planned=result.plan, why=None, level=level)

    return kept.answer(store.counting(), question, make)


def _forecasts(store: Store, plan: Path | None, currency: str, *, now: datetime, kept: Kept,
               level: float, progress: Progress) -> dict[str, Told]:
    try:
        result = forecasting.run(store, plan=plan, level=level, now=now, progress=progress,
                                 kept=kept)
    except CaopanError:
        return {}
    return {one.session_id: Told(quantiles=one.quantiles, reason=one.reason)
            if one.currency in {None, currency} else Told(quantiles=None, reason=ELSEWHERE)
            for one in result.forecasts if one.session_id and one.outcome == OUTCOME}


def _held(store: Store, sessions: frozenset[str], currency: str) -> dict[str, Told]:
    """Return what sessions brought that were held already, and why that is not known of some."""
    table = store.tables()["sessions"]
    rows = store.fetch(table.filter(table.session_id.isin(sorted(sessions))).select(
        "session_id", "currency", "gmv")).to_pylist()
    return {row["session_id"]: _brought(row["gmv"], same=row["currency"] in {None, currency})
            for row in rows}


def _brought(gmv: int | None, *, same: bool) -> Told:
    if not same:
        return Told(quantiles=None, reason=ELSEWHERE)
    return Told(quantiles=None, held=gmv, reason=NOT_COUNTED if gmv is None else None)


def _finished(refused: CaopanError) -> Text:
    return Text(zh=refused.message.say("zh"), en=refused.message.say("en"))

"""Proposing for a campaign: its sessions, targets, money, stock, frames and run sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from caopan.facts.plan import Plan
from caopan.plan.campaign import Campaign, Supply
from caopan.plan.campaign_begun import with_sessions
from caopan.playbook.campaign import Template
from caopan.store.store import Store
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import CaopanError, Language, Text
from caopan.workspace import campaigns, lineup, run_sheets
from caopan.workspace.answers import Kept
from caopan.workspace.campaign_figures import Figures, figures
from caopan.workspace.campaign_frames import framed
from caopan.workspace.campaign_part_words import Part
from caopan.workspace.campaign_proposal import Offer, Proposal, offered
from caopan.workspace.campaign_sharing import budgeted, targeted
from caopan.workspace.lineup import LineUpResult
from caopan.workspace.planning import NoPlanError, plan_of
from caopan.workspace.progress import Progress

MOST_SHEETS = 6
"""Run sheets that are worked out at once; the others come after these are taken."""
Step = tuple[Campaign, tuple[Text, ...], Text | None]
"""What a part makes of a campaign, why, and why nothing can be said."""
TAKEN_IN = Text(zh="排期里落在活动日期内的 {n} 场，按日期归到阶段",
                en="the {n} planned sessions of the campaign's days, each in its phase")
NO_PLAN = Text(zh="没有可用的排期：先导入 planned_sessions",
               en="no plan can be used: import planned_sessions first")
NO_STOCK = Text(zh="备货说不准", en="no order can be told")
ORDERS = Text(zh="{n} 个商品要订货：按需求分布和进货周期算，最迟下单时间是开播减去进货周期",
              en="{n} products to order: by the distribution of demand; the last moment is the "
                 "start less the lead time")
NO_ORDERS = Text(zh="现货够，不用订", en="what is held suffices; nothing to order")
SHEETS = Text(zh="{n} 场按流量曲线、货品角色和间隔排好；离上限 {gap}",
              en="{n} sessions put in order by traffic, classes and distances; {gap} below the "
                 "bound")
SHEETS_KEPT = Text(zh="主要场次都有节目单了", en="every main session has a run sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """What proposals are made from; ``plan``: None: the imported one."""

    store: Store
    kept: Kept
    plan: Path | None
    now: datetime
    language: Language
    progress: Progress

    def proposal(self, campaign: Campaign, parts: tuple[Part, ...]) -> Proposal:
        """Return the offers of the parts, each on top of those before it."""
        steps: dict[Part, Callable[[Campaign], Step]] = {
            Part.SESSIONS: self._sessions, Part.TARGETS: self._targets,
            Part.BUDGET: self._budget, Part.STOCK: self._stock, Part.PITCHES: self._pitches}
        offers: list[Offer] = []
        made: dict[Part, Campaign] = {}
        at = campaign
        for part in parts:
            if part is Part.RUN_SHEETS:
                offers.append(self._run_sheets(at))
                continue
            after, reasons, untold = steps[part](at)
            offers.append(offered(part, at, after, reasons, untold))
            made[part] = at = after
        return Proposal(campaign=campaign, offers=tuple(offers), steps=made)

    def accept(self, campaign: Campaign, parts: tuple[Part, ...]) -> Campaign:
        """Return the campaign with the parts taken; run sheets are kept as new versions."""
        found = self.proposal(campaign, parts)
        for offer in found.offers:
            for sheet in offer.sheets:
                run_sheets.keep(self.store, sheet.session.session_id, sheet.sheet, now=self.now)
        return next(reversed([*found.steps.values()]), campaign)

    def _template(self, campaign: Campaign) -> Template:
        return campaigns.template_of(self.store, campaign.template)

    def _figures(self, campaign: Campaign) -> Figures:
        return figures(self.store, campaign, plan=self.plan, now=self.now, kept=self.kept,
                       progress=self.progress)

    def _planned(self) -> Plan | None:
        try:
            return plan_of(self.store, self.plan, now=self.now)
        except NoPlanError:
            return None

    def _sessions(self, campaign: Campaign) -> Step:
        plan = self._planned()
        if plan is None:
            return campaign, (), NO_PLAN
        after = with_sessions(campaign, plan.sessions)
        return after, (_filled(TAKEN_IN, n=len(after.sessions)),), None

    def _targets(self, campaign: Campaign) -> Step:
        return targeted(campaign, self._template(campaign), self._figures(campaign))

    def _budget(self, campaign: Campaign) -> Step:
        return budgeted(campaign, self._template(campaign), self._figures(campaign))

    def _stock(self, campaign: Campaign) -> Step:
        found = self._figures(campaign)
        if found.planned is None:
            return campaign, (), found.why or NO_STOCK
        before = {(one.session_id, one.product_id, one.quantity): one.ordered
                  for one in campaign.supplies}
        supplies = tuple(Supply(
            session_id=line.session.session_id, product_id=line.product_id,
            title=line.name or line.product_id, quantity=order.quantity,
            order_by=line.order_by and line.order_by.astimezone(BUSINESS_ZONE).replace(
                second=0, microsecond=0),
            ordered=before.get((line.session.session_id, line.product_id, order.quantity), False))
            for line, order in found.planned.stock.orders if order.quantity)
        if not found.planned.stock.orders:
            return campaign, (), NO_STOCK
        reason = _filled(ORDERS, n=len(supplies)) if supplies else NO_ORDERS
        return replace(campaign, supplies=supplies), (reason,), None

    def _pitches(self, campaign: Campaign) -> Step:
        plan = self._planned()
        if plan is None:
            return campaign, (), NO_PLAN
        return framed(self.store, campaign, plan)

    def _run_sheets(self, campaign: Campaign) -> Offer:
        have = {one.session_id for one in run_sheets.kept(self.store)}
        lacking = [one.session_id for one in campaign.main if one.session_id not in have]
        if not lacking:
            return Offer(part=Part.RUN_SHEETS, changes=(), reasons=(SHEETS_KEPT,))
        found: list[LineUpResult] = []
        untold = None
        for session in lacking[:MOST_SHEETS]:
            try:
                found.append(self._line_up(session))
            except CaopanError as refused:
                untold = Text(zh=f"{session}：{refused.message.say('zh')}",
                              en=f"{session}: {refused.message.say('en')}")
        gaps = [1.0 - one.value / one.bound for one in found if one.bound > 0]
        reasons = () if not found else (_filled(
            SHEETS, n=len(found), gap=f"{max(gaps, default=0.0):.1%}"),)
        return Offer(part=Part.RUN_SHEETS, changes=(), reasons=reasons, untold=untold,
                     sheets=tuple(found))

    def _line_up(self, session: str) -> LineUpResult:
        hour = self.now.strftime("%Y-%m-%d %H")
        return self.kept.answer(
            self.store.counting(), ("campaign sheet", str(self.plan), session, self.language, hour),
            lambda: lineup.run(self.store, self.plan, now=self.now, language=self.language,
                               session_id=session, kept=self.kept, progress=self.progress))


def _filled(text: Text, **values: object) -> Text:
    return Text(zh=text.say("zh", **values), en=text.say("en", **values))

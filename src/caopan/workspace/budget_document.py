"""A plan's money as a JSON document and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caopan.plan.comparison import Difference
from caopan.plan.item import CLASS_WORDS, LineClass
from caopan.plan.losses import Loss
from caopan.plan.waves import Wave
from caopan.report.document import amount
from caopan.report.document import interval as money_interval
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.workspace.budget_words import (
    AGAINST,
    GAIN,
    GO,
    IMPORTED,
    LOSS,
    MORE,
    OVER,
    PACED,
    REST,
    SESSION,
    SESSION_GAIN,
    STOP,
    SUM,
    TOOLS,
    UNTOLD,
    WAVE,
    WAVE_BARE,
)
from caopan.workspace.stock_document import USUAL

if TYPE_CHECKING:
    from caopan.workspace.budgeting import BudgetResult, Planned

SHOWN = 8
"""Sessions a person is shown; a program reads all."""


def document(result: BudgetResult, language: Language) -> dict[str, object]:
    """Return the budget as JSON."""
    plan, currency = result.plan, result.plan.currency or USUAL
    budget = plan.budget
    return {
        "synthetic": result.synthetic, "status": "ok" if budget.told else "cannot_tell",
        "reason": plan.untold and plan.untold.plain(language), "currency": currency,
        "level": result.level, "total": amount(budget.total, currency=currency),
        "spend": amount(sum(one.spend for one in budget.shares), currency=currency),
        "unspent": amount(budget.rest, currency=currency),
        "gain": money_interval(budget.gain, currency=currency),
        "over_plan": money_interval(budget.over_plan, currency=currency),
        "expected_gain": amount(budget.expected, currency=currency),
        "bound": amount(budget.bound, currency=currency), "shadow_price": budget.shadow,
        "allocations": [{
            "session_id": one.show.session.session_id,
            "streamer_id": one.show.session.streamer_id,
            "planned": amount(one.show.session.planned_ad_spend, currency=currency),
            "spend": amount(one.spend, currency=currency), "currency": currency,
            "tools": [{"tool": each.tool, "spend": amount(each.spend, currency=currency),
                       "habit": each.habit}
                      for each in plan.tools.get(one.show.session.session_id, ())],
            "margin": one.show.margin, "gain": money_interval(one.gain, currency=currency),
            "status": "ok" if one.gain is not None else "cannot_tell"}
            for one in budget.shares],
        "waves": [_wave(session, one, currency) for session, found in plan.waves.items()
                  for one in found],
        "losses": [_loss(one, currency) for one in plan.losses],
        "compared": [{"plan": _name(one, language), "first": _name(plan, language),
                      **_difference(by, currency)} for one, by in result.others],
        "issues": [issue.document(language)
                   for one in (plan, *(other for other, _ in result.others))
                   for issue in one.issues]}


def lines(result: BudgetResult, language: Language) -> list[str]:
    """Return the budget as lines: the sum, then the sessions that get the most."""
    plan, money = result.plan, result.plan.currency or USUAL
    said = _sums(plan, money, language)
    ranked = sorted(plan.budget.shares, key=lambda one: -one.spend)
    for one in ranked[:SHOWN]:
        gain = "" if one.gain is None else SESSION_GAIN.say(
            language, range=_money_range(one.gain, money, language))
        said.append(SESSION.say(language, session=one.show.session.session_id, gain=gain,
                                spend=_paid(one.spend, money, language)))
        used = plan.tools.get(one.show.session.session_id, ())
        if used:
            said.append(TOOLS.say(language, parts=", ".join(
                f"{each.tool} {_paid(each.spend, money, language)}" for each in used)))
        said += [_wave_said(each, money, language)
                 for each in plan.waves.get(one.show.session.session_id, ())]
    if len(ranked) > SHOWN:
        said.append(MORE.say(language, n=len(ranked) - SHOWN))
    said += [LOSS.say(language, role=CLASS_WORDS[LineClass(one.role)].plain(language),
                      lines=one.lines, expected=_paid(one.expected, money, language),
                      range=_money_range(one.range, money, language),
                      most=_paid(one.most, money, language)) for one in plan.losses]
    for other, by in result.others:
        said.append(AGAINST.say(
            language, name=_name(other, language), first=_name(plan, language),
            cost=number.change(by.order_cost, unit=Unit.MONEY, currency=money, language=language),
            spend=number.change(by.spend, unit=Unit.MONEY, currency=money, language=language),
            profit=_change(by.stock_profit, language), gain=_change(by.spend_gain, language)))
    return said


def _sums(plan: Planned, money: str, language: Language) -> list[str]:
    budget = plan.budget
    spend = sum(one.spend for one in budget.shares)
    said = SUM.say(language, spend=_paid(spend, money, language), sessions=len(budget.shares))
    if budget.rest > 0:
        said += REST.say(language, rest=_paid(budget.rest, money, language))
    if plan.untold is not None:
        return [PACED.say(language, reason=plan.untold.plain(language)), said]
    found = [said]
    if budget.gain is not None and budget.bound is not None:
        found.append(GAIN.say(
            language, range=_money_range(budget.gain, money, language),
            mid=_paid(budget.gain.mid, money, language), bound=_paid(budget.bound, money, language),
            share=number.percent((budget.expected or 0.0) / budget.bound
                                 if budget.bound > 0 else None)))
    if budget.over_plan is not None:
        found.append(OVER.say(language, range=_change(budget.over_plan, language)))
    return found


def _wave(session: str, one: Wave, currency: str) -> dict[str, object]:
    return {"session_id": session, "wave": one.number, "from_minute": one.start,
            "to_minute": one.end, "products": list(one.products),
            "spend": amount(one.spend, currency=currency), "currency": currency,
            "spent_before": amount(one.spent_before, currency=currency),
            "stock_cover": one.cover, "stock_needed": one.stock_needed,
            "expected_low_units": one.expected_low, "stop_below_units": one.stop_below}


def _wave_said(one: Wave, money: str, language: Language) -> str:
    spans = {"number": one.number, "start": round(one.start), "end": round(one.end),
             "spend": _paid(one.spend, money, language)}
    if one.cover is None:
        return WAVE_BARE.say(language, **spans)
    said = WAVE.say(language, **spans, cover=number.percent(one.cover))
    said += GO.say(language, needed=one.stock_needed) if one.stock_needed else ""
    return said if one.stop_below is None else said + STOP.say(language, stop=one.stop_below)


def _loss(one: Loss, currency: str) -> dict[str, object]:
    return {"role": one.role, "lines": one.lines, "currency": currency,
            "expected": amount(one.expected, currency=currency),
            "range": money_interval(one.range, currency=currency),
            "cap": amount(one.most, currency=currency)}


def _difference(by: Difference, currency: str) -> dict[str, object]:
    return {"order_cost": amount(by.order_cost, currency=currency),
            "spend": amount(by.spend, currency=currency), "currency": currency,
            "stock_profit": money_interval(by.stock_profit, currency=currency),
            "spend_gain": money_interval(by.spend_gain, currency=currency)}


def _name(plan: Planned, language: Language) -> str:
    return plan.name or IMPORTED.plain(language)


def _paid(minor: float, money: str, language: Language) -> str:
    return number.money(minor, currency=money, language=language)


def _money_range(one: Interval, money: str, language: Language) -> str:
    return number.interval(one, unit=Unit.MONEY, currency=money, language=language)


def _change(one: Interval | None, language: Language) -> str:
    if one is None:
        return UNTOLD.plain(language)
    return number.change_interval(one, unit=Unit.MONEY, language=language)

"""A plan's stock as a JSON document and as lines for a person."""

from __future__ import annotations

from caopan.plan.stock_plan import Item, Order, StockPlan
from caopan.report.document import amount
from caopan.report.document import interval as money_interval
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.workspace.stock_basis import (
    basis,
    scale_document,
    scale_said,
    together_document,
    together_said,
    told_by,
    trial_document,
)
from caopan.workspace.stock_words import (
    ALL_UNTOLD,
    CASH,
    CASH_FREE,
    IDLE,
    ITEM,
    MORE,
    NOBODY,
    NOTES,
    REASONS,
    RISKS,
    TOTAL,
    UNTOLD,
)

SHOWN = 30
"""Lines a person is shown; a program reads all."""
USUAL = "CNY"
OF_ORDER = ("quantity", "stock_on_hand", "cost", "expected_profit", "profit",
            "stockout_probability", "waste_units", "waste", "money_at_risk")


def document(found: StockPlan, *, currency: str | None, cash: int | None,
             language: Language) -> dict[str, object]:
    """Return the stock as JSON: every item, and the sums of those that have an order."""
    money, orders = currency or USUAL, [order for _, order in found.orders]
    told = found.profit is not None
    return {
        "status": "ok" if told else "cannot_tell",
        "reason": None if told else _reason(found, language), "currency": money,
        "level": found.level, "n": found.pool, "told_share": found.told,
        "items": [item(one, currency=money, language=language) for one in found.items],
        "total": {
            "quantity": sum(one.quantity for one in orders),
            "cost": amount(sum(one.cost for one in orders), currency=money),
            "expected_profit": amount(found.expected, currency=money),
            "profit": money_interval(found.profit, currency=money),
            "without_orders": amount(found.idle, currency=money),
            "orders_add": amount(found.added, currency=money),
            "given_away": amount(found.given, currency=money),
            "bound": amount(found.whole_bound, currency=money),
            "waste": amount(sum(one.waste for one in orders), currency=money),
            "money_at_risk": amount(sum(one.risk for one in orders), currency=money),
            "currency": money} if told else None,
        "cash": amount(cash, currency=money), "bound": amount(found.bound, currency=money),
        "price_of_cash": found.price_of_cash,
        "scale": found.scale and scale_document(found.scale, language),
        "together": together_document(found.together)}


def item(one: Item, *, currency: str, language: Language) -> dict[str, object]:
    """Return one line as JSON; what cannot be told is null."""
    line, order = one.line, one.order
    status = "cannot_tell" if order is None else "ok" if one.n else "cold_start"
    return {
        "session_id": line.session.session_id, "streamer_id": line.session.streamer_id,
        "product_id": line.product_id, "name": line.name, "role": line.role, "status": status,
        "reason": one.reason and REASONS[one.reason.value].plain(language),
        "reason_key": one.reason and one.reason.value,
        "notes": [{"key": note.value, "text": NOTES[note.value].plain(language)}
                  for note in one.notes],
        "demand": one.demand and _range(one.demand), "n": one.n, "sold_out": one.sold_out,
        "told_by": told_by(one), "basis": basis(one, language),
        "follows_forecast": one.followed, "trial": trial_document(one.trial),
        "currency": currency,
        "order_by": line.order_by and line.order_by.isoformat(timespec="minutes"),
        **(dict.fromkeys(OF_ORDER) if order is None else _order(order, currency))}


def _order(order: Order, currency: str) -> dict[str, object]:
    values = (order.quantity, order.held, amount(order.cost, currency=currency),
              amount(order.profit, currency=currency),
              money_interval(order.range, currency=currency), order.stockout, order.left,
              amount(order.waste, currency=currency), amount(order.risk, currency=currency))
    return dict(zip(OF_ORDER, values, strict=True))


def lines(found: StockPlan, *, currency: str | None, cash: int | None,
          language: Language) -> list[str]:
    """Return the stock as lines: the sums first, then the lines that cost the most."""
    money = currency or USUAL
    if found.profit is None:
        said = [_reason(found, language)]
    else:
        said = _sums(found, money, cash, language)
    ranked = sorted(found.items, key=lambda one: -(one.order.cost if one.order else -1.0))
    said += [_said(one, money, language) for one in ranked[:SHOWN]]
    if len(ranked) > SHOWN:
        said.append(MORE.say(language, n=len(ranked) - SHOWN))
    return said


def _sums(found: StockPlan, money: str, cash: int | None, language: Language) -> list[str]:
    def paid(minor: float) -> str:
        return number.money(minor, currency=money, language=language)

    orders = [order for _, order in found.orders]
    said = [
        TOTAL.say(language, items=len(found.orders), units=sum(one.quantity for one in orders),
                  sessions=len({line.session.session_id for line, _ in found.orders}),
                  cost=paid(sum(one.cost for one in orders)), profit=paid(found.expected or 0.0),
                  range=number.interval(found.profit, unit=Unit.MONEY, currency=money,
                                        language=language)),
        *([] if found.idle is None or found.added is None else [IDLE.say(
            language, idle=paid(found.idle), added=paid(found.added))]),
        together_said(found.together, language),
        *([] if found.scale is None else [scale_said(found.scale, language)]),
        RISKS.say(language, waste=paid(sum(one.waste for one in orders)),
                  risk=paid(sum(one.risk for one in orders)))]
    if cash is not None:
        price, bound = found.price_of_cash or 0.0, found.bound or 0.0
        own = (found.expected or 0.0) - found.given
        said.append(CASH.say(language, cash=paid(cash), more=number.times(price),
                             share=number.percent(own / bound if bound > 0 else None))
                    if price > 0 else CASH_FREE.say(language, cash=paid(cash)))
    return said


def _said(one: Item, money: str, language: Language) -> str:
    name = one.line.name or one.line.product_id
    session, order = one.line.session.session_id, one.order
    if order is None:
        reason = "" if one.reason is None else REASONS[one.reason.value].plain(language)
        return UNTOLD.say(language, session=session, name=name, reason=reason)
    stop = {"zh": "。", "en": "; "}[language]
    return ITEM.say(
        language, session=session, name=name, quantity=order.quantity, held=order.held,
        demand=number.interval(one.demand, unit=Unit.UNITS, language=language),
        cost=number.money(order.cost, currency=money, language=language),
        profit=number.money(order.profit, currency=money, language=language),
        stockout=number.percent(order.stockout),
        notes="".join(stop + NOTES[note.value].plain(language) for note in one.notes)
        + stop + (basis(one, language) or ""))


def _reason(found: StockPlan, language: Language) -> str:
    if not found.items:
        return NOBODY.plain(language)
    reasons = {one.reason for one in found.items}
    only = next(iter(reasons)) if len(reasons) == 1 else None
    return (ALL_UNTOLD if only is None else REASONS[only.value]).plain(language)


def _range(one: Interval) -> dict[str, float]:
    return {"low": one.low, "mid": one.mid, "high": one.high, "level": one.level}

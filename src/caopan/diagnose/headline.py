"""The answer as a sentence: what is known, and after it what is not."""

from __future__ import annotations

from datetime import date

from caopan.diagnose.counts import Counts
from caopan.diagnose.diagnosis import Change, Factor
from caopan.diagnose.identity import SESSIONS
from caopan.diagnose.phrases import doubt, said
from caopan.units import number
from caopan.units.message import LANGUAGES, Text
from caopan.units.verdict import Verdict

MOST = 2
"""Factors and open questions a sentence can carry."""
PEERS = "peers"
HEAVY = "one_session_dominates"
"""The flag of a session that holds at least half of a side."""
MAIN_PART = 0.5
"""From this share of the change on, a factor is its main reason."""
CONVERSION = ("click_pay_rate", "ctor", "view_pay_rate", "orders_per_view", "units_per_view",
              "units_per_viewer", "buyers_per_watch_hour", "orders_per_watch_hour")
"""What an operator asks about first when it cannot be told."""


def headline(
    change: Change, *, currency: str, counted: Counts | None = None,
) -> tuple[Text, Text | None]:
    """Return what is known about a change, and what is not (None where nothing is open).

    Args:
        change: the main split, or the refusal.
        currency: of its amounts.
        counted: of two counted sessions, where the split was refused.
    """
    known, unknown = _parts(change, currency, counted)
    ending = "；" if unknown else "。"
    return Text(zh=f"{known.zh}{ending}", en=f"{known.en}."), unknown


def _parts(
    change: Change, currency: str, counted: Counts | None,
) -> tuple[Text, Text | None]:
    if change.refused is not None:
        return _too_few(change, currency, counted)
    supported = [factor for factor in change.factors
                 if factor.verdict is Verdict.SUPPORTED and factor.amount]
    supported.sort(key=lambda factor: -abs(factor.amount))
    known = _known(change, supported, currency)
    return _with_heavy(known, change, currency), _open(change, any_known=bool(supported))


def _known(change: Change, supported: list[Factor], currency: str) -> Text:
    """Return the sentence about the supported factors, or about there being none."""
    difference = change.after - change.before
    if not difference:
        return (Text(zh="卖得和同行平均一样多", en="Sales are those of the average peer")
                if change.against == PEERS else
                Text(zh="卖得和对比期一样多", en="Sales were the same as before"))
    along = [factor for factor in supported if factor.amount * difference > 0][:MOST]
    across = [factor for factor in supported if factor.amount * difference < 0][:MOST]
    if change.verdict is Verdict.CANNOT_TELL and not _explained(change, along):
        return _ordinary(change, supported[:MOST], currency)
    if not along:
        start = _size(change, currency)
        start = Text(zh=f"{start.zh}，还说不出是哪一步的原因",
                     en=f"{start.en}; no single step can be shown to explain it")
    else:
        start = _because(change, along, currency)
    return start if not across else _but(start, across, change, currency)


def _explained(change: Change, along: list[Factor]) -> bool:
    """Return whether what is counted explains a change by itself, however GMV scatters.

    The number of sessions is known; it explains the change where it makes at least half of it and
    no other factor is larger, and where no single session holds half of a side.
    """
    if any(flag.key == HEAVY for flag in change.flags):
        return False
    counted = next((abs(factor.amount) for factor in along if factor.id == SESSIONS), 0)
    return counted >= MAIN_PART * abs(change.after - change.before) and counted >= max(
        abs(factor.amount) for factor in change.factors)


def _because(change: Change, along: list[Factor], currency: str) -> Text:
    """Return the sentence that names the supported factors as the reason, or as a part of it."""
    difference = change.after - change.before
    amount, less = _amount(abs(difference), change, currency), difference < 0
    much = sum(abs(factor.amount) for factor in along) >= MAIN_PART * abs(difference)
    size = ("主要", "mainly") if much else ("有一部分", "in part")
    reason = _joined([said(factor, against=change.against) for factor in along])
    if change.against == PEERS:
        zh = f"比同行平均{'少' if less else '多'}卖 {amount.zh}，{size[0]}差在{reason.zh}"
    else:
        zh = f"{'少' if less else '多'}卖的 {amount.zh}，{size[0]}因为{reason.zh}"
    return Text(zh=zh, en=f"{_size(change, currency).en}, {size[1]} because {reason.en}")


def _size(change: Change, currency: str) -> Text:
    """Return the clause that says how much more or less was sold."""
    less = change.after < change.before
    amount = _amount(abs(change.after - change.before), change, currency)
    if change.against == PEERS:
        return Text(zh=f"比同行平均{'少' if less else '多'}卖 {amount.zh}",
                    en=f"Sales are {amount.en} {'below' if less else 'above'} the average peer's")
    return Text(zh=f"比对比期{'少' if less else '多'}卖 {amount.zh}",
                en=f"Sales {'fell' if less else 'rose'} by {amount.en}")


def _ordinary(change: Change, known: list[Factor], currency: str) -> Text:
    """Return the sentence about a change that is not beyond the ordinary: facts, no cause."""
    start, peers = _size(change, currency), change.against == PEERS
    start = Text(zh=f"{start.zh}，但这样的{'差距' if peers else '起伏'}平时也有",
                 en=f"{start.en}, but such {'gaps' if peers else 'ups and downs'} are ordinary")
    counted = [factor for factor in known if factor.id == SESSIONS]
    shown = [factor for factor in known if factor.id != SESSIONS]
    for factors, zh, en in ((counted, "是确定的", "it is certain that"),
                            (shown, "有据", "the data show that")):
        if factors:
            joined = _joined([_with_worth(factor, change, currency) for factor in factors])
            start = Text(zh=f"{start.zh}；{joined.zh}{zh}", en=f"{start.en}; {en} {joined.en}")
    return start


def _with_worth(factor: Factor, change: Change, currency: str) -> Text:
    """Return which way a factor moved, with its amount."""
    clause = said(factor, against=change.against)
    worth = {language: number.change(factor.amount, unit=change.unit, currency=currency,
                                     language=language) for language in LANGUAGES}
    return Text(zh=f"{clause.zh}（{worth['zh']}）", en=f"{clause.en} ({worth['en']})")


def _but(start: Text, across: list[Factor], change: Change, currency: str) -> Text:
    """Return a sentence with what worked the other way."""
    clauses = _joined([said(factor, against=change.against) for factor in across])
    worth = _amount(abs(sum(factor.amount for factor in across)), change, currency)
    gained = across[0].amount > 0
    return Text(zh=f"{start.zh}；{clauses.zh}，{'补回' if gained else '拖掉'} {worth.zh}",
                en=f"{start.en}; {clauses.en}, which {'made up' if gained else 'cost'} {worth.en}")


def _with_heavy(known: Text, change: Change, currency: str) -> Text:
    """Return a sentence with the sessions that hold half of a side, and the rest without them."""
    difference = change.after - change.before
    for flag in change.flags:
        if flag.key != HEAVY:
            continue
        rest = int(str(flag.values["change_without"]))
        day = date.fromisoformat(str(flag.values["day"]))
        amount, turned = _amount(abs(rest), change, currency), rest * difference < 0
        less = "只" if abs(rest) < abs(difference) else "要"
        zh = (f"反而{'少' if rest < 0 else '多'}卖 {amount.zh}" if turned
              else f"{less}差 {amount.zh}")
        gap = number.change(rest, unit=change.unit, currency=currency, language="en")
        values = flag.values
        known = Text(
            zh=f"{known.zh}；其中一场（{day.month}月{day.day}日）占了{values['side_zh']}的 "
               f"{values['share']}，去掉它{zh}",
            en=f"{known.en}; one session ({day}) holds {values['share']} of {values['side_en']}, "
               f"without it the difference is {gap}")
    return known


def _open(change: Change, *, any_known: bool) -> Text | None:
    """Return the question that stays open, the one about conversion first."""
    doubts = [factor for factor in change.factors if factor.verdict is Verdict.CANNOT_TELL
              and factor.interval is not None and factor.id != SESSIONS]
    if not doubts:
        return None
    if len(doubts) == len(change.factors) - 1 and not any_known:
        peers = change.against == PEERS
        return Text(zh=f"每一步{'比同行高还是低' if peers else '有没有变'}，现在都说不清。",
                    en=f"Whether any step {'differs from peers' if peers else 'changed'} cannot be "
                       "told yet.")
    doubts.sort(key=lambda factor: (factor.id not in CONVERSION, -abs(factor.amount)))
    asked = _joined(list(dict.fromkeys(doubt(factor, against=change.against)
                                       for factor in doubts[:1 if any_known else MOST])))
    return Text(zh=f"{asked.zh}，现在还说不清。", en=f"{_capital(asked.en)} cannot be told yet.")


def _too_few(
    change: Change, currency: str, counted: Counts | None,
) -> tuple[Text, Text | None]:
    """Return what can be said without a split: the totals, and two counted sessions."""
    if not change.n_before and not change.n_after:
        return (Text(zh="这两期没有一场能算数的直播",
                     en="Neither period holds a session that counts"),
                Text(zh="原因写在备注里；补上缺的列（多半是成交金额）再导入，就能诊断。",
                     en="The notes say why; import again with the missing column, most often GMV, "
                        "and it can be diagnosed."))
    told = counted.sentence if counted else change.refused
    first, last = (_amount(side, change, currency) for side in (change.before, change.after))
    if change.against == PEERS and change.refused is not None:
        reason = change.refused
        return (Text(zh=f"本期卖 {last.zh}", en=f"Sales are {last.en}"),
                Text(zh=f"{reason.say('zh')}。", en=f"{_capital(reason.say('en'))}."))
    if counted is not None and counted.traffic is not None and told is not None:
        zh, en = told.say("zh"), told.say("en")
        return (Text(zh=zh.partition("；")[0], en=_capital(en.partition(";")[0])),
                Text(zh=f"{zh.partition('；')[2]}。", en=f"{_capital(en.partition('; ')[2])}."))
    return (Text(zh=f"对比期卖 {first.zh}，本期卖 {last.zh}",
                 en=f"Sales were {first.en} before and {last.en} now"),
            Text(zh=f"{told.say('zh')}。", en=f"{_capital(told.say('en'))}.") if told else None)


def _joined(parts: list[Text]) -> Text:
    return Text(zh="、".join(part.zh for part in parts), en=" and ".join(part.en for part in parts))


def _amount(amount: int, change: Change, currency: str) -> Text:
    """Return an amount in the unit of the change: money, or a number of units."""
    return Text(zh=number.value(amount, unit=change.unit, currency=currency, language="zh"),
                en=number.value(amount, unit=change.unit, currency=currency, language="en"))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

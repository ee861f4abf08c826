"""The answer as a sentence: what is known, and after it what is not."""

from __future__ import annotations

from caopan.diagnose.counts import Counts
from caopan.diagnose.diagnosis import Change, Factor
from caopan.diagnose.phrases import PHRASES
from caopan.units import number
from caopan.units.message import Text
from caopan.units.verdict import Verdict

MOST = 2
"""Factors and open questions a sentence can carry."""
PEERS = "peers"
MAIN_PART = 0.5
"""From this share of the change on, a factor is its main reason."""
CONVERSION = ("click_pay_rate", "ctor", "view_pay_rate", "orders_per_view", "units_per_view",
              "buyers_per_watch_hour", "orders_per_watch_hour")
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
    supported = [factor for factor in change.factors if factor.verdict is Verdict.SUPPORTED]
    supported.sort(key=lambda factor: -abs(factor.amount))
    known = _known(change, supported, currency)
    return known, _open(change, any_known=bool(supported))


def _known(change: Change, supported: list[Factor], currency: str) -> Text:
    """Return the sentence about the supported factors, or about there being none."""
    difference = change.after - change.before
    amount = _money(abs(difference), currency)
    if not difference and not supported:
        return Text(zh="卖得和对比期一样多", en="Sales were the same as before")
    along = [factor for factor in supported if factor.amount * difference > 0][:MOST]
    across = [factor for factor in supported if factor.amount * difference < 0][:MOST]
    if not along:
        return _unexplained(change, amount, across, currency)
    much = sum(abs(factor.amount) for factor in along) >= MAIN_PART * abs(difference)
    reason = _joined([_said(factor) for factor in along])
    less = difference < 0
    size = ("主要", "mainly") if much else ("有一部分", "in part")
    if change.against == PEERS:
        start = Text(
            zh=f"比同行平均{'少' if less else '多'}卖 {amount.zh}，{size[0]}差在{reason.zh}",
            en=f"Sales are {amount.en} {'below' if less else 'above'} the average peer's, "
               f"{size[1]} because {reason.en}")
    else:
        start = Text(
            zh=f"{'少' if less else '多'}卖的 {amount.zh}，{size[0]}因为{reason.zh}",
            en=f"Sales {'fell' if less else 'rose'} by {amount.en}, {size[1]} because {reason.en}")
    return start if not across else _but(start, across, currency)


def _unexplained(
    change: Change, amount: Text, across: list[Factor], currency: str,
) -> Text:
    """Return the sentence where no supported factor explains the direction."""
    less = change.after < change.before
    than = ("同行平均", "those of the average peer") if change.against == PEERS else (
        "对比期", "before")
    start = Text(
        zh=f"比{than[0]}{'少' if less else '多'}卖 {amount.zh}，还说不出是哪一步的原因",
        en=f"Sales were {amount.en} {'lower' if less else 'higher'} than {than[1]}; no single "
           "step can be shown to explain it")
    return start if not across else _but(start, across, currency)


def _but(start: Text, across: list[Factor], currency: str) -> Text:
    """Return a sentence with what worked the other way."""
    said = _joined([_said(factor) for factor in across])
    worth = _money(abs(sum(factor.amount for factor in across)), currency)
    gained = across[0].amount > 0
    return Text(zh=f"{start.zh}；{said.zh}，{'补回' if gained else '拖掉'} {worth.zh}",
                en=f"{start.en}; {said.en}, which {'made up' if gained else 'cost'} {worth.en}")


def _open(change: Change, *, any_known: bool) -> Text | None:
    """Return the question that stays open, the one about conversion first."""
    doubts = [factor for factor in change.factors if factor.verdict is Verdict.CANNOT_TELL
              and factor.interval is not None and factor.id != "sessions"]
    if not doubts:
        return None
    doubts.sort(key=lambda factor: (factor.id not in CONVERSION, -abs(factor.amount)))
    asked = _joined(list(dict.fromkeys(PHRASES[factor.id].doubt
                                       for factor in doubts[:1 if any_known else MOST])))
    if len(doubts) == len(change.factors) - 1 and not any_known:
        return Text(zh="这样的起伏平时也有，每一步有没有变，现在都说不清。",
                    en="Such ups and downs are ordinary here; whether any step changed cannot be "
                       "told yet.")
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
    said = counted.sentence if counted else change.refused
    first, last = _money(change.before, currency), _money(change.after, currency)
    if change.against == PEERS and change.refused is not None:
        reason = change.refused
        return (Text(zh=f"本期卖 {last.zh}", en=f"Sales are {last.en}"),
                Text(zh=f"{reason.say('zh')}。", en=f"{_capital(reason.say('en'))}."))
    if counted is not None and counted.traffic is not None and said is not None:
        zh, en = said.say("zh"), said.say("en")
        return (Text(zh=zh.partition("；")[0], en=_capital(en.partition(";")[0])),
                Text(zh=f"{zh.partition('；')[2]}。", en=f"{_capital(en.partition('; ')[2])}."))
    return (Text(zh=f"对比期卖 {first.zh}，本期卖 {last.zh}",
                 en=f"Sales were {first.en} before and {last.en} now"),
            Text(zh=f"{said.say('zh')}。", en=f"{_capital(said.say('en'))}.") if said else None)


def _said(factor: Factor) -> Text:
    phrase = PHRASES[factor.id]
    fell = (factor.after or 0.0) < (factor.before or 0.0)
    return phrase.fell if fell else phrase.rose


def _joined(parts: list[Text]) -> Text:
    return Text(zh="、".join(part.zh for part in parts), en=" and ".join(part.en for part in parts))


def _money(minor: int, currency: str) -> Text:
    return Text(zh=number.money(minor, currency=currency, language="zh"),
                en=number.money(minor, currency=currency, language="en"))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""What the demand of each line was told by, and why (需求口径)."""

from __future__ import annotations

from caopan.plan.boosted_demand import Trial
from caopan.plan.rates import Scale
from caopan.plan.sales import OUTCOMES
from caopan.plan.stock_plan import Item
from caopan.plan.together import Together
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.workspace.backtest_words import OUTCOME_NAMES
from caopan.workspace.stock_words import RANGE, RANGE_TOLD

KIN = Text(zh="口径：同类商品的小时销率", en="told by the hourly rates of products alike")
RATES = Text(zh="口径：{n} 场的小时销率（向同类商品靠拢）；历史还不够试提升树",
             en="told by its hourly rate in {n} shows, drawn towards products alike; too little "
                "history to try boosted trees")
UNEARNED = Text(
    zh="口径：{n} 场的小时销率（向同类商品靠拢）；在历史 {least} 场以上的最近 {tried} 个"
       "商品场次上提升树没有更好",
    en="told by its hourly rate in {n} shows, drawn towards products alike; on the latest {tried} "
       "shows of products with {least} or more before, boosted trees were no better")
BOOSTED = Text(
    zh="口径：提升树（历史 {n} 场）；在历史 {least} 场以上的最近 {tried} 个商品场次上"
       "比小时销率少亏 {less}",
    en="told by boosted trees from {n} shows; on the latest {tried} shows of products with "
       "{least} or more before they lost {less} less than hourly rates")
FOLLOWS = Text(
    zh="需求随场次的{outcome}预估走（{power} 次方）：{n} 个带货行这样说明显更像"
       "（对数似然高 {gain}）",
    en="demand follows the forecast {outcome} of its session (to the power of {power}): that "
       "makes {n} rows of sales clearly likelier (log likelihood +{gain})")
HOURS = Text(zh="需求按计划时长算：随场次预估走并不更像（{n} 个带货行）",
             en="demand goes by planned hours: following the forecast of the session makes "
                "{n} rows of sales no likelier")
ALONE = Text(zh="需求按计划时长算：以前的场次没有可用的预估",
             en="demand goes by planned hours: no forecast of earlier sessions is to be had")


def told_by(one: Item) -> str | None:
    """Return the key of what tells a line's demand; None where nothing does."""
    if one.demand is None:
        return None
    return "boosted" if one.boosted else "rates" if one.n else "kin"


def basis(one: Item, language: Language) -> str | None:
    """Return what tells a line's demand, and why; None where nothing does."""
    if one.demand is None:
        return None
    trial = one.trial
    if not one.n:
        return KIN.say(language)
    if trial is None or not trial.n:
        return RATES.say(language, n=one.n)
    if not one.boosted:
        return UNEARNED.say(language, n=one.n, least=trial.least, tried=trial.n)
    return BOOSTED.say(language, n=one.n, least=trial.least, tried=trial.n,
                       less=number.percent(1.0 - trial.trees / trial.rates))


def scale_said(scale: Scale, language: Language) -> str:
    """Return how demand follows the forecast of its session.

    >>> scale_said(Scale(), "en")
    'demand goes by planned hours: no forecast of earlier sessions is to be had'
    """
    if scale.outcome is not None:
        return FOLLOWS.say(
            language, outcome=OUTCOME_NAMES[OUTCOMES[scale.outcome]].say(language),
            power=scale.power, n=scale.n, gain=round(scale.gain, 1))
    return HOURS.say(language, n=scale.n) if scale.n else ALONE.say(language)


def together_said(together: Together | None, language: Language) -> str:
    """Return how far lines are taken to be lucky together.

    >>> together_said(None, "en")
    'the range takes all products to be lucky together'
    """
    if together is None or not together.sessions:
        return RANGE.say(language)
    return RANGE_TOLD.say(
        language, n=together.sessions, session=f"{together.session:.2f}",
        host=f"{together.host:.2f}", others=f"{together.others:.2f}")


def together_document(together: Together | None) -> dict[str, object] | None:
    """Return the same as JSON; null where all lines are taken to go together."""
    if together is None or not together.sessions:
        return None
    return {"sessions": together.sessions, "within_session": together.session,
            "within_host": together.host, "between_hosts": together.others}


def scale_document(scale: Scale, language: Language) -> dict[str, object]:
    """Return the same as JSON."""
    return {"outcome": None if scale.outcome is None else OUTCOMES[scale.outcome],
            "power": scale.power, "n": scale.n, "gain": scale.gain,
            "reason": scale_said(scale, language)}


def trial_document(trial: Trial | None) -> dict[str, object] | None:
    """Return how trees did as JSON: what orders lost of what was asked for, in money."""
    if trial is None or not trial.n:
        return None
    return {"history_from": trial.least, "n": trial.n, "boosted": trial.trees,
            "rates": trial.rates, "earned": trial.earned}

"""What a backtest says in words."""

from __future__ import annotations

from caopan.forecast.backtest import FEWEST, Backtest, Score
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.units.unit import Unit

UNIT_OF: dict[str, Unit] = {
    "gmv": Unit.MONEY, "units": Unit.COUNT, "orders": Unit.COUNT, "viewers": Unit.PEOPLE,
}
"""What can be forecast of a session, and its unit."""
OUTCOME_NAMES: dict[str, Text] = {
    "gmv": Text(zh="成交金额", en="GMV"), "units": Text(zh="成交件数", en="units"),
    "orders": Text(zh="成交订单数", en="orders"), "viewers": Text(zh="观看人数", en="viewers"),
}
NAMES: dict[str, Text] = {
    "average": Text(zh="预估（各模型按表现加权）", en="forecast (models by earned weight)"),
    "rate_hours": Text(zh="每小时产出 × 时长", en="rate an hour × hours"),
    "rate_8": Text(zh="近 8 场每小时产出 × 时长", en="rate of the last 8 × hours"),
    "rate_12": Text(zh="近 12 场每小时产出 × 时长", en="rate of the last 12 × hours"),
    "rate_20": Text(zh="近 20 场每小时产出 × 时长", en="rate of the last 20 × hours"),
    "rate_32": Text(zh="近 32 场每小时产出 × 时长", en="rate of the last 32 × hours"),
    "mixed": Text(zh="混合模型", en="mixed model"),
    "boosted": Text(zh="提升树分位数", en="boosted trees"),
    "hybrid": Text(zh="混合模型 + 提升树", en="mixed model, then trees"),
    "last_session": Text(zh="照上一场", en="the last session"),
    "median_5": Text(zh="近 5 场中位数", en="median of the last 5"),
    "mean_so_far": Text(zh="历史平均", en="mean so far"),
}
TOO_FEW = Text(
    zh="能回测的只有 {n} 场（至少要 {fewest} 场，并且之前有 50 场可学）：还说不准，再攒几周场次",
    en="only {n} sessions can be looked back upon (at least {fewest} are needed, after 50 to "
       "learn from): cannot tell yet, a few more weeks of sessions would settle it")
NO_PLAN = Text(
    zh="排期里没有记下计划时长，用实际开播时长代替：这样的回测偏乐观，之后请把计划时长一起导入",
    en="no planned hours were kept, so the hours as they happened stand in: that flatters the "
       "test; import planned hours with the sessions from now on")
_SAID = Text(
    zh="在自己最近的 {n} 场上，{level} 的区间包住了 {held}；误差加起来是全部{outcome}的 {wape}",
    en="on your own last {n} sessions the {level} range held {held}; the misses add up to {wape} "
       "of all {outcome}")
_BETTER = Text(zh="，比“近 5 场中位数”的老办法小 {mid}（{gain_level} 区间 {low} – {high}）",
               en=", {mid} less than your median-of-5 habit ({gain_level} range {low} – {high})")
_WORSE = Text(zh="，比“近 5 场中位数”的老办法大 {mid}（{gain_level} 区间 {low} – {high}），"
                 "照老办法来",
              en=", {mid} more than your median-of-5 habit ({gain_level} range {low} – {high}): "
                 "keep to the habit")
_UNCLEAR = Text(zh="；和“近 5 场中位数”的老办法比，看不出谁更准（差 {low} – {high}）",
                en="; whether that is better than your median-of-5 habit cannot be told "
                   "(between {low} and {high} less)")
_LINE = Text(zh="{name}：误差合计 {wape}，区间包住 {held}，CRPS {crps}",
             en="{name}: misses {wape}, range held {held}, CRPS {crps}")
_WEIGHT = Text(zh="，权重 {weight}", en=", weight {weight}")


def too_few(found: Backtest) -> Text:
    """Return why nothing is claimed, finished.

    >>> too_few(Backtest(n=3, subjects=1, cold=0)).plain("en").startswith("only 3 sessions")
    True
    """
    values = {"n": found.n, "fewest": FEWEST}
    return Text(zh=TOO_FEW.zh.format(**values), en=TOO_FEW.en.format(**values))


def sentence(found: Backtest, own: Score, *, outcome: str) -> Text:
    """Return the plain sentence about a test, finished.

    >>> own = Score(name="rate_hours", wape=0.47, crps=0.4, crps_log=0.6, coverage=0.79)
    >>> sentence(Backtest(n=300, subjects=12, cold=1), own, outcome="gmv").plain("en")
    'on your own last 300 sessions the 80% range held 79.0%; the misses add up to 47.0% of all GMV'
    """
    return Text(zh=_said(found, own, outcome, "zh"), en=_said(found, own, outcome, "en"))


def line_of(one: Score, language: Language, *, weight: float | None = None) -> str:
    """Return how one rule did, as a line; with the weight a model had earned.

    >>> line_of(Score(name="median_5", wape=0.68, crps=0.59, crps_log=0.8, coverage=0.8), "en")
    'median of the last 5: misses 68.0%, range held 80.0%, CRPS 59.0%'
    """
    said = _LINE.say(language, name=NAMES[one.name].say(language), wape=number.percent(one.wape),
                     held=number.percent(one.coverage), crps=number.percent(one.crps))
    return said if weight is None else said + _WEIGHT.say(language, weight=number.percent(weight))


def _said(found: Backtest, own: Score, outcome: str, language: Language) -> str:
    said = _SAID.say(language, n=found.n, held=number.percent(own.coverage),
                     wape=number.percent(own.wape), level=number.level(found.level)[1:-1],
                     outcome=OUTCOME_NAMES[outcome].say(language))
    gain = found.gain
    if gain is None:
        return said
    ends = {"gain_level": number.level(gain.level)[1:-1]}
    if gain.low > 0:
        more = _BETTER.say(language, mid=number.percent(gain.mid), low=number.percent(gain.low),
                           high=number.percent(gain.high), **ends)
    elif gain.high < 0:
        more = _WORSE.say(language, mid=number.percent(-gain.mid), low=number.percent(-gain.high),
                          high=number.percent(-gain.low), **ends)
    else:
        more = _UNCLEAR.say(language, low=number.percent(gain.low),
                            high=number.percent(gain.high))
    return said + more

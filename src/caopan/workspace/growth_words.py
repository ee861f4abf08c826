"""What a growth plan says in words."""

from __future__ import annotations

from datetime import date

from caopan.diagnose.signals import FEWEST
from caopan.plan.growth import StepKind
from caopan.plan.growth_gate import Passing
from caopan.plan.growth_misses import MONTH, Misses
from caopan.playbook.gate import Bound
from caopan.units.message import Language, Text

PASSINGS = {
    Passing.PASSED: Text(zh="过了", en="passed"),
    Passing.NOT_PASSED: Text(zh="没过", en="not passed"),
    Passing.CANNOT_TELL: Text(zh="无法判断", en="cannot tell")}
KINDS = {
    StepKind.ORDINARY: Text(zh="加场", en="extra sessions"),
    StepKind.CAMPAIGN: Text(zh="活动", en="campaign"),
    StepKind.EXPERIMENT: Text(zh="实验", en="experiment")}
BOUNDS = {Bound.AT_LEAST: Text(zh="至少", en="at least"),
          Bound.AT_MOST: Text(zh="至多", en="at most")}
BEFORE = Text(zh="再前 30 天的", en=" of the 30 days before")
ROWS, DRAWN, LARGE, BUYERS = (
    Text(zh="条商品记录", en="product rows"), Text(zh="场抽签投放", en="drawn sessions"),
    Text(zh="场 S 级", en="S sessions"), Text(zh="位买家", en="buyers"))
NOT_READ = Text(zh="导入的场次没有这一列，补上再判断",
                en="the imported sessions do not carry it: add the column")
NO_BEFORE = Text(zh="再前 30 天没有可比的，再播一个月才比得了",
                 en="nothing of the 30 days before to compare with: a month more settles it")
NO_MONEY = Text(zh="近 30 天没有用钱计的成交", en="no sales in money are known of the last 30 days")
NO_LENGTH = Text(zh="场次没有下播时间", en="the sessions do not say when they ended")
NO_PRODUCTS = Text(zh="没有场次商品表：导入每场每款卖了多少",
                   en="no products by session: import what each session sold of each item")
NO_REFUNDS = Text(zh="满 14 天的场次没有退款金额，导入带退款的场次表",
                  en="sessions of at least 14 days carry no refunds: import them with refunds")
OF_MERCHANTS = Text(zh="只有商家（几位主播）才有这个占比",
                    en="only a merchant with several hosts has this share")
OF_HOSTS = Text(zh="投放的作用按主播看，商家合起来说不准",
                en="what spend brings is told by host, not of a merchant as a whole")
NO_LARGE = Text(zh="还没有办过 S 级场，办一场才能判断",
                en="no S session was held yet: hold one to tell")
NO_STOCK = Text(zh="那场没有备货数和售罄时间", en="that session says neither stock nor sell-outs")
NO_BUYERS = Text(zh="订单里没有买家，或满 30 天的买家还没有",
                 en="no order names its buyer, or none is 30 days old")


def few(n: int) -> Text:
    """Return that too few sessions tell a range.

    >>> few(1).plain("en")
    'only 1 sessions tell it: 2 more give a range'
    """
    more = max(FEWEST - n, 1)
    return Text(zh=f"只有 {n} 场说得出，再播 {more} 场才有区间",
                en=f"only {n} sessions tell it: {more} more give a range")


NO_SESSIONS = Text(zh="近 30 天说得出成交和时长的不到 3 场，估不了：先导入近期场次",
                   en="fewer than 3 sessions of the last 30 days say what they sold and how long "
                      "they were: import recent ones")
SPEND_UNTOLD = Text(
    zh="计划的投放和平时不一样；没有抽签投放的实验，多投带来多少说不准，带里没有算它",
    en="the planned spend is not the usual one; without drawn spends nobody can tell what it "
       "brings, and the band does not count it")
SPEND_BEYOND = Text(zh="计划的投放超过了实验试过的最高档，超过的部分不算",
                    en="some planned spend lies beyond what was tried; what is beyond counts "
                       "nothing")
BY_HOSTS = Text(zh="商家的场次按近 30 天各主播的占比估，误差用主播的月度误差",
                en="a merchant's sessions are told by its hosts' shares of the last 30 days, with "
                   "the misses of hosts' months")


def spend_told(drawn: int) -> Text:
    """Return what carries the effect of spend.

    >>> spend_told(24).plain("zh")
    '投放比平时多（少）的部分，按 24 场抽签投放的投产曲线算'
    """
    return Text(zh=f"投放比平时多（少）的部分，按 {drawn} 场抽签投放的投产曲线算",
                en=f"spend beyond (or below) the usual counts by the curve of {drawn} drawn "
                   "sessions")


def more_hours(planned: float, held: float) -> Text:
    """Return that more hours are planned than were ever held.

    >>> more_hours(120, 40).plain("en")
    'at most 120 hours in 30 days are planned; 40 were held lately: that many are not tried'
    """
    return Text(zh=f"最多的 30 天计划播 {planned:.0f} 小时，近 30 天只播了 {held:.0f} 小时："
                   "这么多没试过，每小时卖得可能会掉",
                en=f"at most {planned:.0f} hours in 30 days are planned; {held:.0f} were held "
                   "lately: that many are not tried")


def gmv_unknown(n: int) -> Text:
    """Return that some sessions do not say what they sold.

    >>> gmv_unknown(2).plain("zh")
    '近 30 天有 2 场没有成交金额，没有算进去'
    """
    return Text(zh=f"近 30 天有 {n} 场没有成交金额，没有算进去",
                en=f"{n} sessions of the last 30 days do not say their GMV and count nothing")


def stale(until: date, days: int) -> Text:
    """Return how old the data are.

    >>> stale(date(2026, 3, 1), 20).plain("en")
    'the data end before 2026-03-01, 20 days ago: import what came since'
    """
    return Text(zh=f"数据只到 {until} 前，已过 {days} 天：先导入之后的场次",
                en=f"the data end before {until}, {days} days ago: import what came since")


LABEL = Text(zh="【合成数据】", en="[synthetic data] ")
PROPOSED = Text(zh="提案，还没有存", en="proposed, not kept")
VERSION = Text(zh="第 {version} 版", en="version {version}")
HEAD = Text(zh="{name} 的成长规划（{version}）：{start} – {end}",
            en="Growth plan of {name} ({version}): {start} – {end}")
STAGE = Text(zh="  {name}（{start} – {end}）：月成交到 {target}；关口{passing}；按期达到的机会 "
                "{chance}",
             en="  {name} ({start} – {end}): {target} a month; gate {passing}; chance by then "
                "{chance}")
CHANCE = Text(zh="{chance}（{range}，n = {n} 个月）", en="{chance} ({range}, n = {n} months)")
ASKED = Text(zh="{name} {bound}{before} {limit}", en="{name} {bound} {limit}{before}")
JUDGED = Text(zh="{passing} · {asked}：{told}，n = {n} {of}",
              en="{passing} · {asked}: {told}, n = {n} {of}")
MORE = Text(zh="照现在的样子，再有 {n} {of}就分得清",
            en="at the present middle {n} more {of} settle it")
HOPELESS = Text(zh="离门槛太近，再播 200 场也分不清：先按没过办，或者改门槛",
                en="too close to the limit: not even 200 more sessions settle it; act as if it "
                   "had not passed, or move the limit")
OTHERWISE = Text(zh="先不进下一阶段，把没过的条件一条条补上",
                 en="do not go on to the next stage: mend what did not pass, one by one")
GO_ON = Text(zh="“{stage}”的关口过了：进下一阶段，投入照计划加",
             en="the gate of “{stage}” is passed: go on, and invest as planned")
FAILED = Text(zh="“{stage}”还差：{what}；离期限 {days} 天",
              en="“{stage}” still lacks: {what}; {days} days are left")
FAILED_LATE = Text(zh="“{stage}”到期没过：{what}", en="“{stage}” is over and did not pass: {what}")
UNTOLD = Text(zh="“{stage}”的关口现在说不准，补上这些就能判断",
              en="the gate of “{stage}” cannot be told yet; this settles it")
BESIDE = Text(zh="{name}：{sessions} 场 {hours} 小时，最后 30 天 {month}",
              en="{name}: {sessions} sessions of {hours} hours, the last 30 days {month}")
BY = Text(zh="，比第一个多 {by}", en=", {by} more than the first")
NEXT = Text(zh="下一步：", en="next: ")


def colon(language: Language) -> str:
    """Return the colon of a language.

    >>> colon("zh")
    '：'
    """
    return "：" if language == "zh" else ": "


def too_far(misses: Misses) -> Text:
    """Return why the band ends, and what would carry it further.

    >>> too_far(Misses(leads=(), months=7)).plain("en")[:46]
    'nobody can tell how far a month misses from 7 '
    """
    if not misses.leads:
        return Text(
            zh=f"大家的历史里只有 {misses.months} 个能拿来检验的月，"
               f"至少 {misses.fewest} 个才说得出误差：多导入历史，或等它变长",
            en=f"nobody can tell how far a month misses from {misses.months} months of history; "
               f"{misses.fewest} are needed: import more of it, or wait")
    days = misses.leads[-1].days + MONTH
    return Text(
        zh=f"误差只检验到 {days} 天以内，远得多的日子不给带；历史长一个月，就能多看一个月",
        en=f"misses are known up to {days} days ahead; what lies much further is not told. "
           "A month more of history carries it a month further")

"""Followers (粉丝): gained, lost, kept, and what one costs."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import ADS, FOLLOWER_DAYS, SESSIONS
from caopan.metrics.metric import Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "followers"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of followers.

    >>> [metric.id for metric in metrics()][:2]
    ['new_followers', 'lost_followers']
    """
    return (*_counts(), *_rates(), *_costs())


def _counts() -> tuple[Metric, ...]:
    return (
        Metric(id="new_followers", zh="新增粉丝数", en="followers gained", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS, numerator=part.NEW_FOLLOWERS,
               trap=Text(zh="只含直播间新增，未减取关",
                         en="gained in the room; losses not deducted")),
        Metric(id="lost_followers", zh="取关粉丝数", en="followers lost", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS, numerator=_LOST),
        Metric(id="net_followers", zh="净增粉丝数", en="net followers gained", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS,
               numerator=Part(words=Text(zh="新增粉丝数 − 取关粉丝数",
                                         en="followers gained − lost"),
                              of=lambda rows: rows.new_followers - rows.lost_followers)),
        Metric(id="followers_change", zh="粉丝数变化（每日粉丝表）",
               en="change in followers (daily counts)", family=FAMILY, unit=Unit.PEOPLE,
               base=FOLLOWER_DAYS,
               numerator=part.column("gained", "较上一次记录的粉丝变化",
                                     "change since the count before"),
               trap=Text(zh="含直播间以外的涨跌；首日没有前值，不计",
                         en="includes what happened outside the room; the first day has no "
                            "count before it and is left out")),
    )


def _rates() -> tuple[Metric, ...]:
    return (
        Metric(id="follow_rate", zh="转粉率", en="follow rate", family=FAMILY, unit=Unit.RATIO,
               base=SESSIONS, numerator=part.NEW_FOLLOWERS, denominator=part.VIEWERS,
               trap=Text(zh="数据里没有“已是粉丝的观看人数”，分母含老粉，会低估",
                         en="viewers who already follow are not in the data: they stay in the "
                            "denominator and the rate is understated")),
        Metric(id="follow_rate_views", zh="转粉率（按观看次数）", en="follow rate (per view)",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.NEW_FOLLOWERS,
               denominator=part.VIEWS),
        Metric(id="unfollow_rate", zh="取关率", en="unfollow rate", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, numerator=_LOST, denominator=part.NEW_FOLLOWERS,
               note=Text(zh="取关 ÷ 新增", en="lost ÷ gained")),
        Metric(id="new_followers_per_session", zh="场均新增粉丝", en="followers gained per session",
               family=FAMILY, unit=Unit.PEOPLE, base=SESSIONS, numerator=part.NEW_FOLLOWERS,
               denominator=part.SESSIONS),
        Metric(id="active_follower_share", zh="活跃粉丝占比", en="active share of followers",
               family=FAMILY, unit=Unit.RATIO, base=FOLLOWER_DAYS,
               numerator=part.column("active_followers", "活跃粉丝数", "active followers"),
               denominator=part.column("followers", "粉丝数", "followers")),
    )


def _costs() -> tuple[Metric, ...]:
    to_gain = Text(zh="目标为涨粉的投放消耗", en="spend with the goal of followers")
    return (
        Metric(id="cost_per_fan", zh="单粉成本", en="cost per follower", family=FAMILY,
               unit=Unit.MONEY, base=ADS, money=True,
               numerator=Part(words=to_gain, of=lambda rows: rows.spend,
                              only=lambda rows: rows.goal == "followers"),
               denominator=Part(words=Text(zh="这些投放带来的新粉", en="followers gained by them"),
                                of=lambda rows: rows.new_followers,
                                only=lambda rows: rows.goal == "followers"),
               trap=Text(zh="只看涨粉目标的投放；没有填写目标的不计",
                         en="only ads with the goal of followers; ads without a goal are out")),
        Metric(id="spend_per_new_follower", zh="每新增粉丝的投放消耗",
               en="ad spend per follower gained", family=FAMILY, unit=Unit.MONEY, base=SESSIONS,
               money=True, numerator=part.AD_SPEND, denominator=part.NEW_FOLLOWERS,
               trap=Text(zh="全部消耗 ÷ 全部新粉，不是单粉成本",
                         en="all spend ÷ all followers gained; not the cost per follower")),
    )


_LOST = part.column("lost_followers", "取关粉丝数", "followers lost")

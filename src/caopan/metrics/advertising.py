"""Advertising (投放): what was spent, what it cost, and what a platform credits itself with."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import ADS, SESSIONS
from caopan.metrics.metric import GmvBasis, Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "advertising"
_SPEND = part.column("spend", "投放消耗（返点前）", "spend before rebates")


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of advertising; none of them is an effect.

    >>> [metric.id for metric in metrics()][:2]
    ['spend', 'net_spend']
    """
    return (*_spend(), *_returns(), *_traffic())


def _spend() -> tuple[Metric, ...]:
    return (
        Metric(id="spend", zh="投放消耗", en="ad spend", family=FAMILY, unit=Unit.MONEY,
               base=ADS, money=True, numerator=_SPEND),
        Metric(id="net_spend", zh="投放净消耗（返点后）", en="ad spend after rebates",
               family=FAMILY, unit=Unit.MONEY, base=ADS, money=True,
               numerator=part.column("net_spend", "返点后消耗", "spend after rebates")),
        Metric(id="session_spend", zh="场次投放消耗", en="ad spend of sessions", family=FAMILY,
               unit=Unit.MONEY, base=SESSIONS, money=True, numerator=part.AD_SPEND),
        Metric(id="spend_against_plan", zh="投放执行率", en="spend against plan", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, money=True, numerator=part.AD_SPEND,
               denominator=part.column("planned_ad_spend", "计划消耗", "planned spend")),
    )


def _returns() -> tuple[Metric, ...]:
    return (
        Metric(id="pay_roi", zh="支付ROI（平台归因，不是效果）",
               en="pay ROI (the platform's attribution, not the effect)", family=FAMILY,
               unit=Unit.TIMES, base=ADS, money=True, gmv_basis=GmvBasis.ATTRIBUTED,
               numerator=part.column("attributed_gmv", "平台归因成交金额", "attributed GMV"),
               denominator=_SPEND,
               window=Text(zh="各行自己的归因窗口", en="the attribution window of each row"),
               trap=Text(zh="平台把本来就会买的人也算进来；不同归因窗口不可比",
                         en="credits people who would have bought anyway; windows differ from "
                            "row to row")),
        Metric(id="total_roi", zh="整体ROI（全场成交 ÷ 消耗，不是效果）",
               en="total ROI (all GMV ÷ spend, not the effect)", family=FAMILY, unit=Unit.TIMES,
               base=SESSIONS, money=True, gmv_basis=GmvBasis.SESSION, numerator=part.GMV,
               denominator=part.AD_SPEND,
               trap=Text(zh="含自然流量的成交；没有消耗数据的场次不计",
                         en="includes what natural traffic bought; sessions without a spend "
                            "figure are out")),
        Metric(id="fee_rate", zh="投放费比", en="ad spend ratio", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, money=True, gmv_basis=GmvBasis.SESSION,
               numerator=part.AD_SPEND, denominator=part.GMV),
    )


def _traffic() -> tuple[Metric, ...]:
    entries = part.column("entries", "付费进房人次", "paid entries")
    impressions = part.column("impressions", "广告曝光次数", "ad impressions")
    paid = part.column("paid_views", "付费观看次数", "paid views")
    return (
        Metric(id="cost_enter", zh="进入成本", en="cost per paid entry", family=FAMILY,
               unit=Unit.MONEY, base=ADS, money=True, numerator=_SPEND, denominator=entries),
        Metric(id="cpm", zh="千次曝光成本", en="cost per 1,000 ad impressions", family=FAMILY,
               unit=Unit.MONEY, base=ADS, money=True, numerator=_SPEND,
               denominator=impressions, times=1000),
        Metric(id="ad_enter_rate", zh="广告曝光进房率", en="ad impressions to entries",
               family=FAMILY, unit=Unit.RATIO, base=ADS, numerator=entries,
               denominator=impressions),
        Metric(id="natural_leverage", zh="自然流撬动系数", en="natural views per paid view",
               family=FAMILY, unit=Unit.TIMES, base=SESSIONS,
               numerator=Part(words=Text(zh="观看次数 − 付费观看次数", en="views − paid views"),
                              of=lambda rows: rows.views - rows.paid_views),
               denominator=paid,
               trap=Text(zh="自然流是相减得来的；系数不证明因果",
                         en="natural traffic is what is left over; the figure proves no cause")),
    )

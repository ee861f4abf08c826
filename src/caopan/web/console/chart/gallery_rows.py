"""Examples of the charts that are drawn on the server; all figures are made up (合成数据)."""

from __future__ import annotations

from caopan.diagnose.diagnosis import Factor, StepRate
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.chart.bars import Bar, Bars
from caopan.web.console.chart.calibration import Calibration
from caopan.web.console.chart.dots import IntervalDots, Ranked
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.forest import Effect, Forest
from caopan.web.console.chart.gallery_canvas import SYNTHETIC, WAN
from caopan.web.console.chart.line import Line
from caopan.web.console.chart.sparkline import Sparkline
from caopan.web.console.chart.steps import Steps
from caopan.web.console.chart.waterfall import End, Waterfall

LEVEL = 0.8


def row_examples() -> tuple[Figure, ...]:
    """Return one ready chart of each kind that is drawn here.

    >>> [one.kind for one in row_examples()]
    ['steps', 'waterfall', 'dots', 'forest', 'sparkline', 'line', 'bars', 'calibration']
    """
    return (_steps(), _waterfall(), _dots(), _forest(), _sparkline(), _line(), _bars(),
            _calibration())


def _verdict(supported: int) -> Verdict:
    return Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL


def _steps() -> Steps:
    rates = (("enter_rate", "进房率", "entry rate", 0.0821, 0.0808, 0.079, 0.085, 0.086, 0),
             ("prod_expo_rate", "商品曝光率", "product exposure rate", 0.714, 0.709, 0.70, 0.725,
              0.69, 0),
             ("prod_ctr_expo", "商品点击率", "product click rate", 0.216, 0.219, 0.207, 0.226,
              0.204, 0),
             ("click_pay_rate", "点击成交率", "click-to-pay rate", 0.083, 0.099, 0.078, 0.089,
              0.098, 1))
    return Steps(title=Text(zh="每一步的通过率", en="Step rates"), unit=Unit.RATIO, note=SYNTHETIC,
                 steps=tuple(StepRate(
                     metric=metric, name=Text(zh=zh, en=en), value=value, comparison=before,
                     low=low, high=high, peers=(middle * 0.86, middle, middle * 1.15),
                     percentile=0.44, n_peers=38, verdict=_verdict(supported))
                     for metric, zh, en, value, before, low, high, middle, supported in rates))


def _factor(
    name: Text, unit: Unit, sides: tuple[float, float], amounts: tuple[float, float, float],
    supported: int,
) -> Factor:
    low, mid, high = (round(amount * WAN) for amount in amounts)
    return Factor(id=name.en.casefold().replace(" ", "_"), name=name, unit=unit, before=sides[0],
                  after=sides[1], amount=mid, p_value=None, verdict=_verdict(supported),
                  interval=Interval(low=low, mid=mid, high=high, level=LEVEL))


def _waterfall() -> Waterfall:
    factors = (
        _factor(Text(zh="进房人数", en="Viewers"), Unit.PEOPLE, (17_400, 15_000),
                (-1.4, -1.12, -0.8), 1),
        _factor(Text(zh="商品点击", en="Product clicks"), Unit.RATIO, (0.208, 0.214),
                (-0.2, 0.21, 0.6), 0),
        _factor(Text(zh="点击成交", en="Click to pay"), Unit.RATIO, (0.092, 0.104),
                (0.4, 0.95, 1.5), 1),
        _factor(Text(zh="客单价", en="GMV per buyer"), Unit.MONEY, (14_100, 14_800),
                (0.1, 0.38, 0.7), 1),
        _factor(Text(zh="断货", en="Out of stock"), Unit.MINUTES, (0, 19), (-1.1, -0.62, -0.3), 1))
    before = End(minor=8 * WAN, name=Text(zh="计划", en="Plan"),
                 note=Text(zh="11-18 定稿", en="of 18 Nov"))
    after = End(minor=before.minor + sum(one.amount for one in factors),
                name=Text(zh="实际", en="Actual"), note=Text(zh="T+1", en="T+1"))
    return Waterfall(title=Text(zh="计划到实际", en="From plan to actual"), unit=Unit.MONEY,
                     note=SYNTHETIC, before=before, after=after, factors=factors)


def _dots() -> IntervalDots:
    ranked = (("青禾", 62.0, 68.0, 74.0, 41, 1), ("果然", 58.0, 71.0, 84.0, 9, 1),
              ("岭南", 49.0, 55.0, 61.0, 66, 1), ("新枝", 30.0, 76.0, 98.0, 2, 0))
    made = [Ranked(name=name, n=n, enough=bool(enough),
                   estimate=Interval(low=low, mid=mid, high=high, level=LEVEL))
            for name, low, mid, high, n, enough in ranked]
    made.append(Ranked(name="山田", n=0, enough=False, estimate=None))
    return IntervalDots(title=Text(zh="服务商得分", en="Provider score"), unit=Unit.COUNT,
                        note=SYNTHETIC, ranked=tuple(made))


def _forest() -> Forest:
    found = (("自然推荐", "Organic feed", -3.7, -2.9, -2.1, 25, 1, False),
             ("关注页", "Following", -0.9, -0.5, -0.1, 25, 1, False),
             ("短视频引流", "Short videos", -0.6, -0.2, 0.2, 25, 0, False),
             ("付费", "Paid", -0.3, 0.1, 0.5, 25, 0, False),
             ("合起来", "Together", -4.6, -3.5, -2.4, 100, 1, True))
    return Forest(title=Text(zh="从哪个入口少的", en="Which entry lost viewers"), unit=Unit.PEOPLE,
                  note=SYNTHETIC, effects=tuple(
                      Effect(name=Text(zh=zh, en=en), n=n, verdict=_verdict(supported),
                             pooled=pooled, effect=Interval(low=low * 1e4, mid=mid * 1e4,
                                                            high=high * 1e4, level=LEVEL))
                      for zh, en, low, mid, high, n, supported, pooled in found))


def _sparkline() -> Sparkline:
    sizes = (3.1, 3.4, 2.9, 3.6, None, 3.3, 3.8, 4.1, 3.7, 4.4)
    return Sparkline(title=Text(zh="近 10 场成交金额", en="GMV of the last 10 sessions"),
                     unit=Unit.MONEY, note=SYNTHETIC,
                     values=tuple((f"11-{day:02d}", None if size is None else size * WAN)
                                  for day, size in enumerate(sizes, start=12)))


def _line() -> Line:
    sold = (31.2, 29.8, 36.4, 41.8, None, 38.1, 33.9, 32.0)
    return Line(title=Text(zh="每月成交金额", en="GMV by month"), unit=Unit.MONEY, note=SYNTHETIC,
                moment=Text(zh="月", en="month"), counts=(12, 11, 14, 13, 0, 13, 12, 12),
                values=tuple((f"2026-{month:02}", None if size is None else size * WAN)
                             for month, size in enumerate(sold, start=3)))


def _bars() -> Bars:
    rates = (("青禾", 0.031, 41), ("果然", 0.026, 9), ("岭南", 0.024, 66), ("新枝", 0.009, 2),
             ("山田", None, 0))
    return Bars(title=Text(zh="观看-成交率", en="view-to-pay rate"), unit=Unit.RATIO,
                note=SYNTHETIC, of=Text(zh="主播", en="host"),
                bars=tuple(Bar(name=name, value=value, n=n) for name, value, n in rates))


def _calibration() -> Calibration:
    below = (0.02, 0.06, 0.11, 0.17, 0.2, 0.26, 0.33, 0.37, 0.41, 0.47, 0.55, 0.58, 0.66, 0.72,
             0.78, 0.81, 0.88, 0.92, 0.97)
    return Calibration(title=Text(zh="说的分位和实际", en="Quantiles told and what came"),
                       unit=Unit.RATIO, note=SYNTHETIC, n=212,
                       points=tuple((at / 20, share) for at, share in enumerate(below, start=1)))

"""Examples of the charts the client draws; all figures are made up (合成数据)."""

from __future__ import annotations

import math
from datetime import date, time, timedelta

from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.chart.calendar import CalendarHeat, Day
from caopan.web.console.chart.evidence import EvidenceDots, Session, Side
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.heat import Cell
from caopan.web.console.chart.maturity import Curve, Maturity
from caopan.web.console.chart.pacing import Flag, Mark, Pace, Pacing, Slot
from caopan.web.console.chart.radar import Ability, Radar
from caopan.web.console.chart.response import Point, Response, Trial
from caopan.web.console.chart.slots import SlotHeat
from caopan.web.console.chart.triangle import Cohort, Triangle

SYNTHETIC = Text(zh="合成数据", en="Synthetic data")
WAN = 1_000_000
"""Ten thousand yuan in minor units."""
NOW, END, STEP = 7_800, 10_800, 300
"""Seconds since going live: the moment of the example, the end, the grain."""


def canvas_examples() -> tuple[Figure, ...]:
    """Return one ready chart of each kind that the client draws.

    >>> [one.kind for one in canvas_examples()][:3]
    ['pacing', 'calendar', 'slots']
    """
    return (_pacing(), _calendar(), _slots(), _triangle(), _radar(), _response(), _evidence(),
            _maturity())


def _pacing() -> Pacing:
    return Pacing(
        title=Text(zh="这一场的进度", en="Pacing of this session"), unit=Unit.MONEY,
        note=SYNTHETIC, live_at=time(19, 30),
        points=tuple(_pace(at) for at in range(0, END + 1, STEP)),
        slots=tuple(Slot(name=name, start=start, end=end) for name, start, end in (
            ("开场福利", 0, 1_200), ("脐橙", 1_200, 3_600), ("车厘子", 3_600, 6_000),
            ("组合装", 6_000, 7_800), ("草莓", 7_800, 9_600), ("收尾", 9_600, END))),
        flags=(Flag(at=1_700, sign="1", name="加投 1,200 元"),
               Flag(at=3_480, sign="!", name="车厘子断货", mark=Mark.INCIDENT),
               Flag(at=5_300, sign="2", name="补 90 份")))


def _pace(at: int) -> Pace:
    def total(seconds: float, size: float) -> float:
        return size * WAN * math.pow(seconds / END, 1.08)

    plan = total(at, 8.0)
    sold = total(at, 8.0) - 0.9 * WAN * math.sin(min(at, NOW) / NOW * 2.6) ** 2
    if at < NOW:
        return Pace(at=at, plan=plan, actual=sold)
    base = total(NOW, 8.0) - 0.9 * WAN * math.sin(2.6) ** 2
    mid = base + total(at, 7.7) - total(NOW, 7.7)
    wide = (at - NOW) / (END - NOW) * 0.9 * WAN
    return Pace(at=at, plan=plan, actual=sold if at == NOW else None,
                forecast=Interval(low=mid - wide, mid=mid, high=mid + wide, level=0.8))


def _calendar() -> CalendarHeat:
    first, rest, unknown = date(2026, 8, 31), range(4, 82, 6), {40}
    days = tuple(Day(day=first + timedelta(days=index), sessions=1 + index // 11 % 2,
                     value=None if index in unknown else (
                         2.0 + 1.6 * math.sin(index / 9) + (index % 7) * 0.45) * WAN)
                 for index in range(82) if index not in rest)
    return CalendarHeat(title=Text(zh="直播日历：每天的成交金额", en="Session calendar: GMV a day"),
                        unit=Unit.MONEY, note=SYNTHETIC, days=days)


def _slots() -> SlotHeat:
    names, hours = ("开场福利", "脐橙", "车厘子", "组合装", "草莓"), tuple(range(18, 24))
    cells = tuple(Cell(column=column, row=row, n=4 + (row * 3 + column) % 7,
                       value=None if (row, column) == (4, 0) else 0.04 + 0.012 * row
                       + 0.03 * math.exp(-((column - 2.5) ** 2) / 3) * (1 + row % 3))
                  for row in range(len(names)) for column in range(len(hours)))
    return SlotHeat(title=Text(zh="各时段的点击成交率", en="Click-to-pay rate by slot and hour"),
                    unit=Unit.RATIO, note=SYNTHETIC, slots=names, hours=hours, cells=cells)


def _triangle() -> Triangle:
    sizes = (412, 380, 455, 520, 498, 610)
    cohorts = tuple(Cohort(
        name=f"2026-{month:02d}", n=size,
        values=tuple(round(0.19 * 0.78**age + 0.008 * (month % 3), 4)
                     for age in range(len(sizes) - index)))
        for index, (month, size) in enumerate(zip(range(5, 11), sizes, strict=True)))
    return Triangle(title=Text(zh="首单客群的复购", en="Repurchase by first-order month"),
                    unit=Unit.RATIO, note=SYNTHETIC, cohorts=cohorts)


def _radar() -> Radar:
    scores = (("人群运营", "Audience", 72, 64), ("货品", "Goods", 58, 66),
              ("内容", "Content", 81, 63), ("投放", "Traffic", 69, 68),
              ("服务", "Service", 77, 74))
    return Radar(title=Text(zh="服务商五力", en="Five forces of a provider"), unit=Unit.COUNT,
                 note=SYNTHETIC, abilities=tuple(
                     Ability(name=Text(zh=zh, en=en), score=score, peer=peer, n=26)
                     for zh, en, score, peer in scores))


def _expected(spend: float) -> Interval:
    mid = 6.3 + 9.9 * (1 - math.exp(-spend / 2.2))
    wide = 0.8 + 0.1 * spend + max(spend - 2.5, 0.0) * 2.1
    return Interval(low=(mid - wide) * WAN, mid=mid * WAN, high=(mid + wide) * WAN, level=0.8)


def _response() -> Response:
    spends = [index * 0.1 for index in range(41)]
    tried = ((0.0, -0.3, 5), (0.6, 0.4, 4), (1.2, -0.2, 6), (2.5, 0.1, 4))
    trials = []
    for spend, off, n in tried:
        mid = _expected(spend).mid + off * WAN
        trials.append(Trial(spend=spend * WAN, n=n, result=Interval(
            low=mid - 1.2 * WAN, mid=mid, high=mid + 1.4 * WAN, level=0.8)))
    seen = ((0.2, 5.6), (0.45, 9.9), (0.8, 11.8), (1.0, 8.2), (1.5, 13.6), (1.95, 10.9),
            (2.2, 12.1), (2.9, 16.9))
    return Response(
        title=Text(zh="投多少，卖多少", en="Spend and what it brings"), unit=Unit.MONEY,
        note=SYNTHETIC, trials=tuple(trials),
        points=tuple(Point(spend=spend * WAN, result=_expected(spend)) for spend in spends),
        seen=tuple((spend * WAN, result * WAN) for spend, result in seen),
        chosen=Point(spend=1.8 * WAN, result=_expected(1.8)))


def _evidence() -> EvidenceDots:
    before, after = date(2026, 10, 25), date(2026, 11, 8)
    earlier = (18.4, 20.6, 17.9, 19.8, 21.3, 18.0, 17.2, 20.3, 19.6, 22.2, 18.5, 20.1, 17.4)
    later = (17.1, 14.2, 17.4, 13.3, 16.2, 14.5, 13.0, 16.9, 18.1, 14.3, 16.0, 16.3)
    late = {1, 3, 5, 6, 9}
    return EvidenceDots(
        title=Text(zh="25 场的单场曝光", en="Impressions of 25 sessions"), unit=Unit.COUNT,
        note=SYNTHETIC, marked=Text(zh="开播晚于 20:10", en="went live after 20:10"),
        before=Side(name=Text(zh="前 14 天", en="14 days before"),
                    mean=Interval(low=186_000, mid=193_300, high=200_000, level=0.8),
                    sessions=tuple(Session(day=before + timedelta(days=index), value=size * 1e4)
                                   for index, size in enumerate(earlier))),
        after=Side(name=Text(zh="近 14 天", en="last 14 days"),
                   mean=Interval(low=149_000, mid=156_100, high=163_000, level=0.8),
                   sessions=tuple(Session(day=after + timedelta(days=index), value=size * 1e4,
                                          marked=index in late)
                                  for index, size in enumerate(later))))


def _maturity() -> Maturity:
    def line(zh: str, en: str, n: int, slope: float, last: int) -> Curve:
        return Curve(name=Text(zh=zh, en=en), n=n, points=tuple(
            (day, round(1 - 0.42 * math.exp(-day / slope), 4)) for day in range(last + 1)))

    return Maturity(title=Text(zh="退款后留下多少", en="Share kept after refunds"),
                    unit=Unit.RATIO, note=SYNTHETIC, curves=(
                        line("水果", "Fruit", 1_240, 4.0, 30),
                        line("女装", "Dresses", 860, 9.0, 30),
                        line("本月", "This month", 310, 6.0, 12)))

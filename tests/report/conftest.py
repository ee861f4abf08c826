"""Hand-made diagnoses of a synthetic orchard's live room, and ways to bend them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caopan.diagnose.diagnosis import Change, Diagnosis, Factor, Finding, Stage, StepRate, Subject
from caopan.facts.issue import Issue, Level
from caopan.playbook.signal import Against, Signal
from caopan.report.page import (
    Definition,
    ImportedFile,
    ImportSummary,
    Page,
    Reconciliation,
    SkippedFile,
    grouped,
)
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

NOW = Period(start=date(2026, 11, 8), end=date(2026, 11, 22))
MADE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WAN = 1_000_000
"""Ten thousand yuan in minor units."""


def wan(low: float, mid: float, high: float) -> Interval:
    return Interval(low=low * WAN, mid=mid * WAN, high=high * WAN, level=0.8)


def factor(
    id_: str, zh: str, en: str, unit: Unit, before: float | None, after: float | None,
    amount: float, low: float | None, high: float | None, *, supported: bool,
) -> Factor:
    interval = None if low is None or high is None else Interval(
        low=low * WAN, mid=amount * WAN, high=high * WAN, level=0.8)
    return Factor(id=id_, name=Text(zh=zh, en=en), unit=unit, before=before, after=after,
                  amount=round(amount * WAN), interval=interval, p_value=0.01,
                  verdict=Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL)


FACTORS = (
    factor("sessions", "场次", "Sessions", Unit.COUNT, 13, 12, -2.9, -3.3, -2.6, supported=True),
    factor("impressions_per_session", "单场曝光", "Impressions per session", Unit.COUNT, 190_000,
           155_000, -7.4, -9.6, -5.3, supported=True),
    factor("enter_rate", "进房率", "Entry rate", Unit.RATIO, 0.081, 0.082, 0.6, -1.0, 2.2,
           supported=False),
    factor("prod_expo_rate", "商品曝光率", "Product exposure rate", Unit.RATIO, 0.709, 0.714, 0.3,
           -0.6, 1.2, supported=False),
    factor("prod_ctr_expo", "商品点击率", "Product click rate", Unit.RATIO, 0.219, 0.216, -0.5,
           -1.9, 0.9, supported=False),
    factor("click_pay_rate", "点击成交率", "Click-to-pay rate", Unit.RATIO, 0.099, 0.093, -2.3,
           -4.8, 0.3, supported=False),
    factor("aov", "客单价", "GMV per buyer", Unit.MONEY, 13_660, 14_580, 2.4, 1.3, 3.5,
           supported=True),
)


def change(**values: object) -> Change:
    made = Change(
        identity="traffic", formula=Text(
            zh="支付金额 = 场次 × 单场曝光 × 进房率 × 商品曝光率 × 商品点击率 × 成交率 × 客单价",
            en="GMV = sessions × impressions per session × entry × exposure × click × pay × AOV"),
        period=NOW, compared_period=NOW.previous(), before=round(41.8 * WAN), after=32 * WAN,
        n_before=13, n_after=12, interval=wan(-12.6, -9.8, -7.1), method="lmdi", factors=FACTORS)
    made = replace(made, **values)  # type: ignore[arg-type]
    clear = made.interval is not None and not made.interval.holds(0.0)
    return replace(made, verdict=Verdict.SUPPORTED if clear else Verdict.CANNOT_TELL)


HOURS = change(identity="time", formula=Text(
    zh="支付金额 = 场次 × 场均时长 × 每小时观看 × 每次观看件数 × 件单价",
    en="GMV = sessions × hours per session × views per hour × units per view × GMV per unit"),
    factors=(
        FACTORS[0],
        factor("hours_per_session", "场均时长", "Hours per session", Unit.HOURS, 3.1, 3.0, -1.2,
               -2.4, 0.1, supported=False),
        factor("views_per_hour", "每小时观看", "Views per hour", Unit.COUNT, 4_964, 4_102, -6.0,
               -8.2, -3.9, supported=True),
        factor("units_per_view", "每次观看件数", "Units per view", Unit.TIMES, 0.163, 0.155, -1.9,
               -4.1, 0.4, supported=False),
        factor("gmv_per_unit", "件单价", "GMV per unit", Unit.MONEY, 12_820, 13_540, 2.2, 1.1,
               3.3, supported=True)))

REFUSED = Message(
    key="too_few_sessions",
    text=Text(zh="本期只有 {n} 场，少于 3 场", en="only {n} sessions in the period, fewer than 3"),
    values={"n": 2},
    hint=Text(zh="至少再播 1 场，或把时间段放宽到两周", en="one more session, or a longer period"))


def finding(
    rule: str, zh: str, en: str, prize: Interval | None, advice: Text, *, supported: bool,
    settle: Text | None = None, metric: str = "enter_rate",
) -> Finding:
    verdict = Verdict.SUPPORTED if supported else Verdict.CANNOT_TELL
    return Finding(
        rule=rule, severity="high" if supported else "note", title=Text(zh=zh, en=en),
        signal=Signal(metric=metric, against=Against.PREVIOUS, value=0.082, comparison=0.081,
                      difference=Interval(low=-0.003, mid=0.001, high=0.005, level=0.8),
                      p_value=0.42, percentile=0.44, n=12, n_comparison=13, verdict=verdict),
        rows=tuple({"started_at": datetime(2026, 11, 21 - index, 11, 28, tzinfo=UTC),
                    "title": f"晚晚果园 第 {index} 场", "room_impressions": 161_904 - 7_000 * index,
                    "enter_rate": 0.084 - index / 1000, "gmv": 2_890_000 - 90_000 * index,
                    "ad_spend": None if index == 3 else 310_000} for index in range(12)),
        prize=prize, advice=advice, settle=settle,
        source=Text(zh="操盘手册", en="handbook"), confidence="trade",
        verdict=verdict)


FINDINGS = (
    finding("exposure_fell", "单场曝光从 19.0万 掉到 15.5万，自然推荐少了",
            "Impressions per session fell from 190K to 155K", wan(-9.6, -7.4, -5.3),
            Text(zh="提早到 19:30 开播，加短视频预热。抽签试 6 场，看单场曝光有没有回来。",
                 en="Start at 19.30 with a teaser video. Try six sessions by lot."),
            supported=True),
    finding("fewer_sessions", "少播一场（13 → 12 场）", "One session fewer (13 → 12)",
            wan(-3.3, -2.9, -2.6),
            Text(zh="补一场同时段的日播。11月12日 停播那天排替班主播。",
                 en="Add one session in the same slot. Roster a stand-in."),
            supported=True, metric="sessions"),
    finding("sold_out_on_air", "车厘子在播时断货 41 分钟", "Cherries sold out 41 minutes on air",
            wan(-2.1, -1.4, -0.8),
            Text(zh="车厘子备货取销量 P70。下次开播前由中控核对。",
                 en="Stock cherries to the P70 of demand. Check before the next session."),
            supported=True),
    finding("bundle_lifts_basket", "组合装抬高客单价，¥136.6 → ¥145.8",
            "Bundles lifted GMV per buyer, ¥136.6 → ¥145.8", wan(1.3, 2.4, 3.5),
            Text(zh="保留「橙+柚」组合。", en="Keep the orange and pomelo bundle."),
            supported=True),
    finding("click_pay_fell", "点击成交率 9.90% → 9.30%", "Click-to-pay rate 9.90% → 9.30%",
            wan(-4.8, -2.3, 0.3), Text(zh="先别改讲解。", en="Do not change the pitch yet."),
            settle=Text(zh="平常两期之差就有 ±0.9 个点；再播约 9 场才分得清。",
                        en="Two ordinary periods differ by ±0.9 points; 9 more sessions tell."),
            supported=False, metric="click_pay_rate"),
    finding("product_click_fell", "商品点击率 21.9% → 21.6%", "Product click rate 21.9% → 21.6%",
            wan(-1.9, -0.5, 0.9), Text(zh="先别换主图。", en="Keep the pictures."),
            settle=Text(zh="换主图的 4 场太少；换图和不换图各再播 6 场。",
                        en="Four sessions with new pictures are few; six more of each."),
            supported=False, metric="prod_ctr_expo"),
)


def step(
    metric: str, zh: str, en: str, rates: tuple[float | None, float | None, float, float],
    peers: tuple[float, float, float] | None, percentile: float | None,
) -> StepRate:
    value, before, low, high = rates
    return StepRate(metric=metric, name=Text(zh=zh, en=en), value=value, comparison=before,
                    low=low if value is not None else None,
                    high=high if value is not None else None, peers=peers, percentile=percentile,
                    n_peers=38 if peers else 0, verdict=Verdict.CANNOT_TELL)


FUNNEL = (
    step("enter_rate", "进房率", "Entry rate", (0.0821, 0.0808, 0.079, 0.085),
         (0.069, 0.086, 0.104), 0.44),
    step("prod_expo_rate", "商品曝光率", "Product exposure rate", (0.714, 0.709, 0.702, 0.726),
         (0.62, 0.69, 0.76), 0.58),
    step("prod_ctr_expo", "商品点击率", "Product click rate", (0.216, 0.219, 0.206, 0.226),
         (0.172, 0.204, 0.248), 0.57),
    step("click_pay_rate", "点击成交率", "Click-to-pay rate", (0.093, 0.099, 0.085, 0.101),
         (0.076, 0.098, 0.121), 0.45),
)

STAGE = Stage(
    rung=3, name=Text(zh="拉新涨粉", en="Gaining followers"),
    bottleneck=Text(zh="老粉撑着场子，新人进得来留不住。", en="Old followers carry the room."),
    first_moves=Text(zh="每周三场固定时段。先稳曝光，再谈转化。", en="Three fixed slots a week."),
    gate=Text(zh="连续两个月过 100 万，新客占比不低于 35%。", en="Two months above 1M."),
    monthly_gmv=round(78.9 * WAN), expected=wan(60.2, 68.0, 77.4), low=50 * WAN, high=100 * WAN,
    certain=True, limits=(10 * WAN, 30 * WAN, 50 * WAN, 100 * WAN, 300 * WAN))


def sessions() -> tuple[dict[str, object], ...]:
    sold = [3.4, None, 3.1, 2.9, 3.8, 4.1, 3.0, 2.7, None, 3.3, 3.6, 4.4, 2.8, 4.7,
            3.0, 2.4, 2.9, 2.2, None, 2.6, 2.1, 2.8, 3.4, 2.3, 2.7, 2.9, 2.7, 3.0]
    first = NOW.previous().start
    rows: list[dict[str, object]] = [
        {"day": first + timedelta(days=index), "gmv": round(amount * WAN), "minutes": 182.0,
         "set_aside": False} for index, amount in enumerate(sold) if amount is not None]
    rows.append({"day": first + timedelta(days=20), "gmv": 0, "minutes": 0.6, "set_aside": True})
    rows.append({"day": first + timedelta(days=18), "gmv": None, "minutes": 90.0,
                 "set_aside": False})
    return tuple(rows)


def diagnosis(**values: object) -> Diagnosis:
    made = Diagnosis(
        subject=Subject(kind="streamer", id="wanwan", name="晚晚果园直播间", currency="CNY"),
        period=NOW, compared_period=NOW.previous(),
        headline=Text(zh="少卖的 9.8万，主要因为看到直播间的人少了；",
                      en="Sales fell by ¥98K mainly because fewer people saw the room;"),
        unknown=Text(zh="转化有没有变差，现在还说不清。",
                     en="whether conversion got worse cannot be told yet."),
        stage=STAGE, change=change(), trees=(HOURS,), funnel=FUNNEL, findings=FINDINGS,
        sessions=sessions(),
        notes=(Message(key="false_start",
                       text=Text(zh="{n} 场开播不足一分钟且没有成交，已另放",
                                 en="{n} false start set aside"), values={"n": 1}),),
        figures={"gmv": 32.0 * WAN, "aov": 14_580.0, "gpm": 209_150.0, "gmv_per_hour": 889_000.0,
                 "orders": 2_195.0, "refund_rate": None})
    return replace(made, **values)  # type: ignore[arg-type]


def definition(id_: str, zh: str, en: str, formula: tuple[str, str], unit: Unit) -> Definition:
    return Definition(id=id_, name=Text(zh=zh, en=en), unit=unit,
                      formula=Text(zh=formula[0], en=formula[1]),
                      basis=Text(zh="支付口径，含后续退款", en="paid amount, refunds included"))


DEFINITIONS = (
    definition("gmv", "支付金额", "GMV", ("Σ 支付金额", "Σ paid amount"), Unit.MONEY),
    definition("enter_rate", "进房率", "Entry rate", ("观看人数 ÷ 直播间曝光人数",
                                                     "viewers ÷ people exposed"), Unit.RATIO),
    definition("click_pay_rate", "点击成交率", "Click-to-pay rate",
               ("支付买家 ÷ 商品点击人数", "buyers ÷ product clickers"), Unit.RATIO),
    definition("prod_ctr_expo", "商品点击率", "Product click rate",
               ("商品点击人数 ÷ 商品曝光人数", "clickers ÷ people shown"), Unit.RATIO),
    definition("sessions", "场次", "Sessions", ("场次数", "number of sessions"), Unit.COUNT),
    definition("aov", "客单价", "GMV per buyer", ("支付金额 ÷ 买家", "GMV ÷ buyers"), Unit.MONEY),
    definition("gpm", "千次观看成交", "GMV per 1,000 views",
               ("支付金额 ÷ 观看次数 × 1000", "GMV ÷ views × 1000"), Unit.MONEY),
    definition("gmv_per_hour", "小时产出", "GMV per hour", ("支付金额 ÷ 直播小时", "GMV ÷ hours"),
               Unit.MONEY),
    definition("refund_rate", "退款率", "Refund rate", ("退款金额 ÷ 支付金额", "refunds ÷ GMV"),
               Unit.RATIO),
)


def imports(**values: object) -> ImportSummary:
    bad = Message(key="negative_money",
                  text=Text(zh="支付金额是 {value}，不能为负", en="GMV is {value}, below zero"),
                  values={"value": "-12"},
                  hint=Text(zh="退款请放到退款列", en="put refunds into the refund column"))
    zone = Message(key="zone_assumed",
                   text=Text(zh="时间没有时区，按上海时间读", en="no zone, read as Shanghai time"))
    issues = [Issue(level=Level.WARNING, message=zone, file="场次明细.csv", row=2,
                    column="开播时间", value="2026-11-21 19:28")] * 25
    issues.append(Issue(level=Level.ERROR, message=bad, file="场次明细.csv", row=41,
                        column="支付金额", value="-12"))
    made = ImportSummary(
        workspace="晚晚果园", made_at=MADE, synthetic=True,
        imported=(
            ImportedFile(file="场次明细_11月.csv", layout="douyin.sessions",
                         title=Text(zh="抖音罗盘 场次明细", en="Douyin compass sessions"), rows=26,
                         reasons=(Text(zh="第 1 行表头，54 列都认得", en="54 known columns"),
                                  Text(zh="GB18030 编码", en="GB18030"))),
            ImportedFile(file="订单.xlsx", layout="orders", rows=6_204)),
        skipped=(SkippedFile(file="话术.docx", reason=Message(
            key="unknown_layout", text=Text(zh="不是数据表", en="not a table of data"),
            hint=Text(zh="不用导入", en="no need to import it"))),),
        issues=grouped(issues),
        reconciliation=(
            Reconciliation(subject="晚晚果园直播间", product_total=round(22.7 * WAN),
                           session_total=32 * WAN, ratio=0.71, within=False),
            Reconciliation(subject="对得上的房间", product_total=100, session_total=100, ratio=1.0,
                           within=True)),
        span=Period(start=date(2026, 10, 25), end=date(2026, 11, 22)), orders=6_204, sessions=26,
        refunds_as_of=MADE)
    return replace(made, **values)  # type: ignore[arg-type]


def page(*diagnoses: Diagnosis, **values: object) -> Page:
    return Page(diagnoses=diagnoses or (diagnosis(),), definitions=DEFINITIONS,
                imports=values.pop("imports", None) or imports(),  # type: ignore[arg-type]
                **values)  # type: ignore[arg-type]


def crowd(count: int) -> tuple[Diagnosis, ...]:
    """Return so many synthetic rooms with changes of either sign and every verdict."""
    return tuple(_member(index) for index in range(count))


def _member(index: int) -> Diagnosis:
    share = (1 + index % 7) * (1 if index % 3 else -0.6) / 5
    factors = tuple(replace(one, amount=round(one.amount * share), interval=None
                            if one.interval is None else one.interval.scaled(share))
                    for one in FACTORS)
    gap = sum(one.amount for one in factors)
    middle = Interval(low=gap - 2.0 * WAN, mid=float(gap), high=gap + 2.0 * WAN, level=0.8)
    moved = change(before=42 * WAN, after=42 * WAN + gap, factors=factors, interval=middle)
    refused = change(before=3 * WAN, after=2 * WAN, factors=(), interval=None, n_after=2,
                     refused=REFUSED)
    return diagnosis(
        subject=Subject(kind="streamer", id=f"host{index:04d}", name=f"合成房间 {index:04d}",
                        currency="CNY"),
        change=refused if index % 11 == 5 else moved)


@pytest.fixture
def make() -> Callable[..., Diagnosis]:
    """Return the maker of diagnoses: ``make(change=…)`` bends the orchard's."""
    return diagnosis


@pytest.fixture
def make_change() -> Callable[..., Change]:
    """Return the maker of decompositions."""
    return change


@pytest.fixture
def make_page() -> Callable[..., Page]:
    """Return the maker of pages: ``make_page(one, two, imports=…)``."""
    return page


@pytest.fixture
def make_imports() -> Callable[..., ImportSummary]:
    """Return the maker of import summaries."""
    return imports


@pytest.fixture
def make_crowd() -> Callable[[int], tuple[Diagnosis, ...]]:
    """Return the maker of many rooms."""
    return crowd


@pytest.fixture
def make_factor() -> Callable[..., Factor]:
    """Return the maker of factors."""
    return factor


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    """Return the maker of findings."""
    return finding


@pytest.fixture
def too_few() -> Message:
    """Return why a decomposition was refused."""
    return REFUSED

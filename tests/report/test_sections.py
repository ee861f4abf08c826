"""What is picked for a subject's pages: figures, findings, what is open, evidence, overview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from caopan.diagnose.diagnosis import Change, Diagnosis, Finding, Subject
from caopan.facts.issue import Issue, Level
from caopan.playbook.signal import Against
from caopan.report.basis import basis, metrics_of
from caopan.report.columns import cell, label
from caopan.report.evidence import evidence
from caopan.report.fall import fall
from caopan.report.findings import first_sentence, found, next_moves, unclear
from caopan.report.headline import figures, told, tone
from caopan.report.page import Definition, ImportSummary, Page, Reconciliation, grouped
from caopan.report.quality import assumed, quality
from caopan.report.section import AMONG_MANY, section
from caopan.report.stage_view import stage_view
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

ZH, EN = Words(language="zh"), Words(language="en")


def test_three_figures_say_what_was_sold_how_it_changed_and_what_comes_next(
    make: Callable[..., Diagnosis],
) -> None:
    sold, changed, following = figures(make(), words=ZH)

    assert (sold.value, sold.under) == ("¥32.0万", "对比期 ¥41.8万")
    assert (changed.value, changed.under, changed.tone) == (
        "−¥9.8万", "−12.6万 – −7.1万 (80%)", "loss")
    assert (following.value, following.under) == ("¥60.2万–77.4万", "80% · 近 30 天 ¥78.9万")


def test_a_change_whose_interval_holds_zero_is_neither_gain_nor_loss(
    make_change: Callable[..., Change],
) -> None:
    open_ = make_change(interval=Interval(low=-2e7, mid=-9.8e6, high=1e6, level=0.8))

    assert told(open_) is Verdict.CANNOT_TELL
    assert tone(open_) == "unknown"
    assert tone(make_change()) == "loss"
    assert tone(make_change(after=50_000_000, interval=Interval(low=1, mid=2, high=3, level=0.8))
                ) == "gain"


def test_a_first_period_is_all_change_and_says_that_nothing_came_before(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    first = make(change=make_change(before=0, n_before=0, interval=None, factors=()))
    sold, changed, _ = figures(first, words=ZH)

    assert sold.value == "¥32.0万"
    assert (changed.value, changed.under) == ("+¥32.0万", "对比期没有场次")


def test_a_decomposition_says_its_level_its_floor_and_its_sum(
    make: Callable[..., Diagnosis],
) -> None:
    one = make()
    view = fall(one.change, subject=one.subject, name="x", key="k", words=ZH)

    assert view.title == "钱少在哪一步"
    assert view.sub == "7 个因子，贡献相加正好 −¥9.8万；误差线 = 80% 区间；轴自 26万 起"
    assert view.drawing is not None


def test_a_rise_and_a_tie_have_their_own_titles(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    subject = make().subject
    rise = fall(make_change(after=50_000_000), subject=subject, name="", key="k", words=EN)
    tie = fall(make_change(after=41_800_000), subject=subject, name="", key="k", words=EN)

    assert rise.title == "Where the money was gained"
    assert tie.title == "Where the money moved"


def test_supported_findings_are_ranked_by_money_and_the_rest_is_counted(
    make: Callable[..., Diagnosis],
) -> None:
    one = make()
    view = found(replace(one, findings=one.findings + one.findings[:3]), words=ZH)

    assert [row.amount for row in view.rows] == [
        "−¥7.4万", "−¥7.4万", "−¥2.9万", "−¥2.9万", "+¥2.4万", "−¥1.4万"]
    assert view.more == 1
    assert view.effect == "影响 (80%)"
    assert view.rows[0].under == "要紧 · 12 场 对 13 场"


def test_findings_without_a_price_come_last_and_say_so(
    make: Callable[..., Diagnosis], make_finding: Callable[..., Finding],
) -> None:
    free = make_finding("r", "没有价", "no price", None, Text(zh="做", en="do"), supported=True)
    view = found(make(findings=(free, *make().findings)), words=ZH)
    alone = found(make(findings=(free,)), words=ZH)

    assert (view.rows[-1].amount, view.rows[-1].span) == ("—", "值多少钱还算不出")
    assert alone.axis is None


def test_open_points_are_findings_first_then_factors_no_finding_speaks_of(
    make: Callable[..., Diagnosis],
) -> None:
    points = unclear(make(), words=ZH)

    assert [point.lead for point in points] == [
        "点击成交率 9.90% → 9.30%", "商品点击率 21.9% → 21.6%", "商品曝光率"]
    assert points[0].under.startswith("平常两期之差就有 ±0.9 个点")
    assert points[2].under == "区间都跨过 0，现在不值得为它们改做法。"


def test_factors_that_miss_an_interval_or_miss_by_little_are_told_apart(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    first, second, *_ = make_change().factors
    blind = replace(first, verdict=Verdict.CANNOT_TELL, interval=None)
    close = replace(second, verdict=Verdict.CANNOT_TELL)
    points = unclear(make(findings=(), change=make_change(factors=(blind, close))), words=EN)

    assert [point.under for point in points] == [
        "Too few sessions for an interval.",
        "A direction shows, but not enough of it after correcting for many looks at once."]


def test_a_refused_decomposition_is_itself_open(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change], too_few: Message,
) -> None:
    points = unclear(make(findings=(), change=make_change(factors=(), refused=too_few)), words=ZH)

    assert [point.lead for point in points] == ["变化来自哪一步"]
    assert "至少再播 1 场" in points[0].under


def test_next_moves_are_the_advice_of_supported_findings_once_each(
    make: Callable[..., Diagnosis],
) -> None:
    one = make()
    moves = next_moves(replace(one, findings=one.findings + one.findings), words=ZH)

    assert [move.lead for move in moves] == [
        "提早到 19:30 开播，加短视频预热", "补一场同时段的日播", "保留「橙+柚」组合",
        "车厘子备货取销量 P70"]
    assert moves[2].under == "组合装抬高客单价，¥136.6 → ¥145.8"


def test_without_supported_findings_the_stage_says_what_to_do_first(
    make: Callable[..., Diagnosis],
) -> None:
    moves = next_moves(make(findings=()), words=ZH)
    nothing = next_moves(make(findings=(), stage=replace(make().stage, first_moves=None)),
                         words=ZH)

    assert [move.lead for move in moves] == ["每周三场固定时段"]
    assert nothing == ()


@pytest.mark.parametrize(("text", "pair"), [
    ("", ("", "")), ("一句", ("一句", "")), ("Spend 1.5 of it. Then wait.",
                                         ("Spend 1.5 of it", "Then wait.")),
])
def test_the_first_sentence_is_cut_off(text: str, pair: tuple[str, str]) -> None:
    assert first_sentence(text) == pair


def test_evidence_carries_reading_comparison_sample_and_definition(
    make: Callable[..., Diagnosis], make_page: Callable[..., Page],
) -> None:
    one = make()
    known = {definition.id: definition for definition in make_page().definitions}
    view = evidence(one.findings[0], one, definitions=known, words=ZH)

    assert view.facts == (
        ("进房率", "8.20%"), ("上一期", "8.10%"), ("差", "−0.30% – +0.50% (80%)"),
        ("样本", "12 场 对 13 场"), ("若没变，偶然见到的机会", "42.0%"), ("同行百分位", "44"))
    assert view.formula == "进房率 = 观看人数 ÷ 直播间曝光人数"
    assert view.heads[0] == ("开播", False)
    assert view.heads[3] == ("进房率", True)
    assert view.rows[3] == ("11-18 19:28", "晚晚果园 第 3 场", "14.1万", "8.10%", "¥2.6万", "—")
    assert view.shown == "12 行中的 8 行"
    assert view.source == "操盘手册 · 行业经验 · exposure_fell"


def test_evidence_of_a_level_has_no_comparison(make: Callable[..., Diagnosis]) -> None:
    one = make()
    first = one.findings[0]
    level = replace(first, signal=replace(first.signal, against=Against.LEVEL, n_comparison=0,
                                          n_of="shoes", p_value=None, percentile=None), rows=())
    view = evidence(level, one, definitions={}, words=EN)

    assert [name for name, _ in view.facts] == ["enter_rate", "Interval", "Sample"]
    assert view.facts[2] == ("Sample", "12 shoes")
    assert (view.rows, view.shown, view.formula) == ((), "", "")


@pytest.mark.parametrize(("name", "value", "said"), [
    ("gmv", 32_000_000, "¥32.0万"), ("orders", 2_195, "2,195"),
    ("avg_watch_seconds", 75.0, "01:15"),
    ("new_to_shop", True, "是"), ("x_note", "照抄", "照抄"), ("day", "2026-11-08", "2026-11-08"),
    ("started_at", datetime(2026, 11, 8, 11, 30, tzinfo=UTC), "11-08 19:30"),
    ("follow_rate", 0.0312, "3.12%"), ("odd", 1.25, "1.25"), ("gmv", None, "—"),
    ("gmv", float("nan"), "—"), ("title", "长" * 3_000, "长" * 59 + "…"),
])
def test_a_cell_is_written_as_its_column_is_read(name: str, value: object, said: str) -> None:
    assert cell(name, value, definitions={}, currency="CNY", language="zh") == said


def test_a_definition_names_its_column(make_page: Callable[..., Page]) -> None:
    known = {definition.id: definition for definition in make_page().definitions}

    assert label("gpm", definitions=known, language="en") == "GMV per 1,000 views"
    assert label("gpm", definitions={}, language="en") == "gpm"


def test_the_stage_is_named_with_its_range(make: Callable[..., Diagnosis]) -> None:
    view = stage_view(make(), words=ZH)
    top = stage_view(make(stage=replace(make().stage, high=None)), words=ZH)
    bottom = stage_view(make(stage=replace(make().stage, low=None)), words=EN)

    assert (view.name, view.range, view.expected) == (
        "拉新涨粉", "¥50万–100万/月", "¥60.2万–77.4万 (80%)")
    assert top.range == "¥50万 以上/月"
    assert bottom.range == "under ¥1M a month"
    assert [name for name, _ in view.points] == ["这一级的坎", "先做什么", "升级的门槛"]


def test_among_many_a_section_shows_less_evidence_and_says_so(
    make: Callable[..., Diagnosis],
) -> None:
    one = make()
    many = replace(one, findings=one.findings * 2)
    view = section(many, key="s1", definitions={}, words=ZH, depth=AMONG_MANY)

    assert len(view.evidence) == 6
    assert view.evidence_more == 6
    assert all(len(item.rows) == 5 for item in view.evidence)


def test_a_very_long_name_is_cut(make: Callable[..., Diagnosis]) -> None:
    view = section(make(subject=Subject(kind="streamer", id="x", name="长" * 500, currency="CNY")),
                   key="s1", definitions={}, words=ZH)

    assert len(view.name) == 60


def test_quality_lists_files_issues_and_totals_that_do_not_agree(
    make_imports: Callable[..., ImportSummary],
) -> None:
    view = quality(make_imports(), words=ZH)

    assert view.files[0] == ("场次明细_11月.csv", "抖音罗盘 场次明细",
                             "第 1 行表头，54 列都认得；GB18030 编码", "26")
    assert view.skipped == (("话术.docx", "不是数据表；不用导入"),)
    assert view.issues[0] == ("error", "没有导入",
                              "支付金额是 -12，不能为负；退款请放到退款列", "1",
                              "场次明细.csv 第 41 行 · 支付金额 · “-12”")
    assert view.issues[1][3] == "25"
    assert view.sums[0] == ("晚晚果园直播间", "¥22.7万", "¥32.0万", "71.0%", False)
    assert [within for *_, within in view.sums] == [False, True]
    assert view.sums_said.startswith("2 个对象里 1 个对不上")
    assert view.span == "2026年10月25日–11月21日"


def test_quality_of_nothing_and_of_everything_fine(
    make_imports: Callable[..., ImportSummary],
) -> None:
    fine = Reconciliation(subject="a", product_total=1, session_total=1, ratio=0.712,
                          within=True)
    empty = quality(make_imports(imported=(), skipped=(), issues=(), reconciliation=(),
                                 span=None), words=EN)
    good = quality(make_imports(reconciliation=(fine,)), words=EN)

    assert (empty.files, empty.issues, empty.span) == ((), (), "—")
    assert empty.sums_said == "No product rows to reconcile with."
    assert good.sums_said == (
        "Product and session totals of 1 subject agree within tolerance, 28.8% apart.")


def test_a_client_does_not_see_where_files_lay(
    make_imports: Callable[..., ImportSummary],
) -> None:
    imports = make_imports()
    deep = tuple(replace(file, file=f"/home/lin/secret/{file.file}") for file in imports.imported)
    issue = Issue(level=Level.ERROR, file="C:\\secret\\场次.csv", row=3,
                  message=Message(key="k", text=Text(zh="坏", en="bad")))
    view = quality(replace(imports, imported=deep, issues=grouped([issue])), words=ZH)

    assert "secret" not in str(view)
    assert view.issues[0][4] == "场次.csv 第 3 行"


def test_long_lists_are_cut_and_counted(make_imports: Callable[..., ImportSummary]) -> None:
    imports = make_imports()
    view = quality(replace(imports, imported=imports.imported * 50, issues=imports.issues * 20,
                           reconciliation=imports.reconciliation * 40), words=ZH)

    assert (len(view.files), view.files_more) == (40, 60)
    assert (len(view.issues), view.issues_more) == (30, 10)
    assert (len(view.sums), view.sums_more) == (30, 50)


def test_issues_are_grouped_by_level_and_key_errors_first() -> None:
    def issue(key: str, level: Level, row: int) -> Issue:
        return Issue(level=level, row=row,
                     message=Message(key=key, text=Text(zh=key, en=key)))

    groups = grouped([issue("zone", Level.WARNING, row) for row in range(9)]
                     + [issue("late", Level.WARNING, 1), issue("bad", Level.ERROR, 1)])

    assert [(group.key, group.count, len(group.examples)) for group in groups] == [
        ("bad", 1, 1), ("zone", 9, 3), ("late", 1, 1)]


def test_only_metrics_that_are_printed_are_defined(
    make: Callable[..., Diagnosis], make_page: Callable[..., Page],
) -> None:
    page = make_page()
    known = {definition.id: definition for definition in page.definitions}
    view = basis(page.imports, diagnoses=(make(findings=(), funnel=(), figures={}, trees=()),),
                 definitions=known, words=ZH)

    assert {row[1] for row in view.metrics} == {
        "gmv", "sessions", "enter_rate", "prod_ctr_expo", "click_pay_rate", "aov"}
    assert view.sources == "2 份文件、26 场、6,204 单"
    assert "gpm" in metrics_of(make())


def test_figures_of_the_period_say_their_sample_their_definition_or_why_they_are_missing(
    make: Callable[..., Diagnosis], make_page: Callable[..., Page],
) -> None:
    known = {definition.id: definition for definition in make_page().definitions}
    one = make(figures={"gpm": 12_345.0, "aov": None})
    found, missing = section(one, key="s1", definitions=known, words=ZH).readings

    assert (found.value, found.under) == ("¥123.5", "12 场")
    assert found.formula == known["gpm"].formula.zh
    assert (missing.value, missing.under) == ("—", "文件没有这一列")


def test_prices_are_dots_in_a_table_of_their_own_and_rates_stay_bars(
    make: Callable[..., Diagnosis],
) -> None:
    price = Definition(id="aov", name=Text(zh="客单价", en="GMV per buyer"),
                       formula=Text(zh="GMV ÷ 成交人数", en="GMV ÷ buyers"), unit=Unit.MONEY)
    rate = make().funnel[0]
    paid = replace(rate, metric="aov", value=14_580.0, comparison=None, low=None, high=None,
                   peers=None)
    view = section(make(funnel=(rate, paid)), key="s1", definitions={"aov": price}, words=ZH)

    assert [row.value for row in view.steps] == ["8.21%"]
    assert [row.value for row in view.prices] == ["¥145.8"]
    assert "<rect" not in view.prices[0].bar
    assert view.prices[0].bar.count("<circle") == 1


def test_a_guessed_year_is_said_once_with_what_to_do(
    make_imports: Callable[..., ImportSummary],
) -> None:
    guess = Issue(level=Level.WARNING, file="a.csv", message=Message(
        key="year_assumed", text=Text(zh="按 {year} 年读取", en="read as {year}"),
        values={"year": 2026}, hint=Text(zh="用 --year 写明", en="say --year")))
    imports = make_imports(issues=grouped([guess, guess]))

    assert assumed(imports, words=ZH) == ("按 2026 年读取；用 --year 写明",)
    assert assumed(make_imports(issues=()), words=ZH) == ()

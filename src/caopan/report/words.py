"""Every word of the report that is not somebody's data, in both languages side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caopan.report.sentences import SENTENCES
from caopan.units.line import cut, harmless
from caopan.units.message import Language, Message, Text

LONGEST = 400
"""Characters of one sentence, name or cell that are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The report's words in one language.

    >>> Words(language="en")("vs", period="8–21 Nov", compared="25 Oct–7 Nov")
    '8–21 Nov against 25 Oct–7 Nov'
    """

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key; a count of one takes the key's ``.one`` form if it has one.

        Raises:
            KeyError: the catalogue has no such key.
        """
        single = f"{key}.one"
        if values.get("n") in {1, "1"} and single in WORDS:
            key = single
        return WORDS[key].say(self.language, **values)

    def of(self, key: str, measure: str, **values: object) -> str:
        """Return the words of a key that go with what sales are counted in: money or ``units``.

        >>> Words(language="en").of("fall.up", "gmv"), Words(language="en").of("fall.up", "units")
        ('Where the money was gained', 'Where units were gained')
        """
        own = f"{key}.{measure}"
        return self(own if own in WORDS else key, **values)

    def said(self, text: Text | None) -> str:
        """Return a finished sentence as it stands: its braces are somebody's name, not ours.

        >>> Words(language="zh").said(Text(zh="主播{0}", en="host {0}"))
        '主播{0}'
        """
        if text is None:
            return ""
        return clean(text.zh if self.language == "zh" else singular(text.en))

    def told(self, message: Message) -> str:
        """Return what a message says happened.

        >>> Words(language="en").told(Message(key="k", text=Text(zh="空", en="empty")))
        'empty'
        """
        return clean(self._one(message.say(self.language)))

    def advised(self, message: Message) -> str:
        """Return what a message says to do next, or nothing.

        >>> Words(language="en").advised(Message(key="k", text=Text(zh="空", en="empty")))
        ''
        """
        return clean(self._one(message.advise(self.language) or ""))

    def _one(self, text: str) -> str:
        return singular(text) if self.language == "en" else text


def singular(text: str) -> str:
    """Return an English sentence in which one of something is not said as many.

    >>> singular("1 rows were left out, 0 sessions before, 1 days, 21 days, 0.1 hours")
    '1 row was left out, 0 sessions before, 1 day, 21 days, 0.1 hours'
    """
    return _ONE.sub(lambda found: f"1 {found[1]}{_VERBS.get(found[2] or '', '')}", text)


_ONE = re.compile(r"(?<![\d.,–−-])1 (session|day|row|file|order|buyer|product|week|show|hour|start|"
                  r"point|month|minute|viewer|unit|subject|streamer)s\b( were| are| have)?")
_VERBS = {" were": " was", " are": " is", " have": " has"}


def capital(text: str) -> str:
    """Return words with a capital first letter, as headings and points begin.

    >>> capital("views per hour"), capital("场次")
    ('Views per hour', '场次')
    """
    return text[:1].upper() + text[1:]


def clean(text: str, *, most: int = LONGEST) -> str:
    """Return words from outside on one line, without characters that turn or hide text.

    >>> clean("林" + chr(0x202E) + "晚" + chr(10) + "果园"), clean("abcdef", most=4)
    ('林晚 果园', 'abc…')
    """
    return cut(harmless(" ".join(text.split())), most=most)


def _pairs(lines: str) -> dict[str, Text]:
    """Return the texts of lines ``key | zh | en``."""
    found: dict[str, Text] = {}
    for line in lines.strip().splitlines():
        key, zh, en = (part.strip() for part in line.split(" | "))
        found[key] = Text(zh=zh, en=en)
    return found


WORDS: dict[str, Text] = SENTENCES | _pairs("""
report | 诊断报告 | Diagnosis
report.many | {n} 个对象的诊断 | Diagnosis of {n} subjects
logo | 操 | 操
synthetic | 合成数据 | Synthetic data
vs | {period}，对 {compared} | {period} against {compared}
vs.peers | {period}，对同行 | {period} against peers
missing | — | —
contents | 目录 | Contents
to_top | 回到总览 | Back to the overview
as_table | 看数字 | The numbers
more_rows | 还有 {n} 行，全部在 report.json | {n} more rows, all in report.json
more_rows.one | 还有 1 行，全部在 report.json | 1 more row, in report.json

sessions | {n} 场 | {n} sessions
sessions.one | 1 场 | 1 session
orders | {n} 单 | {n} orders
orders.one | 1 单 | 1 order
buyers | {n} 位买家 | {n} buyers
buyers.one | 1 位买家 | 1 buyer
products | {n} 个商品 | {n} products
products.one | 1 个商品 | 1 product
peers | {n} 家同行 | {n} peers
peers.one | 1 家同行 | 1 peer
rows | {n} 行 | {n} rows
rows.one | 1 行 | 1 row
days | {n} 天 | {n} days
days.one | 1 天 | 1 day
minutes | {n} 分钟 | {n} min

verdict.supported | 有据 | Supported
verdict.cannot_tell | 无法判断 | Cannot tell
severity.high | 要紧 | High
severity.medium | 该看 | Medium
severity.low | 留意 | Low
severity.note | 备注 | Note
confidence.stated | 有出处 | from a named source
confidence.measured | 有实测 | measured
confidence.trade | 行业经验 | trade knowledge
confidence.weak | 出处弱 | weak source

figure.gmv | {n} 天成交金额（GMV） | GMV over {n} days
figure.gmv.one | 1 天成交金额（GMV） | GMV of 1 day
figure.units | {n} 天卖出件数 | Units sold over {n} days
figure.units.one | 1 天卖出件数 | Units sold on 1 day
figure.no_money | 文件里没有金额，估不出 | the files carry no amounts
figure.before | 对比期 {amount} | compared with {amount}
figure.change | 变化 | Change
figure.next | 按现水平，未来 30 天 | Next 30 days at this level
figure.last30 | 近 30 天 {amount} | last 30 days {amount}
figure.no_change | 对比期没有场次 | no sessions in the period before
figure.no_sessions | 两期都没有场次 | no sessions in either period
figure.no_interval | 给不出区间：场次太少 | too few sessions for an interval
figure.no_next | 还估不出：需要近 30 天的场次 | not yet: needs sessions of the last 30 days

fall.down | 钱少在哪一步 | Where the money was lost
fall.up | 钱多在哪一步 | Where the money was gained
fall.flat | 钱动在哪一步 | Where the money moved
fall.down.units | 件数少在哪一步 | Where units were lost
fall.up.units | 件数多在哪一步 | Where units were gained
fall.flat.units | 件数动在哪一步 | Where units moved
fall.units | 单位：件 | in units
fall.sub | {n} 个因子，贡献相加正好 {change} | {n} factors that add up to exactly {change}
fall.sub.one | 1 个因子，贡献正好 {change} | 1 factor worth exactly {change}
fall.whisker | 误差线 = {level} 区间 | whiskers = {level} interval
fall.floor | 轴自 {floor} 起 | axis starts at {floor}
fall.cut | 没有端帽的误差线伸出图外 | whiskers without a cap run off the chart
fall.before | 对比期 | Before
fall.after | 本期 | Now
fall.title | {name}：成交金额（GMV）变化的拆解 | {name}: what the change in GMV is made of
fall.title.units | {name}：件数变化的拆解 | {name}: what the change in units is made of
fall.summary | 从 {before} 到 {after}。{parts} | From {before} to {after}. {parts}
fall.part | {name} {amount}（{verdict}） | {name} {amount} ({verdict})
fall.by | 拆法：{formula} | Identity: {formula}
method.lmdi | LMDI，加总无残差 | LMDI, no residual
method.shapley | Shapley，因有因子为零 | Shapley, because a factor is zero
refused.title | 这次不拆 | Not decomposed
refused.open | 变化来自哪一步 | Which step the change came from
refused.default | 数据还撑不起一次拆解。 | The data do not carry a decomposition.
refused.bring | 请补：{advice} | To bring: {advice}
factor | 因子 | Factor
factor.values | 前 → 后 | Before → after
factor.amount | 贡献 | Contribution
factor.range | 区间 | Interval
verdict | 判断 | Verdict
legend.loss | 变差，有据 | worse, supported
legend.gain | 变好，有据 | better, supported
legend.unknown | 还不够有据，无法判断 | not supported enough, cannot tell

found | 有据的发现 | Supported findings
found.sub | 按 {n} 天内值多少钱排序 | by the money at stake over {n} days
found.sub.one | 按 1 天内值多少钱排序 | by the money at stake over 1 day
found.sub.units | 按 {n} 天内影响多少件排序 | by the units at stake over {n} days
found.sub.units.one | 按 1 天内影响多少件排序 | by the units at stake over 1 day
found.effect | 影响 | Effect
found.effect_level | 影响 {level} | Effect {level}
found.axis | 影响的共同刻度 | Shared axis of the effects
found.no_prize | 值多少钱还算不出 | worth in money cannot be computed yet
found.no_prize.units | 影响多少件还算不出 | worth in units cannot be computed yet
found.more | 其余 {n} 条有据的发现见“逐条证据” | {n} more supported findings in the evidence
found.more.one | 其余 1 条有据的发现见“逐条证据” | 1 more supported finding in the evidence
found.bar | {title}：{amount}，{span} | {title}: {amount}, {span}
unclear | 说不清的 | What cannot be told
unclear.none | 没有悬而未决的问题。 | Nothing is left open.
next | 接下来 | Next

dots.title | {n} 场，每点一场：{name} | {n} sessions, a dot each: {name}

stage | 成长阶段 | Growth stage
stage.now | 近 30 天 {amount} | last 30 days {amount}
stage.next | 按现水平，未来 30 天 | next 30 days at this level
stage.uncertain | 区间跨两级，暂定 | interval spans two rungs, provisional
stage.no_interval | 还给不出区间，暂定 | no interval yet, provisional
stage.bottleneck | 这一级的坎 | Bottleneck here
stage.moves | 先做什么 | First moves
stage.gate | 升级的门槛 | Gate to the next rung
stage.range | {low}–{high}/月 | {low}–{high} a month
stage.from | {low} 以上/月 | {low} or more a month
stage.to | {high} 以下/月 | under {high} a month
stage.title | 成长阶梯：现在与未来 30 天 | Growth ladder: now and the next 30 days

steps | 每一步的通过率 | Step rates
steps.sub | 每行各用自己的刻度；与 {n} 家同行比 | one scale a row; beside {n} peers
steps.sub.one | 每行各用自己的刻度；与 1 家同行比 | one scale a row; beside 1 peer
steps.alone | 每行各用自己的刻度；同行不足，没有参照线 | one scale a row; too few peers for ticks
steps.step | 步骤 | Step
steps.rate | 通过率 | Rate
steps.now | 本期 | Now
steps.before | 对比期 | Before
steps.median | 同行中位 | Peer median
steps.percentile | 同行百分位 | Peer percentile
steps.legend | 同行 25%–50%–75% | Peers 25%–50%–75%

prices | 每单价值 | Value of an order
prices.sub | 金额，点 = 本期 | amounts; dot = now
prices.amount | 金额 | Amount
days.title | 每天卖了多少 | What each day sold
days.cut | 只画最近 {n} 周 | only the last {n} weeks are drawn
days.cut.one | 只画最近 1 周 | only the last week is drawn
days.weekdays | 一 二 三 四 五 六 日 | Mon Tue Wed Thu Fri Sat Sun
days.day | 日期 | Day
days.sessions | 场次 | Sessions
days.minutes | 时长 | Duration
days.aside | 没算进来 | Set aside
column.gmv | 成交金额（GMV） | GMV
column.units | 件数 | Units

figures | 本期数字 | Figures of the period
figures.sub | 按 {n} 场算；怎么算见 | over {n} sessions; how each is computed:
figures.sub.one | 按 1 场算；怎么算见 | over 1 session; how each is computed:
figures.no_column | 文件没有这一列 | no such column in the files
figures.no_session | 没有算得上的场次 | no session that counts
trees | 换几种拆法 | The same change, split otherwise
trees.sub | 每种拆法都加总到 {change} | every split adds up to {change}

evidence | 逐条证据 | Evidence, finding by finding
evidence.against.previous | 上一期 | Previous period
evidence.against.own | 自己的长期 | Own history
evidence.against.peers | 同行 | Peers
evidence.difference | 差 | Difference
evidence.level | 区间 | Interval
evidence.n | 样本 | Sample
evidence.n_both | {now} 对 {before} | {now} against {before}
evidence.p | 若没变，偶然见到的机会 | Chance of seeing this if nothing changed
evidence.percentile | 同行百分位 | Peer percentile
evidence.formula | 口径 | Definition
evidence.source | 出处 | Source
evidence.advice | 建议 | Advice
evidence.settle | 补什么能说清 | What would settle it
evidence.shown | {total} 行中的 {n} 行 | {n} of {total} rows
notes | 没算进来的场次与假设 | Set aside and assumed

open | 还说不清什么，补什么能说清 | What cannot be told, and what would settle it
open.item | 说不清的 | Cannot be told
open.range | 现在的区间 | Interval now
open.settle | 补什么 | What would settle it

overview | 总览 | Overview
overview.up | {n} 个确实涨了 | {n} did rise
overview.up.none | 没有确实涨的 | none surely rose
overview.down | {n} 个确实跌了 | {n} did fall
overview.down.none | 没有确实跌的 | none surely fell
overview.unknown | {n} 个还分不清。 | {n} cannot be told yet.
overview.all_known | 没有分不清的。 | none is left open.
overview.no_before | 对比期没有场次 | no sessions before
overview.no_after | 本期没有场次 | no sessions now
overview.total | 合计成交金额（GMV），{period} | Total GMV, {period}
overview.total.units | 合计件数，{period} | Total units, {period}
overview.apart | {n} 个对象的时段不同，没有加进来 | {n} subjects of other periods are left out
overview.apart.one | 1 个对象的时段不同，没有加进来 | 1 subject of another period is left out
overview.name | 对象 | Subject
ahead | 下一场会怎样 | The next session
ahead.sub | 中位数和区间，按各自的历史估计 | Median and range, from each host's own history
ahead.n | 历史场次 | Sessions known
ahead.unknown | 说不准 | cannot tell
planned | 排期的备货与投放 | Stock and spend of the plan
planned.sub | 说不准的写明原因 | what cannot be told says why
overview.gmv | 本期 | Now
overview.change | 变化 {level} | Change {level}
overview.narrow | 每个对象：先是本期与上期的成交金额，再是变化与它的区间 {level} | \
Each subject: GMV now and before, then the change and its range {level}
overview.narrow.units | 每个对象：先是本期与上期的件数，再是变化与它的区间 {level} | \
Each subject: units now and before, then the change and its range {level}
overview.bar | {name}：{amount}，{span} | {name}: {amount}, {span}
orders.headline | 只有订单：订单说了什么，没有诊断 | \
Orders alone: what they say, without a diagnosis
orders.figures | 全部订单 | All orders
orders.value | 数值 | Value
orders.lacking | 缺列，算不出：{names} | Cannot be computed, for want of a column: {names}
orders.days | 按天 | By day
orders.provinces | 按省份 | By province
orders.province | 省份 | Province
orders.orders | 已付订单 | Paid orders
orders.refunded | 退款占比（截至目前） | Refunded so far
empty | 还没有可以诊断的对象 | Nothing to diagnose yet

quality | 数据质量 | Data quality
quality.files | 读到的文件 | Files read
quality.file | 文件 | File
quality.layout | 认作 | Read as
quality.reasons | 依据 | Because
quality.rows | 行数 | Rows
quality.none | 没有读到文件。 | No file was read.
quality.skipped | 没有读的文件 | Files not read
quality.reason | 原因 | Reason
quality.issues | 问题 | Issues
quality.clean | 没有发现问题。 | No issue was found.
quality.level | 级别 | Level
quality.what | 是什么，怎么办 | What it is, what to do
quality.count | 次数 | Count
quality.example | 例子 | Example
quality.place | {file} 第 {row} 行 | {file} row {row}
level.error | 没有导入 | Not loaded
level.warning | 已导入，有假设 | Loaded, with an assumption
level.future_error | 以后会拒绝 | Will be refused later
quality.sums | 对账：商品合计与场次合计 | Reconciliation: product totals beside session totals
quality.products | 商品合计 | Products
quality.sessions | 场次合计 | Sessions
quality.ratio | 商品 ÷ 场次 | Products ÷ sessions
quality.no_sums | 没有可以对账的商品明细。 | No product rows to reconcile with.
quality.span | 数据范围 | Data span

basis | 口径与依据 | Basis and definitions
basis.metric | 指标 | Metric
basis.formula | 怎么算 | How it is computed
basis.scope | 口径 | Basis
basis.none | 没有附口径表。 | No definitions were attached.
basis.gmv | 成交金额（GMV）含后续退款。 | GMV includes amounts that are refunded later.
basis.units | 按成交件数算；文件里没有金额。 | In units sold; the files carry no amounts.
basis.refunds | 退款数据截至 {day}。 | Refunds known up to {day}.
basis.refunds_undated | 退款没有日期，只能算到导出那天为止。 | \
Refunds carry no date: they are counted up to the export only.
basis.no_refunds | 没有退款数据，净成交看不了。 | No refund data: net sales cannot be seen.
source | 来源 | Sources
source.files | {n} 份文件 | {n} files
source.files.one | 1 份文件 | 1 file
unnamed | 未命名 | unnamed
metric | 指标 | Metric
value | 数值 | Value
""".replace("\n\n", "\n"))
"""The catalogue: key, Chinese, English; placeholders are shared by both."""

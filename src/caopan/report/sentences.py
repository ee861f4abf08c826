"""The report's longer sentences, in both languages side by side; ``words`` holds the rest."""

from __future__ import annotations

from caopan.units.message import Text

SENTENCES: dict[str, Text] = {
    "and": Text(zh="、", en=", "),
    "gap": Text(zh="", en=" "),
    "semicolon": Text(zh="；", en="; "),
    "colon": Text(zh="：", en=": "),
    "dot": Text(zh=".", en="."),
    "found.none": Text(
        zh="没有一条发现有据。下面写明哪些说不清，以及补什么数据能说清。",
        en="No finding is supported. Below: what cannot be told, and which data would settle it.",
    ),
    "unclear.crosses": Text(
        zh="区间都跨过 0，现在不值得为它们改做法。",
        en="The intervals include 0: no reason to change practice for them now.",
    ),
    "unclear.weak": Text(
        zh="方向看得出，但扣除多条一起看的误报后还不够有据。",
        en="A direction shows, but not enough of it after correcting for many looks at once.",
    ),
    "unclear.no_interval": Text(
        zh="场次太少，给不出区间。",
        en="Too few sessions for an interval.",
    ),
    "next.none": Text(
        zh="没有有据的动作可建议；先补左边写的数据。",
        en="No action is supported yet; first bring the data named beside.",
    ),
    "stage.none": Text(
        zh="判不出阶段：近 30 天没有可用的成交金额（GMV）。导入近 30 天的场次后再看。",
        en="No stage: no usable GMV in the last 30 days. Import the sessions of the last 30 days.",
    ),
    "stage.none.units": Text(
        zh="判不出阶段：阶梯按成交金额（GMV）分级，文件里没有金额。导入带成交金额的场次或订单后再看。",
        en="No stage: no GMV. The ladder is one of money, and the files carry units alone; import "
           "sessions or orders with their GMV.",
    ),
    "days.sub.units": Text(
        zh="蓝 = 本期，灰 = 对比期，越深卖得越多；斜纹 = 没有件数；虚圈 = 有没算进来的场次",
        en="blue = now, grey = before, darker sold more; hatched = no units; ring = set aside",
    ),
    "steps.none": Text(
        zh="没有漏斗：文件里没有曝光、观看、点击或买家数。导出带这些列的场次明细即可。",
        en="No funnel: the files carry no impressions, views, clicks or buyers. Export session "
           "details with those columns.",
    ),
    "steps.bar": Text(
        zh="{name} {value}，区间 {low}–{high}，同行中位 {median}",
        en="{name} {value}, interval {low}–{high}, peer median {median}",
    ),
    "days.sub": Text(
        zh="蓝 = 本期，灰 = 对比期，越深卖得越多；斜纹 = 没有金额；虚圈 = 有没算进来的场次",
        en="blue = now, grey = before, darker sold more; hatched = no amount; ring = set aside",
    ),
    "days.summary": Text(
        zh="{n} 个有直播的日子，最高 {day} {amount}",
        en="{n} days with sessions, highest {day} {amount}",
    ),
    "days.summary.one": Text(
        zh="1 个有直播的日子，最高 {day} {amount}",
        en="1 day with sessions, {day} {amount}",
    ),
    "days.none": Text(
        zh="这两期没有场次。换一个时间段，或导入场次明细。",
        en="No sessions in either period. Choose other dates, or import session details.",
    ),
    "days.undated": Text(
        zh="文件只写了月份，没有开播日期：哪一天、星期几、几点都不画。导入平台的直播列表就能看。",
        en="The files name months, not starts: no day, weekday or hour is drawn. Import the "
           "platform's list of livestreams to see them.",
    ),
    "evidence.fewer": Text(
        zh="其余 {n} 条发现的证据在 report.json",
        en="Evidence of the other {n} findings is in report.json",
    ),
    "evidence.fewer.one": Text(
        zh="其余 1 条发现的证据在 report.json",
        en="Evidence of the other finding is in report.json",
    ),
    "open.more": Text(
        zh="再播几场同样排法的场次，区间才会收窄。",
        en="More sessions of the same kind narrow the interval.",
    ),
    "overview.known": Text(zh="{up}，{down}；", en="{up}, {down};"),
    "overview.only_unknown": Text(
        zh="{n} 个对象的变化，现在都还分不清。",
        en="The changes of all {n} subjects cannot be told yet.",
    ),
    "overview.only_unknown.one": Text(
        zh="1 个对象的变化，现在还分不清。",
        en="The change of 1 subject cannot be told yet.",
    ),
    "overview.sub": Text(
        zh="确实变了的在前，各按变化的金额排；点名字看全文",
        en="sure changes first, each by size; names lead to the full section",
    ),
    "overview.rest": Text(
        zh="另有 {n} 个变化更小的对象没有列出，全部在 report.json",
        en="{n} subjects with smaller changes are not listed; all are in report.json",
    ),
    "overview.rest.one": Text(
        zh="另有 1 个变化更小的对象没有列出，全部在 report.json",
        en="1 subject with a smaller change is not listed; it is in report.json",
    ),
    "overview.brief": Text(
        zh="变化最大的 {n} 个对象有全文，其余只在总览里占一行",
        en="the {n} largest changes have a full section, the others one row in the overview",
    ),
    "overview.brief.one": Text(
        zh="变化最大的 1 个对象有全文，其余只在总览里占一行",
        en="the largest change has a full section, the others one row in the overview",
    ),
    "empty.bring": Text(
        zh="导入至少一个直播间的场次明细：每场一行，要有开播时间和成交金额（GMV）。",
        en="Import session details of at least one room: one row a session, with its start and "
           "its GMV.",
    ),
    "quality.all_within": Text(
        zh="{n} 个对象的商品合计与场次合计都在容许的差距内，最多差 {gap}。",
        en="Product and session totals of {n} subjects agree within tolerance, at most {gap} "
           "apart.",
    ),
    "quality.all_within.one": Text(
        zh="1 个对象的商品合计与场次合计在容许的差距内，差 {gap}。",
        en="Product and session totals of 1 subject agree within tolerance, {gap} apart.",
    ),
    "quality.some_off": Text(
        zh="{total} 个对象里 {n} 个对不上：涉及商品的结论只在对得上的部分成立。",
        en="{n} of {total} subjects do not agree: statements about products hold only where the "
           "totals do.",
    ),
    "basis.interval": Text(
        zh="区间是真值以所写概率落在其中的范围，按场次算，不按订单算。",
        en="An interval holds the true value with the stated probability; its unit is the session, "
           "not the order.",
    ),
    "basis.verdict": Text(
        zh="有据 = 扣除多条规则一起看带来的误报之后，数据仍支持这句话；无法判断 = 数据还不支持"
           "，不等于没有变化。",
        en="Supported = the data carry the sentence after correcting for many rules looked at "
           "together; cannot tell = they do not yet, which is not the same as no change.",
    ),
    "basis.sums": Text(
        zh="比率都是合计除以合计，不是比率的平均；缺失不当作 0。",
        en="Rates are sums over sums, never means of rates; missing is not zero.",
    ),
    "basis.peers": Text(
        zh="同行百分位已向同行中位收缩，场次少的收得多。",
        en="Peer percentiles are shrunken towards the peer median, more so with few sessions.",
    ),
}

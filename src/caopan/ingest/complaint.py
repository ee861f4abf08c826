"""What is said of a refused cell, in both languages."""

from __future__ import annotations

from caopan.ingest.fault import Fault
from caopan.units.message import Message, Text


def complaint(fault: Fault, *, value: str | None, expected: str = "") -> Message:
    """Return what is wrong with one cell and what to do about it.

    >>> complaint(Fault.TOO_FINE, value="12.345").say("en")
    'the amount 12.345 is finer than a hundredth'
    """
    text, hint = _TEXTS[fault]
    return Message(key=fault.name.lower(), text=text, hint=hint,
                   values={"value": value if value is not None else "", "expected": expected})


_TEXTS: dict[Fault, tuple[Text, Text]] = {
    Fault.UNREADABLE_NUMBER: (
        Text(zh="“{value}”不是数", en="“{value}” is not a number"),
        Text(zh="请改成数字；没有就留空", en="write a number, or leave the cell empty")),
    Fault.UNREADABLE_TIME: (
        Text(zh="“{value}”不是时间", en="“{value}” is not a time"),
        Text(zh="请写成 2026-03-01 19:30 这样", en="write it like 2026-03-01 19:30")),
    Fault.UNREADABLE_DURATION: (
        Text(zh="“{value}”不是时长", en="“{value}” is not a duration"),
        Text(zh="请写成 1小时30分 或 01:30:00 这样", en="write it like 1h 30m or 01:30:00")),
    Fault.UNREADABLE_FLAG: (
        Text(zh="“{value}”不是“是”或“否”", en="“{value}” is neither yes nor no"),
        Text(zh="请写 true 或 false", en="write true or false")),
    Fault.UNKNOWN_CHOICE: (
        Text(zh="“{value}”不在可选的值里", en="“{value}” is not one of the choices"),
        Text(zh="可选：{expected}", en="choose from: {expected}")),
    Fault.TOO_FINE: (
        Text(zh="金额 {value} 比一分还细", en="the amount {value} is finer than a hundredth"),
        Text(zh="请先四舍五入到分再导入", en="round it to two decimals before import")),
    Fault.NOT_FINITE: (
        Text(zh="“{value}”不是有限的数", en="“{value}” is not a finite number"),
        Text(zh="没有数就留空", en="leave the cell empty where there is no number")),
    Fault.NOT_WHOLE: (
        Text(zh="{value} 应当是整数", en="{value} should be a whole number"),
        Text(zh="请检查这一列是不是对错了", en="check that this column was meant")),
    Fault.NEGATIVE: (
        Text(zh="{value} 不能是负的", en="{value} cannot be negative"),
        Text(zh="只有退款可以为负；请更正这一格", en="only refunds may be negative; mend it")),
    Fault.TOO_LARGE: (
        Text(zh="{value} 大得记不准", en="{value} is too large to be exact"),
        Text(zh="请检查单位（元、万、亿）", en="check the unit of the column")),
    Fault.IMPOSSIBLE_DATE: (
        Text(zh="没有“{value}”这个时间", en="there is no such time as “{value}”"),
        Text(zh="请更正日期", en="correct the date")),
    Fault.AMBIGUOUS_DATE: (
        Text(zh="“{value}”分不清是日在前还是月在前", en="“{value}”: day or month first?"),
        Text(zh="请写成 年-月-日", en="write year-month-day")),
    Fault.NO_YEAR: (
        Text(zh="“{value}”没有年份", en="“{value}” has no year"),
        Text(zh="用 --year 写明年份", en="say --year")),
    Fault.FUTURE: (
        Text(zh="{value} 在将来", en="{value} lies in the future"),
        Text(zh="请检查日期、年份（--year）和时区（--timezone）；排期请用 planned_sessions",
             en="check the date, the year (--year) and the zone (--timezone); a plan belongs into "
                "planned_sessions")),
    Fault.DAMAGED_ID: (
        Text(zh="编号“{value}”被表格软件改坏了，末尾的数字已经丢失",
             en="the id “{value}” was damaged by a spreadsheet: its last digits are gone"),
        Text(zh="请重新导出，不要用表格软件打开后再保存；或把该列设为文本",
             en="export it again and do not save it from a spreadsheet, or make the column text")),
    Fault.OTHER_CURRENCY: (
        Text(zh="“{value}”不是 {expected}", en="“{value}” is not in {expected}"),
        Text(zh="用 --currency 写明币种，或把不同币种分成几个文件",
             en="say --currency, or put each currency into a file of its own")),
    Fault.UNKNOWN_CURRENCY: (
        Text(zh="不认识的币种“{value}”", en="unknown currency “{value}”"),
        Text(zh="请用 ISO 4217 三字母代码，例如 CNY", en="use an ISO 4217 code such as CNY")),
    Fault.MISSING: (
        Text(zh="缺少必填的 {expected}", en="the required {expected} is missing"),
        Text(zh="请补上这一格再导入", en="fill the cell and import again")),
    Fault.TOO_LONG: (
        Text(zh="这一格太长，开头是“{value}”", en="the cell is too long; it begins “{value}”"),
        Text(zh="多半是引号没有配对；请检查这一行",
             en="a quote is probably not closed; look at that row")),
}

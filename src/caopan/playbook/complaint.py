"""What can be wrong with a handbook file, in both languages, and what to do about it."""

from __future__ import annotations

import reprlib

from caopan.facts.issue import Issue, Level
from caopan.units.message import Message, Text

VALUE_LENGTH = 200
"""Longest value an issue repeats, in characters."""

TEXTS: dict[str, tuple[Text, Text]] = {
    "not_toml": (
        Text(zh="文件读不了：{reason}", en="the file is not valid TOML: {reason}"),
        Text(
            zh="按 TOML 语法改这一行；其他规则照常使用",
            en="correct this line; all other rules stay in use",
        ),
    ),
    "not_text": (
        Text(zh="文件不是 UTF-8 文本", en="the file is not UTF-8 text"),
        Text(zh="用 UTF-8 重新保存", en="save it again as UTF-8"),
    ),
    "too_long": (
        Text(zh="文件超过 {limit} 字节", en="the file is longer than {limit} bytes"),
        Text(zh="一个文件只写一条规则", en="write one rule in a file"),
    ),
    "unknown_field": (
        Text(zh="不认识的字段 {field}", en="unknown field {field}"),
        Text(zh="删掉它，或改成其中之一：{choices}", en="remove it, or use one of: {choices}"),
    ),
    "missing_field": (
        Text(zh="缺少字段 {field}", en="the field {field} is missing"),
        Text(zh="补上 {field}", en="add {field}"),
    ),
    "wrong_type": (
        Text(
            zh="{field} 应为{wanted_zh}，现在是 {value}",
            en="{field} must be {wanted_en}, not {value}",
        ),
        Text(zh="改成{wanted_zh}", en="write {wanted_en}"),
    ),
    "unknown_choice": (
        Text(zh="{field} 不能是 {value}", en="{field} cannot be {value}"),
        Text(zh="可选：{choices}", en="use one of: {choices}"),
    ),
    "missing_language": (
        Text(zh="{field} 缺少 {missing} 文本", en="{field} has no {missing} text"),
        Text(zh="中英文都要写：zh 和 en", en="write both languages: zh and en"),
    ),
    "unknown_placeholder": (
        Text(
            zh="{field} 里的占位符 {value} 这里没有",
            en="{field} uses {value}, which is not available here",
        ),
        Text(zh="可用：{choices}", en="use one of: {choices}"),
    ),
    "broken_braces": (
        Text(
            zh="{field} 的花括号不成对或为空：{value}",
            en="{field} has unpaired or empty braces: {value}",
        ),
        Text(
            zh="占位符写成 {{value}}；要显示花括号就写两遍",
            en="write a placeholder as {{value}}; double a brace to print one",
        ),
    ),
    "unknown_metric": (
        Text(zh="指标 {value} 不在指标目录里", en="the metric {value} is not in the catalogue"),
        Text(zh="相近的有：{choices}", en="close to it: {choices}"),
    ),
    "out_of_range": (
        Text(
            zh="{field} = {value}，应在 {low} 到 {high} 之间",
            en="{field} = {value} is outside {low} to {high}",
        ),
        Text(
            zh="改到范围内；百分比写成小数（20% 写 0.2）",
            en="bring it into the range; write 20 % as 0.2",
        ),
    ),
    "never_fires": (
        Text(
            zh="{field}：这个条件永远不会成立（{reason_zh}）",
            en="{field}: this condition can never hold ({reason_en})",
        ),
        Text(zh="放宽其中一个限值", en="relax one of the limits"),
    ),
    "no_limit": (
        Text(
            zh="{field} 没有任何限值，会一直触发", en="{field} sets no limit and would always hold"
        ),
        Text(
            zh="写 direction、below、above 或百分位限值",
            en="set direction, below, above or a percentile limit",
        ),
    ),
    "needs": (
        Text(zh="写了 {field} 就必须写 {needed}", en="{field} needs {needed}"),
        Text(zh="补上 {needed}，或删掉 {field}", en="add {needed}, or remove {field}"),
    ),
    "not_under_level": (
        Text(
            zh="按 level 比较时没有对比值，不能用 {field}",
            en="under level there is nothing to compare with, so {field} cannot be used",
        ),
        Text(zh="改用 below/above，或换一种对比", en="use below/above, or another comparison"),
    ),
    "weak_too_loud": (
        Text(
            zh="来源弱（weak）的规则，级别不能是 {value}",
            en="a rule of weak confidence cannot be of severity {value}",
        ),
        Text(
            zh="降为 low 或 note，或换更可靠的来源", en="use low or note, or give a better source"
        ),
    ),
    "no_example": (
        Text(zh="至少要有一个 {field} 例子", en="at least one example of {field} is needed"),
        Text(zh="加一段 [[{field}]]", en="add a [[{field}]]"),
    ),
    "example_fails": (
        Text(
            zh="{field} 这个例子应为“{expected}”，实际是“{found}”",
            en="{field} should come out as {expected}, but is {found}",
        ),
        Text(zh="改例子，或改条件", en="correct the example, or the condition"),
    ),
    "example_outdated": (
        Text(
            zh="改了条件后，原例子 {field} 不再成立（原为“{expected}”，现为“{found}”）",
            en="with the changed condition {field} no longer holds: {expected} is now {found}",
        ),
        Text(
            zh="规则照用；请在覆盖文件里写自己的例子",
            en="the rule is used; write your own examples in the overlay",
        ),
    ),
    "id_not_file": (
        Text(zh="id {value} 与文件名不同", en="the id {value} is not the file's name"),
        Text(zh="文件名改为 {value}.toml", en="rename the file to {value}.toml"),
    ),
    "twice": (
        Text(zh="规则 {value} 在 {other} 里已经有了", en="the rule {value} is already in {other}"),
        Text(
            zh="合并成一个文件；这里按先读到的 {other}", en="merge the two files; {other} is used"
        ),
    ),
    "not_ascending": (
        Text(zh="{field} 必须从小到大：{value}", en="{field} must ascend: {value}"),
        Text(zh="按从小到大重排", en="put it in ascending order"),
    ),
    "wrong_count": (
        Text(
            zh="{field} 有 {found} 个，应为 {wanted} 个",
            en="{field} has {found} entries, {wanted} are needed",
        ),
        Text(zh="每一级阶梯之间一个门槛", en="give one limit between every two rungs"),
    ),
}
"""Every complaint by key: what is wrong, and what to do."""


def complaint(
    key: str,
    *,
    file: str,
    row: int | None = None,
    field: str | None = None,
    level: Level = Level.ERROR,
    **values: object,
) -> Issue:
    """Return an issue of the handbook with its place.

    >>> issue = complaint("missing_field", file="a.toml", row=3, field="title")
    >>> issue.message.say("en"), issue.message.advise("zh"), issue.column
    ('the field title is missing', '补上 title', 'title')

    Raises:
        KeyError: there is no such complaint.
    """
    text, hint = TEXTS[key]
    shown = None if values.get("value") is None else _shown(values["value"])
    if shown is not None:
        values["value"] = shown
    return Issue(
        level=level,
        message=Message(
            key=f"playbook_{key}", text=text, hint=hint, values={"field": field, **values}
        ),
        file=file,
        row=row,
        column=field,
        value=shown,
    )


def _shown(value: object) -> str:
    """Return a value as an issue repeats it: cut, and no deeper than people read."""
    nested = isinstance(value, list | dict)
    return (reprlib.repr(value) if nested else str(value))[:VALUE_LENGTH]

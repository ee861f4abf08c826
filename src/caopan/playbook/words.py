"""The words of every choice a rule makes, for pages and screens."""

from __future__ import annotations

from enum import StrEnum

from caopan.playbook.rule import Confidence, Lens, Origin, Severity, Status, Topic
from caopan.playbook.signal import Against
from caopan.units.message import Text
from caopan.units.verdict import Verdict

WORDS: dict[type[StrEnum], dict[str, Text]] = {
    Topic: {
        "traffic": Text(zh="流量", en="Traffic"),
        "conversion": Text(zh="转化", en="Conversion"),
        "basket": Text(zh="客单", en="Basket"),
        "goods": Text(zh="货盘", en="Goods"),
        "refund": Text(zh="退款", en="Refunds"),
        "repurchase": Text(zh="复购", en="Repurchase"),
        "followers": Text(zh="粉丝", en="Followers"),
        "advertising": Text(zh="投放", en="Advertising"),
        "schedule": Text(zh="排期", en="Schedule"),
        "stock": Text(zh="库存", en="Stock"),
        "data_quality": Text(zh="数据质量", en="Data quality"),
    },
    Severity: {
        "high": Text(zh="高", en="high"),
        "medium": Text(zh="中", en="medium"),
        "low": Text(zh="低", en="low"),
        "note": Text(zh="提醒", en="note"),
    },
    Lens: {
        "goods": Text(zh="货品", en="Goods"),
        "relationship": Text(zh="人群关系", en="Relationship"),
        "operation": Text(zh="私域经营", en="Operation"),
        "wheel": Text(zh="场景", en="Wheel"),
        "traffic": Text(zh="流量", en="Traffic"),
        "harbor": Text(zh="阵地", en="Harbor"),
        "pain": Text(zh="痛点", en="Pain"),
    },
    Confidence: {
        "stated": Text(zh="有明确出处", en="stated in a source"),
        "measured": Text(zh="实测或重算过", en="measured or recomputed"),
        "trade": Text(zh="行业经验", en="trade knowledge"),
        "weak": Text(zh="弱来源", en="weak source"),
    },
    Status: {
        "active": Text(zh="启用", en="active"),
        "draft": Text(zh="草稿", en="draft"),
        "off": Text(zh="停用", en="off"),
    },
    Origin: {
        "shipped": Text(zh="自带", en="shipped"),
        "changed": Text(zh="已改", en="changed"),
        "added": Text(zh="自加", en="added"),
    },
    Against: {
        "previous": Text(zh="上一期", en="the previous period"),
        "own": Text(zh="自己的历史", en="its own history"),
        "peers": Text(zh="同行", en="its peers"),
        "level": Text(zh="固定值", en="a fixed level"),
    },
    Verdict: {
        "supported": Text(zh="有据", en="supported"),
        "cannot_tell": Text(zh="无法判断", en="cannot tell"),
    },
}
"""The words by kind of choice and by its value; equal values of two kinds are two entries."""


def word(choice: StrEnum) -> Text:
    """Return what people call a choice.

    >>> word(Topic.TRAFFIC).zh, word(Lens.PAIN).en
    ('流量', 'Pain')

    Raises:
        KeyError: the choice is of a kind that has no words.
    """
    return WORDS[type(choice)][choice.value]

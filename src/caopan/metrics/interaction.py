"""Interaction (互动): what people did in the room besides buying."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import SESSIONS
from caopan.metrics.metric import Metric
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "interaction"
_ACTS = (("comment", "comments", "评论", "comments"), ("like", "likes", "点赞", "likes"),
         ("share", "shares", "分享", "shares"))


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of interaction; they count acts, never people.

    >>> [metric.id for metric in metrics()][-1]
    'interactions_per_view'
    """
    acts = Text(zh="按次数，不是互动人数 ÷ 观看人数；可以大于 1",
                en="counts acts, not people who acted ÷ viewers; it may exceed 1")
    totals = [
        Metric(id=column, zh=f"{zh}次数", en=en, family=FAMILY, unit=Unit.COUNT, base=SESSIONS,
               numerator=part.column(column, f"{zh}次数", en))
        for _, column, zh, en in _ACTS
    ]
    rates = [
        Metric(id=f"{name}s_per_viewer", zh=f"人均{zh}次数", en=f"{en} per viewer", family=FAMILY,
               unit=Unit.TIMES, base=SESSIONS, trap=acts,
               numerator=part.column(column, f"{zh}次数", en), denominator=part.VIEWERS)
        for name, column, zh, en in _ACTS
    ]
    together = part.both("评论 + 点赞 + 分享 + 新增粉丝",
                         "comments + likes + shares + new followers",
                         "comments", "likes", "shares", "new_followers")
    return (
        *totals, *rates,
        Metric(id="interactions_per_viewer", zh="人均互动次数", en="interactions per viewer",
               family=FAMILY, unit=Unit.TIMES, base=SESSIONS, numerator=together,
               denominator=part.VIEWERS, trap=acts),
        Metric(id="interactions_per_view", zh="次均互动次数", en="interactions per view",
               family=FAMILY, unit=Unit.TIMES, base=SESSIONS, numerator=together,
               denominator=part.VIEWS, trap=acts),
    )

"""指标、操盘手册 · The catalogues to take away: the metrics and the rules that fit the words."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.playbook.wording import in_words, metric_name
from caopan.playbook.words import word
from caopan.units.message import Text
from caopan.web.console import handbook, metrics
from caopan.web.console.metric_words import BASES, FAMILIES
from caopan.web.console.tables import Table, taken
from caopan.web.screen import Screen
from caopan.web.visit import Visit


def every_metric(visit: Visit) -> Response:
    """Return the metrics that fit the words typed, each with its definition, as CSV."""
    return taken(visit, "metrics", {"metrics": _metrics}, of="catalogue")


def every_rule(visit: Visit) -> Response:
    """Return the rules that fit the words typed, each in words, as CSV."""
    return taken(visit, "rules", {"rules": _rules}, of="handbook")


def _metrics(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="编号", en="Id"), Text(zh="名称", en="Name"), Text(zh="一类", en="Family"),
              Text(zh="单位", en="Unit"), Text(zh="怎么算", en="Formula"),
              Text(zh="成交口径", en="Basis of sales"), Text(zh="样本数 n 数的是", en="n counts"),
              Text(zh="来源", en="Source"), Text(zh="容易读错", en="Easily misread")),
        rows=([one.id, visit.say(one.name),
               visit.say(FAMILIES[one.family]) if one.family in FAMILIES else one.family,
               one.unit.value, visit.say(one.formula),
               visit.say(BASES[one.gmv_basis]) if one.gmv_basis in BASES else None,
               visit.say(one.counted), visit.say(one.source), one.trap and visit.say(one.trap)]
              for one in metrics.found(visit)))


def _rules(visit: Visit) -> Table:
    return Table(
        head=(Text(zh="编号", en="Id"), Text(zh="规则", en="Rule"), Text(zh="主题", en="Topic"),
              Text(zh="看哪个指标", en="Metric"), Text(zh="何时触发", en="Fires when"),
              Text(zh="轻重", en="Severity"), Text(zh="把握", en="Confidence"),
              Text(zh="状态", en="Status"), Text(zh="来历", en="Origin"),
              Text(zh="看不到什么", en="Limits"), Text(zh="出处", en="Source")),
        rows=([rule.id, visit.say(rule.called), visit.say(word(rule.topic)), rule.metric,
               in_words(rule.condition, language=visit.language, naming=metric_name),
               *(visit.say(word(one)) for one in (rule.severity, rule.confidence, rule.status,
                                                  rule.origin)),
               visit.say(rule.limits), visit.say(rule.source)]
              for rule in handbook.found(visit)))


SCREENS = (
    Screen(path="/metrics.csv", action=Action.EXPORT, show=every_metric),
    Screen(path="/handbook.csv", action=Action.EXPORT, show=every_rule),
)

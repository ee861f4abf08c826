"""What the values of a grouping are called on a screen, and where their own pages are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from caopan.units import number
from caopan.units.message import Language, Text
from caopan.web.console.metric_pictures import moment_said
from caopan.web.console.session_words import platform_said
from caopan.web.console.subjects import address
from caopan.workspace.grain import Grain
from caopan.workspace.measuring import MetricResult
from caopan.workspace.workspace import Workspace

GRAINS = {"streamer_id": Grain.STREAMER, "merchant_id": Grain.MERCHANT}
"""Groupings whose values have a name and a page of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A result with the names of the hosts and merchants in it, by grouping and id."""

    result: MetricResult
    names: Mapping[str, Mapping[str, str]]

    def called(self, group: str, value: object, *, language: Language) -> tuple[str, str]:
        """Return what a value is called and where its own page is, nothing where it has none.

        >>> from caopan.metrics.catalogue import METRICS
        >>> named = Named(result=MetricResult(metric=METRICS["gpm"], groups=(), rows=()),
        ...               names={"streamer_id": {"a/1": "林晚"}})
        >>> named.called("streamer_id", "a/1", language="zh")
        ('林晚', '/subjects/streamer/a%2F1')
        >>> named.called("weekday", 7, language="en")[0], named.called("hour", 20, language="zh")[0]
        ('Sun', '20:00')
        """
        name = self.names.get(group, {}).get(str(value))
        if name is not None:
            return name, address(GRAINS[group].value, str(value))
        return value_said(group, value, language=language), ""


def named(workspace: Workspace, result: MetricResult) -> Named:
    """Return a result with the names of the hosts and merchants in it.

    >>> named.__name__
    'named'
    """
    names = {}
    for group in set(GRAINS) & set(result.groups):
        ids = pa.array({row[group] for row in result.rows if row[group] is not None}, pa.string())
        rows = workspace.rooms.everyone(GRAINS[group]).rows
        mine = rows.filter(pc.is_in(rows["id"], value_set=ids))
        names[group] = dict(zip(mine["id"].to_pylist(), mine["name"].to_pylist(), strict=True))
    return Named(result=result, names=names)


def value_said(group: str, value: object, *, language: Language) -> str:
    """Return a group's value as people write it; what no source said is a dash.

    >>> value_said("month", date(2026, 3, 1), language="zh"), value_said("level", None,
    ...                                                                  language="zh")
    ('2026-03', '—')
    """
    if value is None or value == "":
        return number.MISSING
    if isinstance(value, bool):
        return (_YES if value else _NO).plain(language)
    if isinstance(value, date):
        return moment_said(value, group)
    if group == "weekday" and value in range(1, 8):
        return _WEEKDAYS.plain(language).split()[int(str(value)) - 1]
    if group == "platform":
        return platform_said(str(value), language=language)
    return f"{value}:00" if group == "hour" else str(value)


_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
_WEEKDAYS = Text(zh="周一 周二 周三 周四 周五 周六 周日", en="Mon Tue Wed Thu Fri Sat Sun")

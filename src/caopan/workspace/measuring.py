"""One metric's value, with its definition beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from caopan.metrics.catalogue import metric as metric_of
from caopan.metrics.metric import Metric
from caopan.metrics.value import value
from caopan.store.store import Store
from caopan.units import number
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.money import Money
from caopan.units.period import Period
from caopan.units.unit import Unit

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
"""The ends of an open period."""

NO_ROWS = Text(zh="没有这样的数据：这段时间没有能算它的行",
               en="no data: nothing in this period carries it")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricResult:
    """A metric's rows: group columns, value, n."""

    metric: Metric
    groups: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return {
            "metric": self.metric.id, "name": self.metric.name.say(language),
            "unit": self.metric.unit.value, "formula": self.metric.formula.say(language),
            "counted": self.metric.counted.say(language),
            "gmv_basis": self.metric.gmv_basis and self.metric.gmv_basis.value,
            "maturity_days": self.metric.maturity,
            "rows": [{**{group: row[group] for group in self.groups},
                      "value": self.plain(row), "n": row["n"]} for row in self.rows],
        }

    def lines(self, language: Language) -> list[str]:
        """Return the rows as lines, the definition first."""
        head = f"{self.metric.name.say(language)} = {self.metric.formula.say(language)}"
        lines = [head] if self.rows else [head, NO_ROWS.say(language)]
        for row in self.rows:
            groups = "\t".join("—" if row[group] is None else str(row[group])
                               for group in self.groups)
            shown = number.value(row["value"], unit=self.metric.unit, language=language,
                                 currency=row.get("currency") or "CNY")
            lines.append("\t".join(part for part in (groups, shown, f"n={row['n']}") if part))
        return lines

    def plain(self, row: dict[str, Any]) -> object:
        """Return a row's value as JSON carries it: money as decimal text in major units."""
        found = row["value"]
        if found is None or self.metric.unit is not Unit.MONEY:
            return found
        return str(Money(minor=round(found), currency=row.get("currency") or "CNY").major())


def measure(
    store: Store, name: str, *, by: Sequence[str] = (), start: date | None = None,
    end: date | None = None, as_of: datetime | None = None,
) -> MetricResult:
    """Return one metric's value by groups; see ``Workspace.metric``.

    Raises:
        CaopanError: no such metric or grouping, or the period is empty.
    """
    metric = metric_of(name)
    known = as_of if as_of is None or as_of.tzinfo else as_of.replace(tzinfo=BUSINESS_ZONE)
    if known is not None and all(batch.made_at > known for batch in store.batches()):
        raise NothingKnownError(known)
    expression = value(metric, store.tables(as_of=known), by=by, period=period(start, end),
                       as_of=known)
    rows = store.fetch(expression).to_pylist()
    extra = {"value", "numerator", "denominator", "n"}
    groups = tuple(column for column in expression.columns if column not in extra)
    return MetricResult(metric=metric, groups=groups, rows=tuple(rows))


def period(start: date | None, end: date | None) -> Period | None:
    """Return the half-open period asked for; an end left open reaches to the end of time.

    What lies outside the days there can be is cut off: no midnight can be told of the last of them.

    >>> period(None, None) is None
    True
    >>> period(date.min, date.max) == period(FIRST_DAY, LAST_DAY)
    True

    Raises:
        EmptyPeriodError: the end is not after the start.
    """
    if start is None and end is None:
        return None
    first, last = (min(max(day, FIRST_DAY), LAST_DAY)
                   for day in (start or FIRST_DAY, end or LAST_DAY))
    if last <= first:
        raise EmptyPeriodError(first, last)
    return Period(start=first, end=last)


class EmptyPeriodError(CaopanError):
    """Raised for a period without a day."""

    usage = True

    def __init__(self, start: date, end: date) -> None:
        """Name both ends."""
        super().__init__(Message(
            key="empty_period",
            text=Text(zh="{start} 到 {end} 之间没有一天（结束那天不算在内）",
                      en="no day lies between {start} and {end} (the end is not included)"),
            values={"start": start.isoformat(), "end": end.isoformat(),
                    "next": (start + timedelta(days=1)).isoformat()},
            hint=Text(zh="结束日至少写 {next}", en="let it end on {next} or later")))


class NothingKnownError(CaopanError):
    """Raised when a value is asked as known before anything was imported."""

    usage = True

    def __init__(self, moment: datetime) -> None:
        """Name the moment as it was understood."""
        super().__init__(Message(
            key="nothing_known",
            text=Text(zh="到 {moment} 为止还没有导入过任何东西",
                      en="nothing was imported until {moment}"),
            values={"moment": moment.isoformat()},
            hint=Text(zh="不写时区的时间按上海时间读；caopan batches 列出每次导入的时间",
                      en="a time without offset is read as Shanghai; caopan batches lists when "
                         "each import was made")))

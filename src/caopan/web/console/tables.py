"""Tables to take away (表): what a page shows in rows, whole, as a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from caopan.access.action import Action
from caopan.access.policy import check
from caopan.units.message import CaopanError, Message, Text
from caopan.units.money import Money
from caopan.web.csv_answer import csv_answer
from caopan.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: the words above its columns, and its rows.

    Counts are counts, ratios 0-1, money in the major unit of its currency, None what is not known.
    """

    head: tuple[Text, ...]
    rows: Iterable[Sequence[object]]


def taken(visit: Visit, name: str, tables: Mapping[str, Callable[[Visit], Table]], *,
          of: str) -> Response:
    """Return one of a page's tables as a CSV file that is named for its page.

    Raises:
        CaopanError: the page has no such table, or nothing may be taken out.
    """
    check(visit.actor, Action.EXPORT)
    if name not in tables:
        raise UnknownTableError(name, tuple(tables))
    table = tables[name](visit)
    return csv_answer(f"caopan-{of}-{name}.csv", [visit.say(word) for word in table.head],
                      table.rows)


def major(minor: float | None, currency: str) -> float | None:
    """Return an amount in the major unit; None stays None.

    >>> major(1250, "CNY"), major(None, "CNY")
    (12.5, None)
    """
    return None if minor is None else float(Money(minor=round(minor), currency=currency).major())


class UnknownTableError(CaopanError):
    """Raised for a table that a page does not have."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        """Name it and those there are."""
        super().__init__(Message(
            key="unknown_table", values={"asked": asked, "known": ", ".join(known)},
            text=Text(zh="这一页没有表 {asked}", en="this page has no table {asked}"),
            hint=Text(zh="有这些：{known}", en="there are: {known}")))

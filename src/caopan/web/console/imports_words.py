"""The words every page of the import centre may use: tables, columns, moments."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath

from starlette.responses import HTMLResponse

from caopan.facts.column_words import TABLE_WORDS, column_words
from caopan.report.dates import day, full_day
from caopan.units.clock import BUSINESS_ZONE, business_day
from caopan.units.message import Language
from caopan.web.visit import Visit
from caopan.workspace.column_map import HANDLINGS


def told(visit: Visit, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page of the import centre with its words."""
    return visit.show(f"imports/{template}.html", status=status, tables=TABLE_WORDS,
                      column=column_words, handlings=HANDLINGS, called=called,
                      moment=partial(moment, now=visit.now, language=visit.language), **values)


def called(name: str) -> str:
    """Return a file as it is shown: without the folders of this machine.

    >>> called("/home/me/7月/orders.csv"), called("../orders.csv"), called("全部.zip/orders.csv")
    ('orders.csv', 'orders.csv', '全部.zip/orders.csv')
    """
    whole = (PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute()
             or name.startswith("."))
    return PureWindowsPath(name).name if whole else name


def moment(when: datetime, *, now: datetime, language: Language) -> str:
    """Return an instant by the business clock; its year only where that is not this year's.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 21, 15, 59, tzinfo=UTC), language="zh",
    ...        now=datetime(2026, 11, 23, tzinfo=UTC))
    '11月21日 23:59'
    """
    written = day if business_day(when).year == business_day(now).year else full_day
    clock = when.astimezone(BUSINESS_ZONE)
    return f"{written(clock.date(), language=language)} {clock:%H:%M}"

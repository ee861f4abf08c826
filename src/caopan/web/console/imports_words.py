"""The words every page of the import centre may use: tables, columns, files."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from starlette.responses import HTMLResponse

from caopan.facts.column_words import TABLE_WORDS, column_words
from caopan.web.visit import Visit
from caopan.workspace.column_map import HANDLINGS


def told(visit: Visit, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page of the import centre with its words."""
    return visit.show(f"imports/{template}.html", status=status, tables=TABLE_WORDS,
                      column=column_words, handlings=HANDLINGS, called=called,
                      **values)


def called(name: str) -> str:
    """Return a file as it is shown: without the folders of this machine.

    >>> called("/home/me/7月/orders.csv"), called("../orders.csv"), called("全部.zip/orders.csv")
    ('orders.csv', 'orders.csv', '全部.zip/orders.csv')
    """
    whole = (PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute()
             or name.startswith("."))
    return PureWindowsPath(name).name if whole else name

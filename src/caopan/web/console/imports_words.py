"""The words every page of the import centre may use: tables, columns, files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

from starlette.responses import HTMLResponse

from caopan.facts.column_words import TABLE_WORDS, column_words
from caopan.units.message import Text
from caopan.web.visit import Visit
from caopan.workspace.column_map import HANDLINGS

SYNTHETIC = re.compile(r"synthetic world: (\w+), seed (\d+)")
"""The note of the batch that a synthetic world came in."""
SIZES = {"toy": Text(zh="玩具", en="toy"), "small": Text(zh="小", en="small"),
         "medium": Text(zh="中", en="medium"), "large": Text(zh="大", en="large")}


def told(visit: Visit, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page of the import centre with its words."""
    return visit.show(f"imports/{template}.html", status=status, tables=TABLE_WORDS,
                      column=column_words, handlings=HANDLINGS, called=called, noted=noted,
                      **values)


def called(name: str) -> str:
    """Return a file as it is shown: without the folders of this machine.

    >>> called("/home/me/7月/orders.csv"), called("../orders.csv"), called("全部.zip/orders.csv")
    ('orders.csv', 'orders.csv', '全部.zip/orders.csv')
    """
    whole = (PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute()
             or name.startswith("."))
    return PureWindowsPath(name).name if whole else name


def noted(note: str) -> Text:
    """Return a batch's note as people read it; what a person wrote stays as it is.

    >>> noted("synthetic world: toy, seed 7").zh, noted("补录").en
    ('合成世界（玩具），种子 7', '补录')
    """
    found = SYNTHETIC.fullmatch(note)
    if found is None:
        return Text(zh=note, en=note)
    size, seed = SIZES.get(found[1], Text(zh=found[1], en=found[1])), found[2]
    return Text(zh=f"合成世界（{size.zh}），种子 {seed}",
                en=f"Synthetic world ({size.en}), seed {seed}")

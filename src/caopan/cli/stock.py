"""``caopan stock``: what to order for a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import issue_lines, say, show, show_json
from caopan.cli.plan_options import Level, LossCap, minor
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="备货：排期里每个商品备多少、能赚多少、会剩多少",
            en="Stock: how much to order of each planned product, and what it brings")


def stock(
    context: typer.Context,
    plan: Annotated[Path | None, typer.Option(
        help="排期文件或文件夹 · a planned_sessions file, or a folder")] = None,
    cash: Annotated[float | None, typer.Option(
        help="订货资金上限（元） · what may be spent on orders")] = None,
    loss_cap: LossCap = None,
    level: Level = 0.8,
) -> None:
    """Work out the orders of a plan."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.stock(
            plan=plan, level=level, cash=minor(cash),
            loss_cap=minor(loss_cap), progress=listener)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in issue_lines(result.issues, options.language):
        say(line)
    for line in result.lines(options.language):
        show(line)

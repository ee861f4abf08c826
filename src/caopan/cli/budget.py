"""``caopan budget``: how to spend on a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import issue_lines, say, show, show_json
from caopan.cli.plan_options import Level, LossCap, minor
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="预算：投放怎么分到各场、分几波，什么时候停；多个 --plan 并排比较",
            en="Budget: how spend is divided over sessions and waves, and when to stop; several "
               "--plan stand side by side")


def budget(
    context: typer.Context,
    plan: Annotated[list[Path] | None, typer.Option(
        help="排期文件或文件夹，最多三个 · a plan's file or folder, up to three")] = None,
    total: Annotated[float | None, typer.Option(
        help="投放总额（元） · what may be spent in all")] = None,
    loss_cap: LossCap = None,
    level: Level = 0.8,
) -> None:
    """Divide what may be spent on a plan."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.budget(
            plans=plan or (), total=minor(total), level=level,
            loss_cap=minor(loss_cap), progress=listener)
    if options.json:
        show_json(result.document(options.language))
        return
    for one in (result.plan, *(other for other, _ in result.others)):
        for line in issue_lines(one.issues, options.language):
            say(line)
    for line in result.lines(options.language):
        show(line)

"""``caopan forecast``: what planned sessions may bring, as ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import issue_lines, say, show, show_json
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="预估：排期里的每一场可能带来多少，有多大把握",
            en="Forecast: what each planned session may bring, and how sure that is")


def forecast(
    context: typer.Context,
    plan: Annotated[Path | None, typer.Option(
        help="planned_sessions 文件或文件夹；不给就用已导入的排期 · a file or folder; "
             "none: the imported plan")] = None,
    level: Annotated[float, typer.Option(
        help="区间水平，不超过 0.9 · level of the range, at most 0.9")] = 0.8,
) -> None:
    """Look ahead on a plan."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.forecast(plan, level=level, progress=listener)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in issue_lines(result.issues, options.language):
        say(line)
    for line in result.lines(options.language):
        show(line)

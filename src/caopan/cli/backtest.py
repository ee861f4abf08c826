"""``caopan backtest``: how good the forecast would have been on the own history."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="回测：在自己的历史上，预估本来会有多准",
            en="Backtest: how good the forecast would have been on your own history")


def backtest(
    context: typer.Context,
    outcome: Annotated[str, typer.Option(help="gmv | units | orders | viewers")] = "gmv",
    level: Annotated[float, typer.Option(
        help="区间水平，不超过 0.9 · level of the range, at most 0.9")] = 0.8,
    start: Annotated[datetime | None, typer.Option(
        "--from", formats=["%Y-%m-%d"], help="从这一天起计分 · scored from this day")] = None,
) -> None:
    """Look back on the own history."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.backtest(outcome=outcome, level=level, start=start and start.date(),
                                 progress=listener)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in result.lines(options.language):
        show(line)

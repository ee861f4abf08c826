"""``caopan pace``: what a running session will have sold in the end."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.units.message import Text

HELP = Text(zh="进度：看前几分钟，预计全场会卖多少",
            en="Pacing: what a session will have sold in the end, from its first minutes")


def pace(
    context: typer.Context,
    session: Annotated[str, typer.Option(help="场次 · the session")],
    minute: Annotated[int, typer.Option(help="已播分钟 · minutes since it went live")],
    outcome: Annotated[str, typer.Option(help="gmv | units | orders")] = "gmv",
    level: Annotated[float, typer.Option(
        help="区间水平，不超过 0.9 · level of the range, at most 0.9")] = 0.8,
    by: Annotated[str, typer.Option(
        help="开播前的预估用 rule 或 models（更准但慢） · what tells the session before it: rule, "
             "or models, which take their time")] = "rule",
) -> None:
    """Tell the final of a running session."""
    options = options_of(context)
    with workspace(options) as opened:
        result = opened.pace(session, minute=minute, outcome=outcome, level=level, by=by)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in result.lines(options.language):
        show(line)

"""``caopan response``: what another yuan of spend brings, or why that cannot be told."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="投产：再多投一块能多卖多少；说不准就说为什么、做什么实验能弄清",
            en="Response: what one yuan more of spend brings; or why nobody can tell, and the "
               "experiment that would settle it")


def response(
    context: typer.Context,
    streamer: Annotated[str | None, typer.Option(
        help="一位主播；不写就看全部 · one host; all without it")] = None,
    level: Annotated[float, typer.Option(help="区间水平 · level of the ranges")] = 0.8,
) -> None:
    """Say what spend brings."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.response(streamer=streamer, level=level, progress=listener)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in result.lines(options.language):
        show(line)

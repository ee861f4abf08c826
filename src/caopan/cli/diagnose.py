"""``caopan diagnose``: growth stage, what changed and why, findings by money."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json, show_json_rows
from caopan.cli.progress import progress
from caopan.cli.usage import ExclusiveError, chosen
from caopan.units.message import Text

MANY = 500
"""From so many subjects on the JSON document is written a subject a line, as they are judged."""
EVERYONE_OR_ONE = ("--all", "--streamer / --merchant")
HELP = Text(zh="诊断：阶段、变化拆解、按钱排序的发现",
            en="Diagnose: stage, exact decomposition, findings by money")


def diagnose(
    context: typer.Context,
    streamer: Annotated[str | None, typer.Option(help="主播 id · one streamer")] = None,
    merchant: Annotated[str | None, typer.Option(help="商家 id · one merchant")] = None,
    everyone: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--all", help="所有人（默认） · everyone (the default)")] = False,
    by: Annotated[str, typer.Option(help="streamer | merchant")] = "streamer",
    start: Annotated[datetime | None, typer.Option(
        "--from", formats=["%Y-%m-%d"], help="从这一天 · from this day")] = None,
    end: Annotated[datetime | None, typer.Option(
        "--to", formats=["%Y-%m-%d"], help="到这一天之前 · up to, not including")] = None,
    against: Annotated[str, typer.Option(help="previous | peers")] = "previous",
) -> None:
    """Diagnose one subject or everyone."""
    options = options_of(context)
    chosen("--against", against, among=("previous", "peers"))
    chosen("--by", by, among=("streamer", "merchant"))
    if everyone and (streamer or merchant):
        raise ExclusiveError(*EVERYONE_OR_ONE)
    # What is asked is made of the diagnosis's own words, which --help must not wait for.
    from caopan.playbook.signal import Against  # noqa: PLC0415
    from caopan.workspace.asked import Asked  # noqa: PLC0415
    from caopan.workspace.grain import Grain  # noqa: PLC0415

    with workspace(options) as opened, progress(options.language) as listener:
        asked = Asked(streamer=streamer, merchant=merchant, grain=Grain(by),
                      start=start and start.date(), end=end and end.date(),
                      against=Against(against))
        found = opened.diagnoses(asked, progress=listener)
        if options.json and found.count > MANY:
            show_json_rows(found.head(), "subjects", found.subjects(options.language))
            return
        result = found.whole()
    if options.json:
        show_json(result.document(options.language))
        return
    for line in result.lines(options.language):
        show(line)

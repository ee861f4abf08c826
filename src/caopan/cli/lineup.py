"""``caopan plan lineup``: a run sheet proposed for a planned session."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import issue_lines, say, show, show_json
from caopan.cli.progress import progress
from caopan.units.message import Text

GROUP_HELP = Text(zh="规划：排品、活动、成长规划",
                  en="Plans: the line-up, campaigns, the growth plan")
HELP = Text(zh="排品：一场的商品按什么顺序、各讲多久，能带来多少、离上限多远",
            en="Line-up: in which order and how long a session's products are explained, what that "
               "brings, and how far it is from the most there can be")


def lineup(
    context: typer.Context,
    plan: Annotated[Path | None, typer.Option(
        help="排期文件或文件夹，可含 rules.toml · a plan, with its rules.toml")] = None,
    minutes: Annotated[float | None, typer.Option(
        help="这一场多少分钟 · how long the session is")] = None,
    session: Annotated[str | None, typer.Option(
        help="哪一场；不写就是第一场 · which session, else the first")] = None,
    keep: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--keep", help="存成节目单的新版本 · keep it as a new version")] = False,
) -> None:
    """Propose a run sheet."""
    options = options_of(context)
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.line_up(plan=plan, minutes=minutes, session=session,
                                language=options.language, progress=listener)
        if keep:
            opened.keep_run_sheet(result.session.session_id, result.sheet)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in issue_lines(result.issues, options.language):
        say(line)
    for line in result.lines(options.language):
        show(line)

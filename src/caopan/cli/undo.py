"""``caopan undo BATCH``: take one import back."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import say, show_json
from caopan.units.message import Text

HELP = Text(zh="撤销一次导入，恢复到导入之前", en="Take one import back, exactly")


def undo(
    context: typer.Context,
    batch: Annotated[int, typer.Argument(help="批次号 · the batch's number (caopan batches)")],
) -> None:
    """Take one import back."""
    options = options_of(context)
    with workspace(options) as opened:
        record = opened.undo(batch)
    if options.json:
        show_json({"batch": record.id, "undone_at": record.undone_at})
        return
    say(Text(zh="批次 {batch} 已撤销", en="batch {batch} is undone").say(options.language,
                                                                    batch=batch))

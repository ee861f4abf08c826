"""``caopan mapping FILE``: propose how an unknown file's columns map, show it, save it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import new_workspace, options_of
from caopan.cli.output import say, show, show_json
from caopan.units.message import Text

HELP = Text(zh="给不认识的文件配列：先看猜测，改好存下，以后自动认出",
            en="Map an unknown file's columns: see the guess, save it, recognised from then on")


def mapping(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="文件 · the file")],
    table: Annotated[str | None, typer.Option(help="标准表 · the canonical table")] = None,
    sheet: Annotated[str | None, typer.Option(
        help="工作簿里的哪一张表 · which sheet of a workbook")] = None,
    save: Annotated[str | None, typer.Option(help="按这个名字存下 · save under this name")] = None,
    use: Annotated[Path | None, typer.Option(
        help="用这份映射文件，而不是猜测 · this mapping file, not the guess")] = None,
    column: Annotated[list[str] | None, typer.Option(
        help="改一列：'表头=标准列'，空=不要 · set one: 'header=column', empty drops")] = None,
) -> None:
    """Propose, show and save a mapping."""
    options = options_of(context)
    with new_workspace(options) as opened:
        proposal = opened.mapping(file, table=table, use=use, columns=tuple(column or ()),
                                  save=save, sheet=sheet)
    if options.json:
        show_json(proposal.document(options.language))
        return
    for line in proposal.lines(options.language):
        show(line)
    if save:
        say(Text(zh="已存为 {name}", en="saved as {name}").say(options.language, name=save))

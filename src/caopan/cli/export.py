"""``caopan export DIR``: everything as canonical tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import say, show_json
from caopan.units.message import Text

HELP = Text(zh="把全部事实导出成标准表", en="Write everything as canonical tables")


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="目标文件夹 · the folder to write to")],
    parquet: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--parquet", help="写 Parquet，而不是 CSV · Parquet instead of CSV")] = False,
) -> None:
    """Write everything as canonical tables."""
    options = options_of(context)
    with workspace(options) as opened:
        tables = opened.export(folder, parquet=parquet)
    if options.json:
        show_json({"tables": tables, "folder": folder})
        return
    for name, rows in tables.items():
        say(f"{name}  {rows:,}")

"""``caopan runsheet export|import FILE.xlsx``: a run sheet as a workbook and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import new_workspace, options_of, workspace
from caopan.cli.output import show, show_json
from caopan.units.message import Text

GROUP_HELP = Text(zh="节目单：导出成表格、从表格导回", en="Run sheets: to a workbook and back")
EXPORT_HELP = Text(zh="把存过的节目单写成 .xlsx", en="Write a kept run sheet as .xlsx")
IMPORT_HELP = Text(zh="把 .xlsx 存成节目单的新版本", en="Keep an .xlsx as a new version")
SAID = Text(zh="{session} 第 {version} 版：{n} 项，{minutes} 分钟",
            en="{session} version {version}: {n} items, {minutes} minutes")
Session = Annotated[str | None, typer.Option(help="哪一场 · which session")]


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="FILE.xlsx")],
    session: Session = None,
    version: Annotated[int | None, typer.Option(help="哪一版，不写就是最新 · which one")] = None,
) -> None:
    """Write a run sheet as a workbook."""
    options = options_of(context)
    with workspace(options) as opened:
        found = opened.export_run_sheet(file, session=session, version=version)
    if options.json:
        show_json({"file": str(file), **found.document()})
        return
    show(SAID.say(options.language, session=found.session_id, version=found.version,
                  n=len(found.sheet.items), minutes=round(found.sheet.seconds / 60, 1)))


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="FILE.xlsx")],
    session: Session = None,
) -> None:
    """Keep a workbook as a run sheet."""
    options = options_of(context)
    with new_workspace(options) as opened:
        found = opened.import_run_sheet(file, session=session)
    if options.json:
        show_json(found.document())
        return
    show(SAID.say(options.language, session=found.session_id, version=found.version,
                  n=len(found.sheet.items), minutes=round(found.sheet.seconds / 60, 1)))

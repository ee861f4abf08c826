"""``caopan batches``: the import ledger."""

from __future__ import annotations

from pathlib import PurePath

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import say, show, show_json
from caopan.store.batch import local
from caopan.units.message import Text

HELP = Text(zh="导入记录：每次带来了什么", en="The import ledger: what each import brought")
SHOWN_FILES = 3


def batches(context: typer.Context) -> None:
    """List the imports."""
    options = options_of(context)
    with workspace(options) as opened:
        records = opened.batches()
    if options.json:
        show_json({"batches": [record.document() for record in records]})
        return
    if not records:
        say(Text(zh="还没有导入过", en="nothing was imported yet").say(options.language))
    for record in records:
        state = "" if record.undone_at is None else Text(zh="已撤销", en="undone").say(
            options.language)
        sums = ", ".join(f"{name} +{counts.added} ~{counts.replaced} ={counts.unchanged}"
                         for name, counts in record.tables.items())
        files = ", ".join(PurePath(file).name for file in record.files[:SHOWN_FILES])
        show(f"{record.id}\t{local(record.made_at)}\t{sums}\t{record.note or files}\t{state}")

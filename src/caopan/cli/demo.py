"""``caopan demo``: a workspace of the synthetic world."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import new_workspace, options_of
from caopan.cli.output import say, show, show_json
from caopan.cli.progress import progress
from caopan.units.message import Text

HELP = Text(zh="造一个合成数据的工作区（处处标明合成）",
            en="Make a workspace of synthetic data, labelled so")


def demo(
    context: typer.Context,
    size: Annotated[str, typer.Option(help="toy | small | medium | large")] = "toy",
    seed: Annotated[int, typer.Option(help="随机种子 · the seed", min=0)] = 7,
) -> None:
    """Make a synthetic workspace."""
    options = options_of(context)
    with new_workspace(options) as opened, progress(options.language) as listener:
        result = opened.demo(size=size, seed=seed, progress=listener)
    if options.json:
        show_json({"workspace": options.workspace, "synthetic": True, "truth": result.truth,
                   "tables": result.tables})
        return
    label = Text(zh="合成数据，不是真实记录：", en="synthetic data, no real record:")
    say(label.say(options.language))
    for name, rows in result.tables.items():
        say(f"  {name}  {rows:,}")
    show(str(options.workspace))

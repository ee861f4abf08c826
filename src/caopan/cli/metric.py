"""``caopan metrics`` and ``caopan metric ID``: the catalogue, and one value."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.units.message import Text

HELP_LIST = Text(zh="指标目录：每个指标一个口径", en="The catalogue: one metric, one definition")
HELP = Text(zh="一个指标的值，可分组、分期、按当时所知",
            en="One metric's value, by group, period and as of")


def metrics(context: typer.Context) -> None:
    """List the metrics."""
    options = options_of(context)
    from caopan.metrics.catalogue import METRICS  # noqa: PLC0415 - --help must not load them

    catalogue = METRICS.values()
    if options.json:
        show_json({"metrics": [row.document(options.language) for row in catalogue]})
        return
    for row in catalogue:
        name = row.zh if options.language == "zh" else row.en
        show(f"{row.id}\t{name}\t{row.unit.value}\t{row.formula.say(options.language)}")


def metric(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="指标 id · the metric's id")],
    by: Annotated[list[str] | None, typer.Option(
        help="按哪一列分组，可多次 · group by, repeatable")] = None,
    start: Annotated[datetime | None, typer.Option(
        "--from", formats=["%Y-%m-%d"], help="从这一天 · from this day")] = None,
    end: Annotated[datetime | None, typer.Option(
        "--to", formats=["%Y-%m-%d"], help="到这一天之前 · up to, not including")] = None,
    as_of: Annotated[datetime | None, typer.Option(
        formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S",
                 "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"],
        help="按当时所知，不写时区按上海 · as known then, Shanghai where no offset")] = None,
) -> None:
    """Show one metric's value."""
    options = options_of(context)
    with workspace(options) as opened:
        table = opened.metric(name, by=tuple(by or ()), start=start and start.date(),
                              end=end and end.date(), as_of=as_of)
    if options.json:
        show_json(table.document(options.language))
        return
    for line in table.lines(options.language):
        show(line)

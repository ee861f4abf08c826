"""``caopan plan campaign``: a campaign of level S, A or B, designed and filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.cli.plan_options import minor
from caopan.cli.progress import progress
from caopan.playbook.campaign import Level
from caopan.units.message import Text
from caopan.workspace.campaign_making import Wanted

HELP = Text(zh="活动设计：S/A/B 级活动从模板起，系统填场次、目标、预算、备货、节目单，"
               "说清达成概率和卡点",
            en="Campaign: begun from an S, A or B template; sessions, targets, budget, stock and "
               "run sheets filled in, with the odds of the target and what blocks")

DAY = "%Y-%m-%d"


def campaign(
    context: typer.Context,
    level: Annotated[Level, typer.Option(help="级别 · S, A or B")],
    plan: Annotated[Path | None, typer.Option(
        help="排期文件或文件夹，不写就用导入的 · a plan; without it the imported one")] = None,
    name: Annotated[str | None, typer.Option(help="叫什么 · what it is called")] = None,
    start: Annotated[datetime | None, typer.Option(
        "--from", formats=[DAY], help="第一天 · the first day")] = None,
    burst_on: Annotated[datetime | None, typer.Option(
        "--on", formats=[DAY],
        help="爆发日；都不写取这一级最长的那场 · the burst day; else the longest show's")] = None,
    streamer: Annotated[list[str] | None, typer.Option(
        help="只要这些主播的场次 · these hosts' sessions only")] = None,
    target: Annotated[float | None, typer.Option(
        help="GMV 总目标（元） · GMV to reach")] = None,
    budget: Annotated[float | None, typer.Option(
        help="投放总预算（元） · spend in all")] = None,
    template: Annotated[str | None, typer.Option(
        help="模板编号，不写就用这一级的 · a template's id")] = None,
    keep: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--keep", help="存成活动的第一版 · keep it as its first version")] = False,
    accept: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--accept", help="收下全部建议并存 · take the whole proposal, and keep it")] = False,
) -> None:
    """Design a campaign."""
    options = options_of(context)
    wanted = Wanted(level=level, name=name, template=template, start=start and start.date(),
                    burst_on=burst_on and burst_on.date(), streamers=tuple(streamer or ()),
                    target=minor(target), budget=minor(budget))
    with workspace(options) as opened, progress(options.language) as listener:
        result = opened.design_campaign(wanted, plan=plan, language=options.language)
        if keep or accept:
            opened.keep_campaign(result.campaign)
        proposal = opened.propose_for_campaign(result.campaign, plan=plan, progress=listener,
                                               language=options.language)
        if accept:
            taken = opened.accept_for_campaign(
                result.campaign.id, plan=plan, language=options.language, progress=listener)
            result = replace(result, campaign=taken.campaign,
                             readiness=opened.campaign_readiness(taken.campaign.id))
        outlook = opened.campaign_outlook(result.campaign, plan=plan, progress=listener)
    found = replace(result, proposal=proposal, outlook=outlook)
    if options.json:
        show_json(found.document(options.language))
        return
    for line in found.lines(options.language):
        show(line)


"""``caopan plan growth SUBJECT``: stages, gates and the path of a host or merchant."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.units.message import CaopanError, Message, Text

HELP = Text(zh="成长规划：各阶段的目标和关口、现在过没过、按计划走到哪、下一步做什么",
            en="Growth plan: the stages with targets and gates, how each gate stands, where the "
               "plan leads, and what is next")
CHANGED = Text(zh="{where}：{before} → {after}", en="{where}: {before} → {after}")


class GrainOption(StrEnum):
    """Whose plan."""

    STREAMER = "streamer"
    MERCHANT = "merchant"


def growth(
    context: typer.Context, *,
    subject: Annotated[str, typer.Argument(help="主播或商家的编号 · a host's or merchant's id")],
    grain: Annotated[GrainOption, typer.Option(
        help="主播还是商家 · host or merchant")] = GrainOption.STREAMER,
    template: Annotated[str | None, typer.Option(
        help="按模板拟一份：ladder、phases、steady · propose one from a template")] = None,
    file: Annotated[Path | None, typer.Option(
        help="存这份 JSON · keep the plan of a JSON file")] = None,
    version: Annotated[int | None, typer.Option(
        help="看哪一版 · which kept version")] = None,
    against: Annotated[int | None, typer.Option(
        help="和哪一版比改了什么 · say what differs from this version")] = None,
    beside: Annotated[list[str] | None, typer.Option(
        help="和哪些方案比：v2 是版本，别的是模板 · beside a version (v2) or a template")] = None,
    keep: Annotated[bool, typer.Option(
        "--keep", help="把拟的存成新版本 · keep the proposal as a version")] = False,
) -> None:
    """Show, propose, keep or compare a growth plan."""
    options = options_of(context)
    with workspace(options) as opened:
        if file is not None:
            opened.keep_growth(_document(file))
        result = opened.growth(subject, grain=grain.value, version=version, template=template)
        if keep:
            opened.keep_growth(result.plan)
            result = opened.growth(subject, grain=grain.value)
        changes = () if against is None or result.kept is None else opened.growth_difference(
            subject, grain=grain.value, before=against, after=result.kept.version)
        compared = None if not beside else opened.growth_beside(
            subject, [f"v{result.kept.version}" if result.kept else template or "ladder",
                      *beside], grain=grain.value)
    if options.json:
        show_json({**result.document(options.language), "changes": [
            {"where": one.where, "before": one.before, "after": one.after} for one in changes],
            "beside": compared and compared.document(options.language)})
        return
    for line in result.lines(options.language):
        show(line)
    for plan in compared.plans if compared else ():
        show(plan.line(options.language))
    for one in changes:
        show(CHANGED.say(options.language, where=one.where, before=one.before or "—",
                         after=one.after or "—"))


def _document(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NoJsonError(file, fault) from fault
    if not isinstance(found, dict):
        raise NoJsonError(file, ValueError(type(found).__name__))
    plan = found.get("plan", found)
    return plan if isinstance(plan, dict) else found


class NoJsonError(CaopanError):
    """Raised for a file that holds no JSON object."""

    usage = True

    def __init__(self, file: Path, fault: Exception) -> None:
        """Name it and what is wrong."""
        super().__init__(Message(
            key="no_json", values={"file": file.name, "fault": str(fault)[:120]},
            text=Text(zh="{file} 不是 JSON 对象：{fault}", en="{file} is no JSON object: {fault}"),
            hint=Text(zh="用 caopan --json plan growth 的输出里的 plan 来改",
                      en="begin from the plan in what caopan --json plan growth prints")))

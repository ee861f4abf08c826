"""``caopan rehearse``: a session replayed into a live room with incidents, and scored."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import say, show, show_json
from caopan.units.message import Language, Text

HELP = Text(zh="演练：把一场重放进直播间，注入事故，看告警多久到",
            en="Rehearse: replay a session into a live room with incidents, and see how fast "
               "alerts come")
_DONE = Text(zh="演练 {minutes} 分钟，×{speed:g}：{injected} 起事故，告警报出 {detected} 起",
             en="rehearsed {minutes} minutes at ×{speed:g}: {detected} of {injected} incidents "
                "were told")
_SEEN = Text(zh="{kind} 第 {minute} 分钟：{after:.0f} 秒后告警",
             en="{kind}, minute {minute}: told after {after:.0f} s")
_MISSED = Text(zh="{kind} 第 {minute} 分钟：没有报出", en="{kind}, minute {minute}: not told")
_OTHER = Text(zh="另有 {n} 条告警，当时没有注入的事故",
              en="{n} further alerts came while nothing was made to go wrong")


def rehearse(
    context: typer.Context,
    session: Annotated[str | None, typer.Option(
        help="场次；不写用合成的一场 · the session; a made one where none is named")] = None,
    speed: Annotated[float, typer.Option(help="1–60 倍 · 1 to 60 times")] = 60.0,
    minutes: Annotated[int | None, typer.Option(
        help="只放前几分钟 · the first minutes alone", min=1)] = None,
    incident: Annotated[list[str] | None, typer.Option(
        help="事故@分钟，可写多次 · incident@minute, again and again: stream_lost, price_wrong, "
             "conversion_cliff, sell_out")] = None,
) -> None:
    """Replay a session and print how its incidents were told."""
    from caopan.units.clock import now  # noqa: PLC0415 - see cli/opened.py
    from caopan.workspace.live.desk import Desk  # noqa: PLC0415 - see cli/opened.py
    from caopan.workspace.live.rehearse import begun  # noqa: PLC0415 - see cli/opened.py

    options = options_of(context)
    with workspace(options) as opened:
        desk = Desk(opened.store)
        try:
            made = begun(desk, clock=now, session_id=session, speed=speed, minutes=minutes,
                         incidents=[_asked(word) for word in incident or []])
            say(made.room.title)
            made.run()
            found = made.document()
        finally:
            desk.close()
    if options.json:
        show_json(found)
        return
    for line in lines(found, options.language):
        show(line)


def _asked(word: str) -> dict[str, object]:
    kind, _, minute = word.partition("@")
    return {"kind": kind, "minute": int(minute) if minute.isdecimal() else minute}


def lines(found: dict[str, Any], language: Language) -> list[str]:
    """Return a rehearsal as lines for a person."""
    score = found["score"]
    told = [_DONE.say(language, minutes=found["minutes"], speed=found["speed"],
                      injected=score["injected"], detected=score["detected"])]
    for one in score["incidents"]:
        words = _SEEN if one["detected"] else _MISSED
        told.append("  " + words.say(language, kind=one["kind"], minute=one["minute"],
                                     after=one["after_seconds"] or 0.0))
    false = sum(not one["during"] for one in score["others"])
    if false:
        told.append(_OTHER.say(language, n=false))
    return told

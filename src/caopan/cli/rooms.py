"""``caopan rooms tail``: a growing file of events followed into a live room."""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any

import typer

from caopan.cli.opened import options_of
from caopan.cli.output import say, show_json_line
from caopan.units.message import CaopanError, Message, Text

GROUP_HELP = Text(zh="直播间", en="Live rooms")
TAIL_HELP = Text(zh="追一个不断变长的 NDJSON 或 CSV 文件，新的行作为事件发进直播间",
                 en="Follow a growing NDJSON or CSV file: its new lines go into a live room")
URL, TOKEN = "CAOPAN_URL", "CAOPAN_TOKEN"
PLACES = "tails"
_TOOK = Text(zh="记下 {accepted}，重复 {duplicates}，退回 {refused}",
             en="{accepted} kept, {duplicates} known, {refused} sent back")
_BAD = Text(zh="  {id}：{message}", en="  {id}: {message}")
_GAP = Text(zh="上次读到的文件找不到了：中间的可能没有读到，从现在的文件开头读起",
            en="the file that was read last is gone: some of it may not have been read; the "
               "present one is read from its beginning")


def tail(
    context: typer.Context,
    room: Annotated[str, typer.Argument(help="直播间编号 · the room's id")],
    file: Annotated[Path, typer.Argument(help="文件，可以还没有 · the file; it may come later")],
    url: Annotated[str | None, typer.Option(
        help=f"操盘台地址 · where the console is [${URL}, http://127.0.0.1:8700]")] = None,
    token_file: Annotated[Path | None, typer.Option(
        help=f"放令牌的文件 · the file with the owner's token [${TOKEN}]")] = None,
    once: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--once", help="读到末尾就停 · stop at its end")] = False,
) -> None:
    """Follow a file into a room until interrupted."""
    from caopan.ingest.tailing.following import Following, kept  # noqa: PLC0415 - see cli/opened.py
    from caopan.ingest.tailing.tail import Tail  # noqa: PLC0415 - see cli/opened.py

    options = options_of(context)
    name = blake2b(f"{room}\0{file.resolve()}".encode(), digest_size=8).hexdigest()
    places = options.workspace / PLACES / f"{name}.json"

    def heard(told: dict[str, Any]) -> None:
        if options.json:
            show_json_line(told)
            return
        say(_TOOK.say(options.language, accepted=told["accepted"], duplicates=told["duplicates"],
                      refused=len(told["rejected"])))
        for one in told["rejected"]:
            say(_BAD.say(options.language, id=one["id"] or one["index"], message=one["message"]))

    following = Following(file, place=kept(places))
    try:
        Tail(following=following, places=places, room=room, token=_token(token_file),
             base=url or os.environ.get(URL) or "http://127.0.0.1:8700", pause=time.sleep,
             heard=heard, gap=lambda: say(_GAP.say(options.language))).run(once=once)
    finally:
        following.close()


def _token(file: Path | None) -> str:
    """Return the owner's token, never from the words of the command: others can read those.

    Raises:
        NoTokenError: there is none.
    """
    try:
        said = file.read_text(encoding="utf-8") if file else os.environ.get(TOKEN, "")
    except OSError:
        said = ""
    if not said.strip():
        raise NoTokenError
    return said.strip()


class NoTokenError(CaopanError):
    """Raised where nothing says the owner's token."""

    usage = True

    def __init__(self) -> None:
        """Say where it is looked for."""
        super().__init__(Message(
            key="no_token", values={"name": TOKEN},
            text=Text(zh="没有令牌", en="there is no token"),
            hint=Text(zh="caopan serve --json 第一行的 token，放进环境变量 {name}，"
                         "或放进文件用 --token-file 指明",
                      en="put the token of the first line of caopan serve --json into {name}, or "
                         "into a file and name it with --token-file")))

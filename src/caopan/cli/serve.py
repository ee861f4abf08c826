"""``caopan serve``: the console in the browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from contextlib import suppress
from typing import Annotated

import typer

from caopan.cli.opened import options_of
from caopan.cli.output import say, show_json_line
from caopan.units.message import Message, Text

HELP = Text(zh="打开操盘台（浏览器），一次性链接进入",
            en="Open the console in the browser, by a one-time link")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="地址 · the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(
        help="端口；0 任选 · the port; 0: any free one", min=0, max=65_535)] = 8700,
    show: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--open/--no-open", help="打开浏览器 · open the browser")] = False,
    rehearse: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--rehearse", help="合成工作区里开一场演练 · begin a rehearsal, on a synthetic workspace "
                           "alone")] = False,
) -> None:
    """Serve until interrupted."""
    from caopan.web.handover import REHEARSE  # noqa: PLC0415 - as below
    from caopan.web.serving import serve as run  # noqa: PLC0415 - the web is loaded by serve only

    options = options_of(context)

    def ready(url: str, token: str) -> None:
        if options.json:
            show_json_line({"url": url, "token": token})
        else:
            say(Text(zh="操盘台（一次性链接，只能用一次；Ctrl+C 停止）：",
                     en="the console (this link works once; Ctrl+C stops it):")
                .say(options.language))
            say(f"  {url}")
        if show:
            open_browser(url)

    def tell(message: Message) -> None:
        say(message.say(options.language))
        hint = message.advise(options.language)
        if hint:
            say(hint)

    run(options.workspace, host=host, port=port, ready=ready, say=tell,
        rehearse=(REHEARSE,) if rehearse else ())


def open_browser(url: str) -> bool:
    """Open a page in the person's browser where there is one, and return whether it was tried.

    A browser in the terminal would take the terminal away, so without a screen none is opened.
    """
    has_screen = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not has_screen:
        return False
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(url)
    return False

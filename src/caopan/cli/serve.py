"""``caopan serve``: the console in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import options_of
from caopan.cli.output import say, show_json
from caopan.units.message import Text

HELP = Text(zh="打开操盘台（浏览器），一次性链接进入",
            en="Open the console in the browser, by a one-time link")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="地址 · the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口；0 任选 · the port; 0: any free one")] = 8700,
) -> None:
    """Serve until interrupted."""
    from caopan.web.serving import serve as run  # noqa: PLC0415 - the web is loaded by serve only

    options = options_of(context)

    def ready(url: str, token: str) -> None:
        if options.json:
            show_json({"url": url, "token": token})
            return
        say(Text(zh="操盘台（一次性链接，只能用一次）：", en="the console (this link works once):")
            .say(options.language))
        say(f"  {url}")

    run(options.workspace, host=host, port=port, ready=ready)

"""Serving (启动): one workspace behind one address, kept alive until interrupted."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from caopan.units.message import Message, Text
from caopan.web.address import Address, listen
from caopan.web.supervisor import Ready, Supervisor
from caopan.workspace.housing import housed


def serve(workspace: Path, *, host: str, port: int, ready: Callable[[str, str], None],
          say: Callable[[Message], None], rehearse: tuple[str, ...] = ()) -> None:
    """Serve a workspace until interrupted.

    Args:
        workspace: its folder.
        host: the address to listen on.
        port: the port; 0 takes any free one.
        ready: hears the one-time link and the owner's token once the console answers.
        say: hears what a person should know.
        rehearse: ``handover.REHEARSE`` begins a rehearsal on a synthetic workspace; empty: none.

    Raises:
        CaopanError: the address cannot be listened on, the workspace cannot be opened, or another
            console serves it.
    """
    with housed(workspace) as say_where, listen(host, port) as listening:
        address = Address(host=host, port=listening.getsockname()[1])
        say_where(address.url)
        if not address.is_loopback:
            say(EXPOSED)

        def began(child: Ready) -> None:
            ready(f"{address.url}/enter#{child.ticket}", child.token)

        command = [sys.executable, "-m", "caopan.web.child", str(workspace),
                   *rehearse, *sorted(address.names)]
        supervisor = Supervisor(command, listening=listening, ready=began, say=say)
        asyncio.run(supervisor.run())


EXPOSED = Message(
    key="exposed",
    text=Text(zh="注意：这个地址别的机器也够得到，而且没有加密；有一次性链接或令牌的人就能看到全部数据",
              en="mind: other machines can reach this address, and nothing is encrypted; whoever "
                 "has the one-time link or the token sees all data"),
    hint=Text(zh="只给自己用就不要写 --host；给别人用请放在有 HTTPS 的代理后面",
              en="leave --host away for yourself; for others, stand it behind a proxy with HTTPS"))

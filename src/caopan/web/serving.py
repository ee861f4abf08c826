"""Serving (启动): one open workspace behind one address."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from caopan.web.app import HOSTS, application
from caopan.web.house import House
from caopan.workspace.workspace import Workspace


def serve(workspace: Path, *, host: str, port: int, ready: Callable[[str, str], None]) -> None:
    """Serve a workspace until interrupted.

    Args:
        workspace: its folder.
        host: the address to listen on.
        port: the port; 0 takes any free one.
        ready: hears the one-time link and the owner's token once the address is taken.
    """
    listening = socket.create_server((host, port))
    url = os.environ.get("CAOPAN_DATABASE_URL") or None
    with Workspace.open(workspace, url=url) as opened, listening:
        house = House.of(opened)
        name = f"http://{host}:{listening.getsockname()[1]}"
        ready(f"{name}/enter#{opened.new_ticket()}", house.keys.owner)
        app = application(house, hosts=HOSTS | {host})
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        server.run(sockets=[listening])

"""The supervisor (守护): one server child at a time, begun again when it dies."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from caopan.units.message import CaopanError, Message, Text
from caopan.web.handover import GO, GO_WITH_TICKET, handed
from caopan.web.job import message_of

T = TypeVar("T")

SHORT_LIFE = 10.0
"""A child that served for fewer seconds, or not at all, died at its start."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STAND_BY_AFTER = 1.0
"""So long after a start the next child is loaded, to stand by."""
GIVE_UP = 3
"""So many deaths before anything was served end the attempt."""
PATIENCE = 6.0
"""So many seconds a child has to end by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What a child says when it serves."""

    ticket: str | None
    token: str


def pause_after(deaths: int) -> float:
    """Return the seconds to wait after so many deaths at the start, one after another.

    >>> [pause_after(deaths) for deaths in (0, 1, 2, 3, 20)]
    [0.0, 0.0, 0.5, 1.0, 30.0]
    """
    if deaths <= 1:
        return 0.0
    return min(FIRST_PAUSE * 2.0 ** min(deaths - 2, 30), LONGEST_PAUSE)


class Supervisor:
    """Keeps one server child alive; the socket is the parent's and never closes between.

    A second child stands by, loaded and asleep, so that a death costs no loading time.

    Args:
        command: what begins a child; it speaks as ``caopan.web.child`` does.
        listening: the socket.
        ready: hears the first child's ticket and the owner's token.
        say: hears what a person should know.
    """

    def __init__(self, command: Sequence[str], *, listening: socket.socket,
                 ready: Callable[[Ready], None], say: Callable[[Message], None]) -> None:
        """Keep how every child is begun."""
        self.command, self.listening, self.ready, self.say = command, listening, ready, say
        self._stop = asyncio.Event()
        self._children: list[Process] = []
        self._spare: Process | None = None

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT.

        Raises:
            CaopanError: the workspace cannot be opened, or no child ever served.
        """
        loop = asyncio.get_running_loop()
        before = {number: signal.signal(
            number, lambda *_: loop.call_soon_threadsafe(self._stop.set))
            for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            await self._serve()
        finally:
            await asyncio.gather(*(_ended(child) for child in self._children))
            for number, handler in before.items():
                signal.signal(number, handler)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        child, deaths, served = await self._born(), 0, False
        while not self._stop.is_set():
            ready = await self._go(child, is_first=not served)
            began = loop.time()
            if ready is not None and not served:
                self.ready(ready)
            served = served or ready is not None
            standing_by = asyncio.create_task(self._stand_by(child))
            await self._unless_stopped(child.wait())
            await standing_by
            if self._stop.is_set():
                return
            lived = ready is not None and loop.time() - began >= SHORT_LIFE
            deaths = 0 if lived else deaths + 1
            if not served and deaths >= GIVE_UP:
                raise StartFailedError
            await self._mourn(child, deaths)
            child = await self._next()

    async def _mourn(self, child: Process, deaths: int) -> None:
        self._children.remove(child)
        pause = pause_after(deaths)
        self.say(_died(child.returncode, deaths=deaths, pause=pause))
        await self._unless_stopped(asyncio.sleep(pause))

    async def _born(self) -> Process:
        """Return a child that loads itself and waits to be told to go."""
        handle = self.listening.fileno()
        kept = {} if sys.platform == "win32" else {"pass_fds": (handle,)}
        child = await asyncio.create_subprocess_exec(
            *self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            start_new_session=True, **kept)  # type: ignore[arg-type]
        self._children.append(child)
        return child

    async def _stand_by(self, serving: Process) -> None:
        """Have a child ready for when the one that serves dies."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._unless_stopped(serving.wait()), STAND_BY_AFTER)
        needed = self._spare is None or self._spare.returncode is not None
        if needed and serving.returncode is None and not self._stop.is_set():
            self._spare = await self._born()

    async def _next(self) -> Process:
        spare, self._spare = self._spare, None
        return spare if spare is not None and spare.returncode is None else await self._born()

    async def _go(self, child: Process, *, is_first: bool) -> Ready | None:
        """Tell a child to serve; return what it says, None where it died before.

        Raises:
            CaopanError: the first child says why it cannot.
        """
        if child.stdin is None or child.stdout is None:
            return None
        words = [GO_WITH_TICKET if is_first else GO, handed(self.listening, child.pid)]
        child.stdin.write(" ".join(words).encode() + b"\n")
        line = await self._unless_stopped(child.stdout.readline())
        told: dict[str, Any] = json.loads(line) if line else {}
        if "refused" in told and is_first:
            raise CaopanError(message_of(told["refused"]))
        return Ready(**told["ready"]) if "ready" in told else None

    async def _unless_stopped(self, coming: Coroutine[Any, Any, T]) -> T | None:
        """Wait for something, or for the order to stop; None where that came first."""
        task, stop = asyncio.create_task(coming), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            stop.cancel()
            task.cancel()


async def _ended(child: Process) -> None:
    """End a child: asked first, then made to."""
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError):
        child.terminate()
        try:
            await asyncio.wait_for(child.wait(), PATIENCE)
        except TimeoutError:
            child.kill()
            await child.wait()


def _died(code: int | None, *, deaths: int, pause: float) -> Message:
    if pause:
        return Message(
            key="server_dies", values={"deaths": deaths, "pause": f"{pause:g}"},
            text=Text(zh="操盘台连着 {deaths} 次一启动就退出，{pause} 秒后再试",
                      en="the server has died {deaths} times at its start; next try in {pause} s"),
            hint=Text(zh="原因在上面的记录里；Ctrl+C 停止",
                      en="the log above says why; Ctrl+C ends it"))
    return Message(
        key="server_restarted", values={"code": "?" if code is None else code},
        text=Text(zh="操盘台的服务进程意外退出（{code}），已立即重新启动；打开的页面会自己接上",
                  en="the server process ended unexpectedly ({code}) and was started again at "
                     "once; open pages reconnect by themselves"))


class StartFailedError(CaopanError):
    """Raised when no child ever served."""

    def __init__(self) -> None:
        """Say where the reason stands."""
        super().__init__(Message(
            key="server_does_not_start",
            text=Text(zh="操盘台的服务进程一启动就退出，没有启动成功",
                      en="the server process dies at its start; the console was not started"),
            hint=Text(zh="原因在上面的记录里", en="the log above says why")))

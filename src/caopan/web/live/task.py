"""Supervised tasks (后台任务): restarted when they fail, and telling how they are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

LOG = logging.getLogger("caopan.web")
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds before a task that failed begins again; doubled each time until it holds."""


@dataclass(slots=True, kw_only=True)
class Health:
    """How one task is."""

    running: bool = False
    restarts: int = 0
    fault: str | None = None
    """What it failed with last; None once it has worked again."""

    def well(self) -> None:
        """Say that the task has just done what it is for."""
        self.fault = None


Work = Callable[[Health], Awaitable[None]]


async def supervised(name: str, work: Work, health: Health) -> None:
    """Run a task for ever: where it fails it is logged once a fault and begun again."""
    pause = FIRST_PAUSE
    health.running = True
    try:
        while True:
            try:
                await work(health)
            except Exception as fault:
                known = health.fault is not None
                pause = min(pause * 2, LONGEST_PAUSE) if known else FIRST_PAUSE
                if not known:
                    LOG.warning("the task %s failed and is begun again", name, exc_info=fault)
                health.fault = type(fault).__name__
                health.restarts += 1
            await asyncio.sleep(pause)
    finally:
        health.running = False

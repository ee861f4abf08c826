"""Every address of the console; each screen's file says its own."""

from __future__ import annotations

from caopan.web.console import (
    entrance,
    handbook,
    imports,
    job,
    metrics,
    palette,
    quality,
    settings,
    today,
)
from caopan.web.screen import Screen

SCREENS: tuple[Screen, ...] = (
    *entrance.SCREENS,
    *today.SCREENS,
    *settings.SCREENS,
    *job.SCREENS,
    *handbook.SCREENS,
    *metrics.SCREENS,
    *imports.SCREENS,
    *palette.SCREENS,
    *quality.SCREENS,
)

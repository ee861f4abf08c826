"""Every address of the console; each screen's file says its own."""

from __future__ import annotations

from caopan.web.console import (
    diagnosis,
    diagnosis_list,
    diagnosis_parts,
    entrance,
    job,
    metrics,
    palette,
    settings,
    today,
)
from caopan.web.screen import Screen

SCREENS: tuple[Screen, ...] = (
    *entrance.SCREENS,
    *today.SCREENS,
    *settings.SCREENS,
    *job.SCREENS,
    *metrics.SCREENS,
    *palette.SCREENS,
    *diagnosis_list.SCREENS,
    *diagnosis_parts.SCREENS,
    *diagnosis.SCREENS,
)

"""Every address of the console; each screen's file says its own."""

from __future__ import annotations

from caopan.web.console import (
    entrance,
    job,
    metrics,
    palette,
    session_page,
    settings,
    subject_page,
    subjects,
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
    *subjects.SCREENS,
    *subject_page.SCREENS,
    *session_page.SCREENS,
)

"""Every address of the console; each screen's file says its own."""

from __future__ import annotations

from caopan.web.console import (
    diagnosis,
    diagnosis_list,
    diagnosis_parts,
    entrance,
    gallery,
    handbook,
    imports,
    job,
    metrics,
    palette,
    quality,
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
    *imports.SCREENS,
    *subjects.SCREENS,
    *subject_page.SCREENS,
    *session_page.SCREENS,
    *diagnosis_list.SCREENS,
    *diagnosis_parts.SCREENS,
    *diagnosis.SCREENS,
    *metrics.SCREENS,
    *handbook.SCREENS,
    *quality.SCREENS,
    *settings.SCREENS,
    *palette.SCREENS,
    *job.SCREENS,
    *gallery.SCREENS,
)

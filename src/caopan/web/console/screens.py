"""Every address of the console by its first words; each screen's file says its own."""

from __future__ import annotations

from caopan.web.screen import Screen
from caopan.web.wing import Wing


def every() -> tuple[Screen, ...]:
    """Return every screen there is, all loaded.

    >>> len({(one.path, *one.methods) for one in every()}) == len(every())
    True
    """
    return tuple(screen for wing in WINGS for screen in wing.load())


def _house() -> tuple[Screen, ...]:
    from caopan.web.console import entrance, job, palette, today

    return (*entrance.SCREENS, *today.SCREENS, *palette.SCREENS, *job.SCREENS)


def _settings() -> tuple[Screen, ...]:
    from caopan.web.console import settings

    return settings.SCREENS


def _imports() -> tuple[Screen, ...]:
    from caopan.web.console import imports, imports_tables

    return (*imports_tables.SCREENS, *imports.SCREENS)


def _subjects() -> tuple[Screen, ...]:
    from caopan.web.console import session_page, subject_page, subjects

    return (*subjects.SCREENS, *subject_page.SCREENS, *session_page.SCREENS)


def _diagnoses() -> tuple[Screen, ...]:
    from caopan.web.console import (
        diagnosis,
        diagnosis_list,
        diagnosis_parts,
        diagnosis_tables,
    )

    return (*diagnosis_list.SCREENS, *diagnosis_parts.SCREENS, *diagnosis_tables.SCREENS,
            *diagnosis.SCREENS)


def _plans() -> tuple[Screen, ...]:
    from caopan.web.console import (
        plan_backtest,
        plan_compare,
        plan_response,
        plan_sessions,
        plan_stock,
    )

    return (*plan_sessions.SCREENS, *plan_response.SCREENS, *plan_stock.SCREENS,
            *plan_compare.SCREENS, *plan_backtest.SCREENS)


def _growth() -> tuple[Screen, ...]:
    from caopan.web.console import growth

    return growth.SCREENS


def _campaigns() -> tuple[Screen, ...]:
    from caopan.web.console import (
        campaign_changes,
        campaign_list,
        campaign_page,
        campaign_proposal,
    )

    return (*campaign_list.SCREENS, *campaign_changes.SCREENS, *campaign_proposal.SCREENS,
            *campaign_page.SCREENS)


def _rooms() -> tuple[Screen, ...]:
    from caopan.web.console import (
        room_commands,
        room_feeds,
        room_hand,
        room_list,
        room_page,
    )

    return (*room_list.SCREENS, *room_page.SCREENS, *room_commands.SCREENS, *room_hand.SCREENS,
            *room_feeds.SCREENS)


def _run_sheets() -> tuple[Screen, ...]:
    from caopan.web.console import sheet_do, sheet_page

    return (*sheet_page.SCREENS, *sheet_do.SCREENS)


def _handbook() -> tuple[Screen, ...]:
    from caopan.web.console import catalogue_tables, handbook, metrics, quality, quality_tables

    return (*catalogue_tables.SCREENS, *metrics.SCREENS, *handbook.SCREENS, *quality.SCREENS,
            *quality_tables.SCREENS)


def _gallery() -> tuple[Screen, ...]:
    from caopan.web.console import gallery

    return gallery.SCREENS


WINGS = (
    Wing(words=frozenset({"", "enter", "palette", "jobs"}), load=_house),
    Wing(words=frozenset({"settings"}), load=_settings),
    Wing(words=frozenset({"import"}), load=_imports),
    Wing(words=frozenset({"subjects", "sessions"}), load=_subjects),
    Wing(words=frozenset({"diagnose", "diagnosis"}), load=_diagnoses),
    Wing(words=frozenset({"plan"}), load=_plans),
    Wing(words=frozenset({"campaigns"}), load=_campaigns),
    Wing(words=frozenset({"growth"}), load=_growth),
    Wing(words=frozenset({"rooms"}), load=_rooms),
    Wing(words=frozenset({"runsheets"}), load=_run_sheets),
    Wing(words=frozenset({"metrics", "handbook", "quality"}), load=_handbook),
    Wing(words=frozenset({"gallery"}), load=_gallery),
)
"""In the order in which they are loaded ahead: what is opened first stands first."""

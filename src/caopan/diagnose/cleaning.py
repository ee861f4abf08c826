"""Which rows count as sessions, and why the others are set apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from caopan.diagnose.inputs import Sessions
from caopan.stats.arrays import Bools, Ints, grouped_sum
from caopan.units.message import Text


class Apart(IntEnum):
    """Why a row is set apart (另放); ``KEPT`` rows count."""

    KEPT = 0
    NO_CART = 1
    """A show without a cart (无购物车): sales are blank, not zero."""
    FALSE_START = 2
    """A false start (误开播): short, and nothing sold."""
    TWIN = 3
    """The same session a second time."""
    NO_VIEWS = 4
    """A placeholder: not one view."""
    NO_GMV = 5
    """Something was sold, but GMV is blank."""
    NO_UNITS = 6
    """The number of units is blank, where sales are counted in units."""


WORDS: dict[Apart, Text] = {
    Apart.NO_CART: Text(zh="没挂购物车（成交是空的，不是 0）",
                        en="shows without a cart (sales are blank, not 0)"),
    Apart.FALSE_START: Text(zh="误开播（时间短，没有成交）",
                            en="false starts (short, nothing sold)"),
    Apart.TWIN: Text(zh="同一场的重复行", en="repeated rows of one session"),
    Apart.NO_VIEWS: Text(zh="场观为 0 的占位行", en="placeholder rows with zero views"),
    Apart.NO_GMV: Text(zh="有成交但 GMV 是空的", en="sessions with sales but a blank GMV"),
    Apart.NO_UNITS: Text(zh="件数是空的", en="sessions with a blank number of units"),
}

TWIN_COLUMNS = ("minutes", "views", "viewers", "gmv", "orders", "units")
"""Two rows of one subject and one start that agree in all of these are one session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What makes a false start: shorter than so many minutes, and nothing sold."""

    false_start_minutes: float = 10.0


def set_apart(sessions: Sessions, *, limits: Limits | None = None) -> Ints:
    """Return for every session why it is set apart, a value of ``Apart``.

    >>> from caopan.diagnose.inputs import sessions as made
    >>> rows = made(subject=[0, 0], session_id=["a", "b"],
    ...             started_at=["2026-03-01", "2026-03-02"],
    ...             columns={"gmv": [None, 500], "minutes": [60, 90]})
    >>> set_apart(rows).tolist()
    [1, 0]
    """
    limits = limits or Limits()
    columns = sessions.columns
    sold = _positive(sessions, "gmv") | _positive(sessions, "orders") | _positive(
        sessions, "units") | _positive(sessions, "buyers")
    reason = np.full(len(sessions), int(Apart.KEPT), dtype=np.int64)
    reason[_without_views(sessions)] = Apart.NO_VIEWS
    blank = np.isnan(sessions.sold)
    reason[blank] = np.where(sold[blank], Apart.NO_GMV, Apart.NO_CART) if (
        sessions.measure.priced) else Apart.NO_UNITS
    reason[~sold & (columns["minutes"] < limits.false_start_minutes)] = Apart.FALSE_START
    reason[_twins(sessions)] = Apart.TWIN
    return reason


def _positive(sessions: Sessions, name: str) -> Bools:
    return np.asarray(np.nan_to_num(sessions.columns[name]) > 0)


def _without_views(sessions: Sessions) -> Bools:
    """Return rows with zero views whose subject does have views in other rows."""
    seen = np.fmax(sessions.columns["views"], sessions.columns["viewers"])
    if not len(sessions):
        return np.zeros(0, dtype=np.bool_)
    subjects = int(sessions.subject[-1]) + 1
    watched = grouped_sum(np.nan_to_num(seen), sessions.subject, subjects) > 0
    return np.asarray((seen == 0) & watched[sessions.subject])


def _twins(sessions: Sessions) -> Bools:
    """Return rows equal to an earlier row of the same subject and start."""
    keys = [np.nan_to_num(sessions.columns[name], nan=-1.0) for name in TWIN_COLUMNS]
    order = np.lexsort((*keys, sessions.started_at, sessions.subject))
    same = (np.diff(sessions.subject[order]) == 0) & (
        np.diff(sessions.started_at[order]) == np.timedelta64(0, "us"))
    for key in keys:
        same &= np.diff(key[order]) == 0
    twins = np.zeros(len(sessions), dtype=np.bool_)
    twins[order[1:][same]] = True
    return twins

"""What forecasts learn from: a workspace's sessions with their plans, and those to come."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.inputs import Inputs
from caopan.facts.schema import PRODUCTS_SHOWN
from caopan.forecast.history import History
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.store.store import Store
from caopan.workspace.answers import Kept, counting
from caopan.workspace.gathering import gather
from caopan.workspace.grain import Grain

GRADES = {"S": 2.0, "A": 1.0, "B": 0.0}
"""The level of a session as a number: the higher, the more is put into it."""
DAY = np.timedelta64(1, "D")
NO_SESSIONS_OF_A_PLAN = (Apart.FALSE_START, Apart.TWIN, Apart.NO_VIEWS)
"""What was never planned as a session is not learnt from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCome:
    """A session to come: its host's place among the subjects, and its plan (NaN = not said)."""

    subject: int
    start: float
    hours: float
    products: float
    spend: float = np.nan
    grade: float = np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """The sessions of everyone, ordered as ``inputs.sessions``, with what was planned of each.

    ``planned``: shape (n,), minutes, NaN where no plan was kept. ``products``: shape (n,), how
    many products were planned, else shown; ``spend``, minor units planned, and ``grade``, the
    level; NaN = not known.
    """

    inputs: Inputs
    planned: Floats
    products: Floats
    spend: Floats
    grade: Floats

    @property
    def start(self) -> Floats:
        """Return the start of every session, days since 1970-01-01."""
        return np.asarray((self.inputs.sessions.started_at - np.datetime64(0, "us")) / DAY)

    def told(self, outcome: str) -> Bools:
        """Return which sessions say what they brought, and were sessions at all."""
        sessions = self.inputs.sessions
        apart = set_apart(sessions)
        known = np.isfinite(sessions.columns[outcome]) & (sessions.columns[outcome] >= 0)
        return np.asarray(known & ~np.isin(apart, [int(one) for one in NO_SESSIONS_OF_A_PLAN]))

    def history(self, outcome: str, mine: Bools, coming: Sequence[ToCome] = ()) -> History:
        """Return the history of one outcome of some sessions, those to come behind the known.

        Each row to come keeps its order within its subject.
        """
        sessions = self.inputs.sessions
        lasted = sessions.columns["minutes"][mine] / 60.0
        planned = self.planned[mine] / 60.0
        kept = np.isfinite(planned)
        ahead = len(coming)
        subject = np.concatenate([sessions.subject[mine], _ints([one.subject for one in coming])])
        order = np.argsort(subject, kind="stable")

        def joined(known: Floats, ahead_: Sequence[float]) -> Floats:
            return np.concatenate([known, np.array(ahead_, dtype=np.float64)])[order]

        return History(
            subject=subject[order].astype(np.int64),
            start=joined(self.start[mine], [one.start for one in coming]),
            hours=joined(np.where(kept, planned, lasted), [one.hours for one in coming]),
            sold=joined(sessions.columns[outcome][mine], [np.nan] * ahead),
            lasted=joined(lasted, [np.nan] * ahead),
            products=joined(self.products[mine], [one.products for one in coming]),
            spend=joined(self.spend[mine], [one.spend for one in coming]),
            grade=joined(self.grade[mine], [one.grade for one in coming]),
            kept=np.concatenate([kept, np.ones(ahead, dtype=np.bool_)])[order])


def learning(store: Store) -> Learning:
    """Return what can be learnt from in a workspace."""
    inputs = gather(store.tables(), store.fetch, grain=Grain.STREAMER)
    names = inputs.sessions.session_id
    return Learning(inputs=inputs, planned=_column(names, _plans(store, "planned_minutes")),
                    products=_column(names, _products(store)),
                    spend=_column(names, _plans(store, "planned_ad_spend")),
                    grade=_column(names, {name: GRADES[level] for name, level in _plans(
                        store, "level").items()}))


def learning_of(store: Store, kept: Kept) -> Learning:
    """Return the same as it is remembered while the same imports count."""
    return kept.answer(counting(store), ("learning",), lambda: learning(store))


def day_number(moment: datetime) -> float:
    """Return an aware instant as days since 1970-01-01.

    >>> from datetime import UTC
    >>> day_number(datetime(1970, 1, 2, 12, tzinfo=UTC))
    1.5
    """
    return moment.timestamp() / 86_400.0


def _plans(store: Store, column: str) -> dict[str, Any]:
    """Return what was planned of sessions: said with them, else in an imported plan."""
    found: dict[str, Any] = {}
    for name in ("planned_sessions", "sessions"):
        table = store.tables()[name]
        rows = store.fetch(table.filter(table[column].notnull()).select("session_id", column))
        found |= dict(zip(rows["session_id"].to_pylist(), rows[column].to_pylist(), strict=True))
    return found


def _products(store: Store) -> dict[str, float]:
    """Return how many products each session had, by plan, else as its product rows tell."""
    tables = store.tables()
    shown = tables["session_products"].group_by("session_id").agg(
        n=tables["session_products"].count())
    rows = store.fetch(shown)
    extra = store.fetch(tables["sessions"].filter(
        tables["sessions"].extra.contains(f'"{PRODUCTS_SHOWN}"')).select("session_id", "extra"))
    said = {name: json.loads(text).get(PRODUCTS_SHOWN) for name, text in zip(
        extra["session_id"].to_pylist(), extra["extra"].to_pylist(), strict=True)}
    return {**{name: float(value) for name, value in said.items() if _counts(value)},
            **dict(zip(rows["session_id"].to_pylist(), rows["n"].to_pylist(), strict=True)),
            **_plans(store, "planned_products")}


def _counts(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal()


def _column(names: np.typing.NDArray[np.object_], known: Mapping[str, float]) -> Floats:
    return np.array([known.get(name, np.nan) for name in names], dtype=np.float64)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)

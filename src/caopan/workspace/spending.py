"""The sessions of a workspace as a response reads them: spend, plan, draw, and what was sold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.inputs import Inputs
from caopan.forecast.spending import CHOSEN, Spending
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.store.store import Store
from caopan.workspace import experiments
from caopan.workspace.ad_rows import AdRows, ad_rows
from caopan.workspace.gathering import gather
from caopan.workspace.grain import Grain

NO_SESSIONS = (Apart.FALSE_START, Apart.TWIN, Apart.NO_VIEWS)
"""What was never meant as a session is not learnt from."""
RUNGS = {"x0": 0, "x1": 1, "x2": 2}
LEVELS = {"A": 1, "S": 2}
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """What a platform attributes to spend (平台归因): its own claim, never an effect.

    Minor units over the ``n`` sessions for which it claims any revenue at all.
    """

    revenue: float
    spend: float
    n: int

    @property
    def ratio(self) -> float | None:
        """Return the attributed revenue per unit of spend; None without spend."""
        return self.revenue / self.spend if self.spend > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Sessions in the currency of most, and the platform's claim of each host.

    ``unknown`` sessions have no spend on record (which is not none) and are not learnt from;
    ``elsewhere`` are in other currencies.
    """

    sessions: Spending
    currency: str
    session_id: tuple[str, ...]
    attributed: dict[str, Attributed]
    unknown: int
    elsewhere: int
    ads: AdRows
    everyone: frozenset[str]
    """Every host with sessions, also those of whose spend nothing is known."""


def spent(store: Store) -> Spent:
    """Return what a response is learnt from."""
    inputs = gather(store.tables(), store.fetch, grain=Grain.STREAMER)
    rows = inputs.sessions
    plans = _by_session(store, "sessions", ("planned_minutes", "planned_ad_spend", "level"))
    rows_of_ads = ad_rows(store, inputs)
    ads = rows_of_ads.sessions
    logged = experiments.logged(store)
    ids = rows.session_id.tolist()
    sold = rows.columns["gmv"]
    counts = np.asarray(np.isfinite(sold) & (sold >= 0) & rows.dated
                        & ~np.isin(set_apart(rows), [int(one) for one in NO_SESSIONS]))
    currency, mine = _currency(inputs, counts)
    spend = np.where(np.isfinite(rows.columns["ad_spend"]), rows.columns["ad_spend"],
                     _column(ids, ads, "spend"))
    known = mine & np.isfinite(spend)
    minutes = _column(ids, plans, "planned_minutes")
    minutes = np.where(np.isfinite(minutes), minutes, rows.columns["minutes"])
    rung = np.array([RUNGS.get(str(logged.get(one) or ads.get(one, {}).get("experiment")), CHOSEN)
                     for one in ids], dtype=np.int64)
    whole = Spending(
        subject=rows.subject, start=(rows.started_at - np.datetime64(0, "us")) / DAY,
        hours=minutes / 60.0, weekday=((rows.day + 3) % 7).astype(np.int64),
        level=np.array([LEVELS.get(str(plans.get(one, {}).get("level")), 0) for one in ids],
                       dtype=np.int64),
        spend=spend, planned=_column(ids, plans, "planned_ad_spend"), rung=rung, sold=sold,
        names=tuple(subject.id for subject in inputs.subjects))
    return Spent(
        sessions=whole.of(known), currency=currency, unknown=int((mine & ~known).sum()),
        session_id=tuple(np.array(ids, dtype=object)[known].tolist()),
        elsewhere=int((counts & ~mine).sum()), everyone=frozenset(whole.names), ads=rows_of_ads,
        attributed=_attributed(ids, rows.subject, whole.names, ads, known))


def _by_session(store: Store, name: str, columns: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    table = store.tables()[name]
    rows: pa.Table = store.fetch(table.select("session_id", *columns))
    return {row["session_id"]: row for row in rows.to_pylist()}


def _column(ids: list[str], rows: dict[str, dict[str, Any]], name: str) -> Floats:
    found = (rows.get(one, {}).get(name) for one in ids)
    return np.array([np.nan if value is None else value for value in found], dtype=np.float64)


def _currency(inputs: Inputs, counts: Bools) -> tuple[str, Bools]:
    """Return the currency of the most sessions, and which counted sessions are in it."""
    names = np.array([subject.currency for subject in inputs.subjects], dtype=object)
    of = names[inputs.sessions.subject] if len(names) else np.empty(0, dtype=object)
    most = Counter(of[counts].tolist()).most_common(1)
    currency = str(most[0][0]) if most else "CNY"
    return currency, np.asarray(counts & (of == currency))


def _attributed(ids: list[str], subject: Ints, names: tuple[str, ...],
                ads: dict[str, dict[str, Any]], known: Bools) -> dict[str, Attributed]:
    """Return the platform's claim by host."""
    revenue, spend = _column(ids, ads, "attributed_gmv"), _column(ids, ads, "spend")
    told = known & np.isfinite(revenue) & np.isfinite(spend)
    found = {}
    for at in np.unique(subject[told]).tolist():
        mine = told & (subject == at)
        found[names[at]] = Attributed(revenue=float(revenue[mine].sum()),
                                      spend=float(spend[mine].sum()), n=int(mine.sum()))
    return found

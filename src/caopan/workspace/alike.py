"""Hosts alike: whom a host without a history is told from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.facts.plan import PlannedSession
from caopan.forecast.cold import hosts_known, pooled
from caopan.forecast.history import History
from caopan.stats.arrays import Bools, Floats
from caopan.store.store import Store
from caopan.workspace.hosts import Hosts
from caopan.workspace.learning import Learning

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromAlike:
    """What hosts alike tell: from how many, and what they share (``category``, ``platform``)."""

    quantiles: Floats | None
    hosts: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The category, platform and currency of every subject, and the category of merchants."""

    subjects: tuple[Key, ...]
    categories: dict[str, str]

    @staticmethod
    def of(store: Store, learnt: Learning, hosts: Hosts) -> Alike:
        """Return what is known of the hosts of a workspace."""
        merchants = store.tables()["merchants"]
        rows = store.fetch(merchants.filter(merchants.category.notnull()).select(
            "merchant_id", "category"))
        categories = dict(zip(rows["merchant_id"].to_pylist(), rows["category"].to_pylist(),
                              strict=True))
        inputs = learnt.inputs
        return Alike(categories=categories, subjects=tuple(
            (category or categories.get(hosts.merchant.get(subject.id, "")),
             hosts.platform.get(subject.id), subject.currency)
            for subject, category in zip(inputs.subjects, inputs.categories, strict=True)))

    def told(self, history: History, owner: Bools, session: PlannedSession,
             hours: float) -> FromAlike:
        """Return what a session of a new host may bring, from those most like it that suffice.

        Args:
            history: the known sessions of one outcome.
            owner: which subjects have any, by place in ``subjects``.
            session: the planned session.
            hours: its planned hours; NaN = not said.
        """
        own: Key = (self.categories.get(session.merchant_id or ""), session.platform,
                    session.currency)
        hosts = 0
        for by, shared in (("category", (0, 1, 2)), ("platform", (1, 2)), ("currency", (2,))):
            if by != "currency" and own[shared[0]] is None:
                continue
            same = np.array([all(one[at] == own[at] for at in shared) for one in self.subjects],
                            dtype=np.bool_) & owner
            mine = same[history.subject]
            hosts = hosts_known(history, mine)
            found = pooled(history, mine, hours)
            if found is not None:
                return FromAlike(quantiles=found, hosts=hosts, by=by)
        return FromAlike(quantiles=None, hosts=hosts, by="currency")

"""Models (预估模型) that are kept: fitted once for a history, and told from until it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.kept_document import SCHEMA, document, learnt_of
from caopan.forecast.outlook import By, learnt_from
from caopan.store.documents import Document
from caopan.store.store import Store
from caopan.workspace.grain import Grain

KIND = "forecast_model"
SEED = 20_260
"""Of what is drawn by chance: the same history gives the same model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One version of what was learnt of one outcome, and of how much.

    ``id``: of its document; ``version``: counted from 1 for each outcome. ``sessions`` and
    ``hosts``: how many it was fitted on.
    """

    outcome: str
    id: int
    version: int
    fitted_at: datetime
    sessions: int
    hosts: int
    learnt: Learnt

    def document(self) -> dict[str, object]:
        """Return which model it is as JSON."""
        return {"outcome": self.outcome, "id": self.id, "version": self.version,
                "fitted_at": self.fitted_at.isoformat(), "sessions": self.sessions,
                "hosts": self.hosts, "seed": SEED}


def model_of(store: Store, outcome: str, history: History, *, now: datetime,
             fitting: Callable[[], None] = lambda: None) -> Model:
    """Return the model of one outcome for a history: the kept one, else a new version of it.

    Args:
        store: where models are kept.
        outcome: what is told.
        history: every known session of it.
        now: when a new version is fitted.
        fitting: hears that a model is fitted now, which takes its time.
    """
    found = kept_of(store, outcome, history)
    if found is not None:
        return found
    fitting()
    kind = f"{KIND}.{outcome}"
    learnt = learnt_from(history, np.random.default_rng(SEED), by=By.MODELS)
    before = store.latest_document(kind)
    return _model(store.put_document(
        kind, {"outcome": outcome, "grain": Grain.STREAMER.value, "seed": SEED,
               "version": 1 if before is None else before.body["version"] + 1,
               "sessions": len(history), "hosts": len(np.unique(history.subject)),
               "learnt": document(learnt)},
        inputs_hash=inputs_hash(outcome, history), now=now, schema_version=SCHEMA))


def kept_of(store: Store, outcome: str, history: History) -> Model | None:
    """Return the model that was kept for a history; None where it is yet to be fitted."""
    found = store.latest_document(f"{KIND}.{outcome}", inputs_hash=inputs_hash(outcome, history))
    return None if found is None or found.schema_version != SCHEMA else _model(found)


def inputs_hash(outcome: str, history: History, *asked: float | None) -> str:
    """Return the name of what a model is fitted on: the sessions themselves, the seed, the way.

    ``asked``: what else the answer depends on.

    An import that brings no session and no plan of one leaves the model as it is.

    >>> nothing = np.zeros(0)
    >>> none = History(subject=np.zeros(0, dtype=np.int64), start=nothing, hours=nothing,
    ...                sold=nothing)
    >>> inputs_hash("gmv", none) == inputs_hash("units", none)
    False
    """
    about = (outcome, Grain.STREAMER.value, SEED, SCHEMA, asked, len(history))
    digest = sha256(repr(about).encode())
    for values in (history.subject, history.start, history.hours, history.sold, history.lasted,
                   history.products, history.kept, history.spend, history.grade):
        digest.update(b"-" if values is None else np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


def _model(found: Document) -> Model:
    body: Any = found.body
    return Model(outcome=body["outcome"], id=found.id, version=body["version"],
                 fitted_at=found.made_at, sessions=body["sessions"], hosts=body["hosts"],
                 learnt=learnt_of(body["learnt"]))

"""Backtests that are kept: looked back once upon a history, and read until it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from caopan.forecast.backtest import Backtest, Band, Score
from caopan.forecast.history import History
from caopan.forecast.kept_document import SCHEMA
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.workspace.models import inputs_hash

KIND = "backtest"


def kept(store: Store, outcome: str, history: History, *, asked: tuple[float | None, float],
         now: datetime, make: Callable[[], Backtest]) -> Backtest:
    """Return the kept backtest of a history, or make it and keep it.

    Args:
        store: where it is kept.
        outcome: what is looked back upon.
        history: every session of it.
        asked: from when on it is scored (None: after a third), and the level of the range.
        now: when it is made.
        make: looks back, which takes its time.
    """
    name = inputs_hash(outcome, history, *asked)
    found = store.latest_document(KIND, inputs_hash=name)
    if found is not None and found.schema_version == SCHEMA:
        return backtest_of(found.body)
    made = make()
    store.put_document(KIND, asdict(made), inputs_hash=name, now=now, schema_version=SCHEMA)
    return made


def backtest_of(body: Mapping[str, Any]) -> Backtest:
    """Return a backtest from its fields as JSON keeps them.

    >>> backtest_of(asdict(Backtest(n=3, subjects=1, cold=0))) == Backtest(n=3, subjects=1, cold=0)
    True
    """
    return Backtest(**{
        **body, "own": body["own"] and Score(**body["own"]),
        "baselines": tuple(Score(**one) for one in body["baselines"]),
        "gain": body["gain"] and Interval(**body["gain"]), "below": tuple(body["below"]),
        "bands": tuple(Band(**one) for one in body["bands"])})

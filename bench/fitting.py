"""How long it takes to learn from a history, in how much memory, and to tell from what is kept.

Run: python -m bench fitting. One outcome of the world ``multiplied``; each size in a process of
its own, figures beside their limits, so that the ratio is of the limit. Processor time is printed
beside: on a busy machine the wall clock says little. Then the quick way of learning, which very
many hosts are learnt by, beside the whole way on the same sessions.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench.forecast_worlds import multiplied
from bench.row import Row, best, peak_gib, seconds
from caopan.forecast.average import joined
from caopan.forecast.history import History
from caopan.forecast.kept_document import document, learnt_of
from caopan.forecast.members import walked
from caopan.forecast.outlook import By, learnt_from, told_by
from caopan.forecast.prequential import weeks_of
from caopan.stats.quantiles import crps, held

SIZES = {300: (12.0, 0.4), 5_000: (60.0, float("inf"))}
"""Hosts, with the seconds and the GB they are fitted in at most."""
SERVED = 0.05
ANY = float("inf")
SCORED_DAYS, WARM_DAYS = 42.0, 21.0
QUICK_HOSTS = 300


def rows() -> Iterator[Row]:
    """Yield the rows of this part."""
    for hosts, (most, memory) in SIZES.items():
        found = json.loads(subprocess.run(  # noqa: S603 - this file, by this interpreter
            [sys.executable, "-m", "bench.fitting", str(hosts)], check=True,
            capture_output=True, text=True).stdout)
        name = f"{hosts:,} hosts, {found['sessions']:,} sessions"
        yield Row(name=f"{name}: fitted", ours=found["wall"], theirs=most, limit=1.0)
        yield Row(name=f"{name}: the same, processor time", ours=found["processor"], theirs=most,
                  limit=ANY)
        yield Row(name=f"{name}: peak memory", ours=found["peak"], theirs=None, limit=memory,
                  unit="GB")
        yield Row(name=f"{name}: the kept document", ours=found["document"], theirs=None,
                  limit=ANY, unit="MB")
        yield Row(name=f"{name}: read from the document", ours=found["read"], theirs=None,
                  limit=ANY)
        yield Row(name=f"{name}: the first session told", ours=found["first"], theirs=SERVED,
                  limit=ANY)
        yield Row(name=f"{name}: one session told", ours=found["told"], theirs=SERVED, limit=1.0)
    yield from _quick()


def measured(hosts: int) -> dict[str, float]:
    """Return what one size takes, in this process."""
    history = _world(hosts)
    began, worked = time.perf_counter(), time.process_time()
    learnt = learnt_from(history, np.random.default_rng(1), by=By.MODELS)
    wall, processor = time.perf_counter() - began, time.process_time() - worked
    peak = peak_gib()
    kept = json.dumps(document(learnt), allow_nan=False)
    reading = seconds(lambda: learnt_of(json.loads(kept)))
    again, asked = learnt_of(json.loads(kept)), _one_more(history)
    first = seconds(lambda: told_by(again, asked))
    return {"sessions": len(history), "wall": wall, "processor": processor,
            "peak": peak * 1.073741824, "document": len(kept) / 1e6, "read": reading,
            "first": first, "told": best(lambda: told_by(again, asked), 20)}


def _quick() -> Iterator[Row]:
    """Yield how good the quick way tells beside the whole, in the last weeks of one world."""
    history = _world(QUICK_HOSTS)
    begin = float(history.end.max()) - SCORED_DAYS
    rows = history.start >= begin - WARM_DAYS
    scored = history.start[rows] >= begin
    sold, found = history.sold[rows][scored], {}
    for way, fewest in (("quick", 0), ("whole", len(history) + 1)):
        walk = walked(history, rows, begin=begin, warm=begin - 2 * WARM_DAYS, quick_from=fewest)
        made = joined(walk.told, history, rows, weeks_of(history, begin)).quantiles[scored]
        there = np.isfinite(made).all(axis=1)
        logs = crps(np.log1p(sold[there]), np.log1p(made[there])).mean()
        found[way] = float(logs), float(held(sold[there], made[there], 0.8).mean())
        print(f"      {way:<6} n {there.sum()}  log CRPS {logs:.3f}  held {found[way][1]:.3f}")
    yield Row(name=f"{QUICK_HOSTS} hosts: log CRPS the quick way beside the whole",
              ours=found["quick"][0], theirs=found["whole"][0], limit=1.03, unit="")
    yield Row(name=f"{QUICK_HOSTS} hosts: 80 % range off by, the quick way",
              ours=abs(found["quick"][1] - 0.8), theirs=None, limit=0.02, unit="")


def _world(hosts: int) -> History:
    history = multiplied(1, hosts=hosts)
    return replace(history, lasted=history.hours, kept=np.zeros(len(history), dtype=np.bool_))


def _one_more(history: History) -> History:
    """Return the history with one planned session behind those of the last host."""
    extra = {name: np.append(getattr(history, name), value) for name, value in (
        ("subject", history.subject[-1]), ("start", history.end.max() + 1.0), ("hours", 3.0),
        ("sold", np.nan), ("lasted", np.nan), ("products", 20.0), ("spend", 10_000.0),
        ("grade", 1.0), ("kept", True))}
    return History(**extra)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))

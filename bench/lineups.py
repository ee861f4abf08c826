"""Line-ups beside the exact solver where it proves, and beside their own bound at every size.

Run: python -m bench lineup. Worlds are simulated: traffic, demand with stock, classes with
distances. Figures are percent lost. A bound is itself a proof: no line-up is above it. With the
extra ``solver`` the small worlds are also solved exactly.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator

import numpy as np

from bench.row import Row
from caopan.plan.lineup import Problem
from caopan.plan.lineup_bound import bound_of
from caopan.plan.lineup_search import searched

KINDS, SHARES = ("hero", "welfare", "profit", "regular", "traffic"), (0.25, 0.15, 0.25, 0.25, 0.1)
PROVABLE = ((6, 24), (8, 24), (10, 26), (12, 26))
SIZES = ((12, 120), (40, 240), (100, 240))
SEEDS = range(2)
LONGEST = 20
MOST_LOST = 2.0
PATIENCE = 20.0
ANY = float("inf")


def world(seed: int, n: int, steps: int, longest: int = LONGEST) -> Problem:
    """Return n products in so many steps; welfare is sold below cost, stock may run out."""
    rng = np.random.default_rng(seed)
    traffic = np.interp(np.linspace(0, 1, steps), np.linspace(0, 1, 8), rng.uniform(0.5, 1.5, 8))
    edges = np.concatenate([[0.0], np.cumsum(traffic / traffic.mean())])
    kinds = ["welfare", "traffic", *rng.choice(KINDS, n - 2, p=SHARES).tolist()]
    lengths, starts = np.arange(longest + 1)[:, None], np.arange(steps)[None, :]
    ends = np.minimum(starts + lengths, steps)
    mean = (edges[ends] - edges[starts]) / np.maximum(lengths, 1)
    usual = steps / n
    able = ((lengths >= min(2, int(usual))) & (lengths <= min(longest, max(4, int(usual * 2.2))))
            & (starts + lengths <= steps))
    value = np.full((n, longest + 1, steps), -np.inf)
    for item, kind in enumerate(kinds):
        asked = rng.lognormal(3.0, 0.8)
        margin = -rng.uniform(1, 5) if kind == "welfare" else rng.uniform(3, 20)
        stock = asked * rng.uniform(0.6, 2.0)
        times = 0.3 + 0.7 * mean * np.sqrt(lengths / usual)
        sold = stock * (1.0 - np.exp(-asked * times / stock))
        value[item] = np.where(able, margin * sold, -np.inf)
    return Problem(value=value, loss=np.zeros_like(value), kind=tuple(kinds), steps=steps,
                   apart={"hero": 2, "welfare": 3}, first=frozenset({"welfare", "traffic"}),
                   demanded=frozenset({"first", "apart.hero", "apart.welfare"}))


def rows() -> Iterator[Row]:
    """Yield the rows of this part."""
    if importlib.util.find_spec("ortools") is not None:
        for n, steps in PROVABLE:
            yield from _exact(n, steps)
    for n, steps in SIZES:
        lost, took, broken = [], [], 0
        for seed in SEEDS:
            asked = world(seed, n, steps)
            began = time.perf_counter()
            found = searched(asked, rng=np.random.default_rng(1))
            took.append(time.perf_counter() - began)
            broken += len(found.broken)
            lost.append(1.0 - found.value / bound_of(asked, reached=found.value))
        yield Row(name=f"{n} products, {steps} steps: short of the bound", theirs=None, unit="%",
                  ours=100 * max(lost), limit=MOST_LOST)
        yield Row(name="  rules that do not hold", theirs=None, unit="", ours=broken, limit=0)
        yield Row(name="  searching", theirs=None, ours=min(took), limit=15.0)


def _exact(n: int, steps: int) -> Iterator[Row]:
    from bench.lineup_exact import solved  # noqa: PLC0415 - an extra

    for seed in SEEDS:
        asked = world(seed, n, steps, longest=6)
        found = searched(asked, rng=np.random.default_rng(1))
        exact = solved(asked, seconds=PATIENCE)
        proved = exact is not None and exact.proved
        value = float("nan") if exact is None else exact.value
        yield Row(name=f"{n} products, {steps} steps, world {seed}: short of CP-SAT"
                  + (" (proved)" if proved else " (not proved)"), theirs=None, unit="%",
                  ours=100 * (1.0 - found.value / value), limit=MOST_LOST if proved else ANY)

"""How often the range of a plan's sum holds, beside that of all lines being lucky together.

Run: python -m bench sums. In synthetic worlds the sales before a day tell those of the four weeks
after it, product by product, and what all of them, or all of one host, brought in money is held
against the range of the sum. Lines that sold out are left out of both. The figures are shares held
at a level of 80 %, by which they miss it, and the width of the ranges beside what came.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import numpy as np

from bench.row import Row
from caopan import Workspace
from caopan.plan.asked import Asked
from caopan.plan.demand import demanded
from caopan.plan.sales import Sales
from caopan.units.clock import now
from caopan.workspace.answers import Kept
from caopan.workspace.lining import lined_up
from caopan.workspace.planning import plan_of

WORLDS = (("toy", 7), ("toy", 11), ("small", 7))
CUTS, AHEAD = 4, 28.0
FEWEST = 30
LIMIT = 0.12
"""Points that the share held of single hosts may be off 80 %."""


def rows() -> Iterator[Row]:
    """Measure every world."""
    for size, seed in WORLDS:
        seen = np.array(list(_seen(_sales(size, seed))))
        host = seen[:, 0] > 0
        name = f"{size} world {seed}, "
        yield Row(name=name + "hosts: range held, off 80 %", ours=abs(seen[host, 2].mean() - 0.8),
                  theirs=None, limit=LIMIT, unit="")
        yield Row(name=name + "hosts: width ÷ came, beside all together",
                  ours=float(np.median(seen[host, 4])), theirs=float(np.median(seen[host, 3])),
                  limit=1.0, unit="")
        yield Row(name=name + "everyone: missed, of " + str(int((~host).sum())),
                  ours=float((1.0 - seen[~host, 2]).sum()), theirs=None, limit=1.0, unit="")
        yield Row(name=name + "everyone: width ÷ came, beside all together",
                  ours=float(np.median(seen[~host, 4])), theirs=float(np.median(seen[~host, 3])),
                  limit=0.5, unit="")


def _sales(size: str, seed: int) -> Sales:
    with tempfile.TemporaryDirectory() as folder, Workspace.open(folder) as workspace:
        workspace.demo(size=size, seed=seed)
        plan = plan_of(workspace.store, None, now=now())
        return lined_up(workspace.store, plan, Kept()).sold.sales


def _seen(sales: Sales) -> Iterator[tuple[float, ...]]:
    """Yield of each sum: of a host, held by all together, held, and the widths beside what came."""
    whole = np.isnan(sales.gone) & ~sales.capped & (sales.price > 0)
    for cut in np.linspace(np.quantile(sales.start, 0.35), sales.start.max() - AHEAD / 2, CUTS):
        later = sales.rows(whole & (sales.start >= cut) & (sales.start < cut + AHEAD))
        if len(later) < FEWEST:
            continue
        asked = Asked(host=later.host, product=later.product, role=later.role, start=later.start,
                      hours=later.hours, price=later.price, strength=later.strength,
                      critical=np.full(len(later), 0.5))
        told = demanded(sales.rows(sales.start < cut), asked)
        shows = [f"{host} {start}" for host, start in zip(later.host, later.start, strict=True)]
        draws = told.together.draws(list(later.host), shows, list(later.product),
                                    told.points.shape[1])
        alike = told.points * later.price[:, None]
        cases, came = np.take_along_axis(alike, draws, axis=1), later.units * later.price
        for host in (None, *sorted(set(later.host))):
            mine = np.ones(len(later), dtype=bool) if host is None else later.host == host
            total = float(came[mine].sum())
            if total > 0:
                ends = [np.quantile(each[mine].sum(axis=0), [0.1, 0.9]) for each in (alike, cases)]
                yield (float(host is not None), *(float(low <= total <= high)
                                                  for low, high in ends),
                       *(float(high - low) / total for low, high in ends))

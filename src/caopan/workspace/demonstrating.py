"""The synthetic world into an empty workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from caopan.demo.world import make
from caopan.store.batch import Counts
from caopan.store.store import Store
from caopan.units.clock import business_day
from caopan.units.message import Text
from caopan.workspace.demo_campaign import keep_one
from caopan.workspace.progress import Progress
from caopan.workspace.records import DemoResult
from caopan.workspace.synthetic import SYNTHETIC, OccupiedWorkspaceError

BUILDING = Text(zh="造合成数据", en="building the synthetic world")
MOST_PLANNED = 2_000
"""Planned sessions beyond which a world is there to measure with, and gets no campaign."""


def demonstrate(store: Store, *, size: str, seed: int, now: datetime,
                progress: Progress) -> DemoResult:
    """Fill an empty workspace with the synthetic world and label it so.

    The world ends the day before ``now``. A workspace that holds the same world already stays as
    it is.

    Raises:
        OccupiedWorkspaceError: the workspace is not empty.
        CaopanError: there is no such size.
    """
    truth = store.folder.root / "truth.json"
    made = store.setting(SYNTHETIC)
    active = [batch for batch in store.batches() if batch.is_active]
    asked = {"size": size, "seed": seed, "until": business_day(now).isoformat()}
    if made == asked and active:
        return DemoResult(truth=truth, tables=_rows(active[-1].tables))
    if active:
        raise OccupiedWorkspaceError(len(active))
    world = make(size, seed=seed, until=business_day(now))
    store.set_setting(SYNTHETIC, asked)
    with store.importing(now=now, note=f"synthetic world: {size}, seed {seed}") as batch:
        for done, (table, rows) in enumerate(world.chunks()):
            progress(BUILDING, done, None)
            batch.add(table, rows)
    truth.write_text(json.dumps(world.truth, ensure_ascii=False, indent=1), encoding="utf-8")
    tables = _rows(batch.result.tables)
    if tables.get("planned_sessions", 0) <= MOST_PLANNED:
        keep_one(store, now=now)
    return DemoResult(truth=truth, tables=tables)


def _rows(tables: Mapping[str, Counts]) -> dict[str, int]:
    return {name: counts.added + counts.replaced + counts.unchanged
            for name, counts in tables.items()}

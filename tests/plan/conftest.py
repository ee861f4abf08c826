"""Plans and sales of fruit, small and known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from caopan.facts.plan import PlannedSession
from caopan.plan.line import Line
from caopan.plan.sales import Sales

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Return the instant at which plans are made."""
    return NOW


def line(product: str = "草莓", *, day: int = 10, **known: Any) -> Line:  # noqa: ANN401 - whatever a line has
    """Return a line of two hours, sold at 20, bought at 8 yuan and worth nothing when left."""
    session = PlannedSession(session_id=f"s{day}", streamer_id="林晚", merchant_id="m",
                             started_at=NOW + timedelta(days=day), currency="CNY")
    return Line(**{"session": session, "product_id": product, "hours": 2.0, "price": 2_000,
                   "cost": 800, "salvage": 0, "returned": 0.0, "held": 0} | known)


def sales(rate: dict[str, float], *, sessions: int = 30, shape: float = 4.0,
          seed: int = 1) -> Sales:
    """Return sessions of two hours in which nothing ran out: units an hour by product."""
    rng = np.random.default_rng(seed)
    rows = [(product, 2.0 * one) for _ in range(sessions) for product, one in rate.items()]
    mean = np.array([one for _, one in rows])
    n = len(rows)
    return Sales(
        host=np.full(n, "林晚", dtype=object), role=np.full(n, None, dtype=object),
        start=np.repeat(np.arange(sessions, dtype=np.float64), len(rate)) + 20_000.8,
        strength=np.full((n, 2), np.nan),
        product=np.array([product for product, _ in rows], dtype=object),
        units=rng.poisson(mean * rng.gamma(shape, 1 / shape, n)).astype(np.float64),
        hours=np.full(n, 2.0), opens=np.full(n, np.nan), talked=np.full(n, np.nan),
        gone=np.full(n, np.nan), capped=np.zeros(n, dtype=bool), price=np.full(n, 2_000.0))

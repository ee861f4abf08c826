from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.sales import LATELY
from tests.plan.conftest import sales

one_each = sales({"草莓": 5.0, "苹果": 5.0}, sessions=1)


def test_what_is_explained_early_and_gone_at_once_met_much_of_its_demand() -> None:
    # explained during the first fifth; gone half-way through that
    shown = replace(one_each, opens=np.zeros(2), talked=np.full(2, 0.2),
                    gone=np.array([0.1, np.nan]))

    assert shown.stocked_share(0.0).tolist() == pytest.approx([0.1, 1.0])
    assert shown.stocked_share(0.75).tolist() == pytest.approx([0.75 * 0.5 + 0.25 * 0.1, 1.0])


def test_where_nobody_knows_when_it_was_explained_demand_is_even() -> None:
    shown = replace(one_each, gone=np.array([0.4, np.nan]))

    assert shown.stocked_share(0.9).tolist() == pytest.approx([0.4, 1.0])


def test_only_the_latest_sessions_of_a_product_count() -> None:
    long = sales({"草莓": 5.0, "苹果": 5.0}, sessions=LATELY + 5)
    long = replace(long, hours=np.arange(len(long), dtype=np.float64))

    kept = long.lately()

    assert len(kept) == 2 * LATELY
    assert kept.product.tolist() == ["草莓"] * LATELY + ["苹果"] * LATELY
    assert kept.hours[0] == 10.0


def test_selling_out_while_explained_speaks_for_the_explanation() -> None:
    out = replace(one_each, opens=np.full(2, 0.5), talked=np.full(2, 0.05),
                  gone=np.array([0.53, 0.54]))

    assert out.moment_likelihood(0.75) > out.moment_likelihood(0.0)

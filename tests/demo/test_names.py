from __future__ import annotations

from datetime import date

import numpy as np

from caopan.demo.label import SYNTHETIC, labelled
from caopan.demo.names import host_names, merchant_names, product_names
from caopan.demo.setting import setting
from caopan.demo.size import size_named


def test_the_label_stands_at_the_end() -> None:
    assert labelled("云朵") == "云朵（合成）"
    assert labelled("") == SYNTHETIC


def test_no_two_of_many_merchants_share_a_name() -> None:
    rng = np.random.default_rng(1)

    names = merchant_names(rng.integers(0, 8, 3_000), rng.integers(0, 4, 3_000), fruit=False)

    assert len(set(names)) == 3_000
    assert all(name.endswith(SYNTHETIC) for name in names)


def test_a_shop_names_its_rooms_and_a_talent_goes_by_a_person() -> None:
    names = host_names(["云朵女装（合成）"], np.array([0, 0, 0]), [False, False, True])

    assert names == ["云朵女装直播间（合成）", "云朵女装二号直播间（合成）", "主播大川（合成）"]


def test_products_of_a_merchant_have_different_names() -> None:
    world = setting(size_named("toy"), seed=1, until=date(2026, 5, 1))

    names = product_names(world.goods, world.merchants.category)

    pairs = set(zip(world.goods.merchant.tolist(), names, strict=True))
    assert len(pairs) == len(names)
    assert names[0] == "鲜果一盒（合成）"

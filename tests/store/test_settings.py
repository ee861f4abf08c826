"""Settings, saved mappings and the workspace's own salt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from caopan.store.store import Store


def test_a_setting_is_what_it_was_set_to_last(opened: Callable[[], Store]) -> None:
    store = opened()
    store.set_setting("language", "zh")
    store.set_setting("language", {"ui": ["en", None]})
    store.close()

    assert opened().setting("language") == {"ui": ["en", None]}


def test_a_setting_never_set_is_none(store: Store) -> None:
    assert store.setting("language") is None


def test_mappings_are_saved_by_name_beside_other_settings(store: Store) -> None:
    store.set_setting("language", "zh")
    store.save_mapping("店铺后台", {"支付金额": "gmv"})
    store.save_mapping("店铺后台", {"成交金额": "gmv"})
    store.save_mapping("ads_50%", {})

    assert store.mappings() == {"ads_50%": {}, "店铺后台": {"成交金额": "gmv"}}


def test_the_salt_is_thirty_two_bytes_made_once(opened: Callable[[], Store]) -> None:
    salt = opened().salt()

    assert len(salt) == 32
    assert opened().salt() == salt


def test_two_workspaces_have_different_salts(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        assert one.salt() != two.salt()


@pytest.mark.parametrize("round_number", range(3))
def test_readers_that_ask_at_once_get_one_salt(
        opened: Callable[[], Store], round_number: int) -> None:
    stores = [opened() for _ in range(4)]
    salts: list[bytes] = []
    asking = [Thread(target=lambda s=store: salts.append(s.salt())) for store in stores]

    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert len(salts) == 4
    assert len(set(salts)) == 1

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.item import Item, ItemType
from caopan.plan.lineup_gain import gain
from caopan.plan.lineup_worth import Goods, Show
from caopan.plan.run_sheet import RunSheet
from caopan.playbook.lineup import line_up_rules

RULES = replace(line_up_rules()[0], open_seconds=0, close_seconds=0)
EVENING = Show(seconds=3600, traffic=np.array([1.8, 0.2]), told=1.0)
PEAR, PLUM = (Item(id=one, type=ItemType.PRODUCT, title=one, product_id=one, seconds=1800)
              for one in ("梨", "李"))


def goods(*, plum: float, stock: float = np.inf) -> Goods:
    """Return two products of which 10 to 30 are asked for; a pear leaves 1.00, a plum as said."""
    usual = np.array([1800.0, 1800.0])
    return Goods(product=("梨", "李"), kind=("hero", "regular"), usual=usual, least=usual,
                 most=usual, points=np.array([[10.0, 20.0, 30.0]] * 2),
                 stock=np.array([stock, stock]), margin=np.array([100.0, plum]))


def test_the_dearer_product_gains_where_the_crowd_is() -> None:
    late, early = RunSheet(items=(PLUM, PEAR)), RunSheet(items=(PEAR, PLUM))

    told = gain(late, early, goods=goods(plum=0.0), show=EVENING, rules=RULES)
    back = gain(early, late, goods=goods(plum=0.0), show=EVENING, rules=RULES)

    # twenty pears; the curve falls from 1.8 to 0.2, so that its halves hold 1.6 and 0.4
    assert 0 < told.low < told.mid < told.high
    assert told.mid == pytest.approx(20 * 100 * (1.6 - 0.4))
    assert (back.low, back.mid, back.high) == (-told.high, -told.mid, -told.low)


def test_the_same_sheet_gains_nothing() -> None:
    sheet = RunSheet(items=(PEAR, PLUM))

    told = gain(sheet, sheet, goods=goods(plum=50.0), show=EVENING, rules=RULES)

    assert (told.low, told.mid, told.high) == (0.0, 0.0, 0.0)


def test_stock_that_is_gone_gains_nothing() -> None:
    late, early = RunSheet(items=(PLUM, PEAR)), RunSheet(items=(PEAR, PLUM))

    told = gain(late, early, goods=goods(plum=0.0, stock=1.0), show=EVENING, rules=RULES)

    assert told.high <= 100.0


def test_what_is_not_told_sells_only_what_needs_no_telling() -> None:
    told = gain(RunSheet(items=(PEAR,)), RunSheet(), goods=goods(plum=0.0), show=EVENING,
                rules=RULES)

    assert told.high < 0

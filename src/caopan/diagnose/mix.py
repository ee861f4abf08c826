"""The change by product: how many units, which products, at what prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.inputs import Products
from caopan.diagnose.products import placed
from caopan.diagnose.sides import Sides
from caopan.stats.apportion import apportioned
from caopan.stats.arrays import Bools, Floats, Ints, divided, grouped_sum
from caopan.units.message import Text

PARTS = ("units", "mix", "price", "unlisted")
"""Units sold at the average price; the product mix; prices within products; GMV not listed."""
FORMULA = Text(zh="GMV = 件数 + 商品结构 + 价格 + 没有商品明细的部分",
               en="GMV = units + product mix + prices + what no product row covers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """The split by product of all subjects.

    ``amounts``: shape (s, 4) in the order of ``PARTS``, whole minor units that sum exactly to the
    change; ``influence``: shape (r, 4), each session's pull on the amounts; ``there`` whose
    product rows carry a split, shape (s,); ``units``: shape (s, 2).
    """

    amounts: Ints
    influence: Floats
    there: Bools
    units: Floats


def mix(products: Products, sides: Sides) -> Mix:
    """Return the change of every subject split over products, additive over them.

    With units ``u`` and GMV ``g`` of a product, price ``p = g / u``: prices are worth the mean of
    both units times the price change, for products sold on both sides; units are worth their
    total change at the mean of both average prices; the mix is what remains of listed GMV.
    """
    there, row = placed(products, sides)
    units, gmv = products.units[there], products.gmv[there]
    good = np.isfinite(units) & np.isfinite(gmv)
    row, units, gmv = row[good], units[good], gmv[good]
    cell = sides.cell[row]
    names = max(len(products.names), 1)
    key = (cell // 2) * names + products.product[there][good]
    pair, back = np.unique(key, return_inverse=True)
    sold, paid = (_paired(values, back, cell, len(pair)) for values in (units, gmv))
    owner = pair // names
    prices = grouped_sum(_price_effect(sold, paid), owner, sides.subjects)
    total_units, total_paid = (_summed(values, owner, sides.subjects) for values in (sold, paid))
    volume = _volume(total_units, total_paid)
    change = total_paid[:, 1] - total_paid[:, 0]
    whole = np.nan_to_num(sides.total("gmv"))
    rest = (whole[:, 1] - whole[:, 0]) - change
    parts = np.stack([volume, change - volume - prices, prices, rest], axis=1)
    finite = np.isfinite(sides.total("gmv"))
    usable = np.asarray(((total_units > 0) & finite).all(axis=1))
    parts = np.where(usable[:, None], parts, 0.0)
    totals = np.where(usable, np.rint(whole[:, 1]) - np.rint(whole[:, 0]), 0).astype(np.int64)
    pull = _influence(sides, row, back, (units, gmv), (sold, paid), (total_units, total_paid))
    return Mix(amounts=apportioned(parts, totals), influence=pull, there=usable, units=total_units)


def _price_effect(sold: Floats, paid: Floats) -> Floats:
    """Return each product's price effect, zero where it was sold on one side only."""
    price = divided(paid, sold)
    effect = sold.mean(axis=1) * (price[:, 1] - price[:, 0])
    return np.where(np.isfinite(effect), effect, 0.0)


def _volume(units: Floats, paid: Floats) -> Floats:
    """Return what the change in units was worth at the mean of both average prices."""
    average = divided(paid, units).mean(axis=1)
    return np.asarray(np.nan_to_num((units[:, 1] - units[:, 0]) * average))


def _influence(
    sides: Sides, row: Ints, back: Ints, rows: tuple[Floats, Floats],
    pairs: tuple[Floats, Floats], totals: tuple[Floats, Floats],
) -> Floats:
    """Return by how much the amounts would change without each session, shape (r, 4).

    Products are separate in the price effect, and a session holds a product once, so leaving out
    a session takes one row out of each of its products.
    """
    count, owner = len(sides.rows), sides.cell // 2
    side = (sides.cell[row] % 2)[:, None] == np.array([0, 1])
    less = [pair[back] - np.where(side, values[:, None], 0.0)
            for pair, values in zip(pairs, rows, strict=True)]
    price = grouped_sum(_price_effect(pairs[0][back], pairs[1][back])
                        - _price_effect(less[0], less[1]), row, count)
    mine = (sides.cell % 2)[:, None] == np.array([0, 1])
    own = [grouped_sum(values, row, count) for values in rows]
    left = [total[owner] - np.where(mine, values[:, None], 0.0)
            for total, values in zip(totals, own, strict=True)]
    volume = _volume(totals[0][owner], totals[1][owner]) - _volume(left[0], left[1])
    sign = np.where(sides.cell % 2 == 1, 1.0, -1.0)
    listed = sign * own[1]
    rest = sign * np.nan_to_num(sides.column("gmv")) - listed
    return np.stack([volume, listed - volume - price, price, rest], axis=1)


def _paired(values: Floats, pair: Ints, cell: Ints, size: int) -> Floats:
    """Return sums by product and side, shape (size, 2)."""
    return grouped_sum(values, 2 * pair + cell % 2, 2 * size).reshape(-1, 2)


def _summed(values: Floats, owner: Ints, subjects: int) -> Floats:
    sums = [grouped_sum(values[:, side], owner, subjects) for side in (0, 1)]
    return np.stack(sums, axis=1)

"""What single products did: their shares of GMV, and how product rows add up to sessions."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.inputs import Products
from caopan.diagnose.sides import Sides
from caopan.stats.arrays import Floats, Ints, divided, grouped_sum

FEW = 3


def placed(products: Products, sides: Sides) -> tuple[Ints, Ints]:
    """Return the product rows whose session counts, and the position of that among the sides.

    Both of shape (k,): positions in the products, positions in ``sides.rows``.
    """
    where = np.full(len(sides.sessions), -1, dtype=np.int64)
    where[sides.rows] = np.arange(len(sides.rows))
    row = where[products.session]
    there = np.flatnonzero(row >= 0)
    return there, row[there]


def shares(products: Products, sides: Sides) -> dict[str, Floats]:
    """Return what the best products held of each side's product GMV, shape (s, 2) each.

    ``top1_sku_share``, ``top3_sku_share`` (ratio), ``sku_sold`` (products with a sale) and
    ``product_gap``: how far product rows miss the GMV of the sessions that have them (ratio).
    """
    there, row = placed(products, sides)
    cells = 2 * sides.subjects
    cell, gmv = sides.cell[row], np.nan_to_num(products.gmv[there])
    pair, back = np.unique(cell * len(products.names) + products.product[there],
                           return_inverse=True)
    sums = grouped_sum(gmv, back, len(pair))
    owner = pair // max(len(products.names), 1)
    total = grouped_sum(sums, owner, cells)
    order = np.lexsort((-sums, owner))
    first = np.searchsorted(owner[order], np.arange(cells))
    rank = np.arange(len(order)) - first[owner[order]]
    best, few = (grouped_sum(np.where(rank < top, sums[order], 0.0), owner[order], cells)
                 for top in (1, FEW))
    listed = np.zeros(len(sides.rows), dtype=np.bool_)
    listed[row] = True
    session = grouped_sum(np.where(listed, np.nan_to_num(sides.column("gmv")), 0.0),
                          sides.cell, cells)
    made = {
        "top1_sku_share": divided(best, total), "top3_sku_share": divided(few, total),
        "sku_sold": grouped_sum((sums > 0).astype(np.float64), owner, cells),
        "product_gap": divided(np.abs(total - session), session),
    }
    return {name: values.reshape(-1, 2) for name, values in made.items()}

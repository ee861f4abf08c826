"""What is known of a product before a show of it (已知信息): the columns that trees learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints, divided, grouped_sum

BACK = (1, 2, 3, 7)
"""Shows back whose demand stands by itself."""
MEANS = (3, 7, 28)
USUAL = 14
"""Shows that a product's usual rate is the mean of."""
WEEK = 7.0
KEEL = 0.5
"""Units added to what the usual rate is of: a product that sold nothing still has a scale."""
YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """Shows of products (场次里的商品), those to come among them; arrays of shape (n,).

    ``item``: the product with its host; ``kind``: the host with its role, whose shows of a day say
    how that day was. ``start``: days since 1970-01-01 in the business zone. ``hours`` > 0.
    ``wanted``: what was asked for, NaN of those to come; ``price`` and ``strength`` NaN where not
    known. Rows of one item ascend in time, those to come last.
    """

    item: Ints
    kind: Ints
    start: Floats
    hours: Floats
    wanted: Floats
    price: Floats
    strength: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """``columns``: shape (n, p), NaN = not known; demand as multiples of ``usual``, shape (n,).

    ``usual``: what the item's last shows were asked for an hour; ``earlier``: how many known
    shows it had before, shape (n,).
    """

    columns: Floats
    usual: Floats
    earlier: Ints

    def of(self, rows: Bools | Ints) -> Known:
        """Return some of the rows."""
        return Known(columns=self.columns[rows], usual=self.usual[rows],
                     earlier=self.earlier[rows])


def known_before(shows: Shows) -> Known:
    """Return what is known before each show begins; nothing in a row is of the show itself.

    >>> made = Shows(item=np.zeros(3, dtype=np.int64), kind=np.zeros(3, dtype=np.int64),
    ...              start=np.arange(3.0), hours=np.ones(3), wanted=np.array([3.5, 6.0, np.nan]),
    ...              price=np.ones(3), strength=np.ones(3))
    >>> known_before(made).usual.tolist(), known_before(made).earlier.tolist()
    ([0.5, 4.0, 5.0], [0, 1, 2])
    """
    rows = _Rows(shows)
    rate = divided(shows.wanted, shows.hours)
    lately = np.stack([rows.back(rate, step) for step in range(1, max(MEANS) + 1)], axis=1)
    hours = np.stack([rows.back(shows.hours, step) for step in range(1, USUAL + 1)], axis=1)
    sold = np.nansum(lately[:, :USUAL] * hours, axis=1)
    usual = (sold + KEEL) / np.maximum(np.nansum(hours, axis=1), 1.0)
    many = np.cumsum(np.isfinite(lately), axis=1)
    sums = np.cumsum(np.nan_to_num(lately), axis=1)
    means = [divided(sums[:, most - 1], many[:, most - 1].astype(np.float64)) for most in MEANS]
    apart = np.nan_to_num(lately[:, :USUAL] - usual[:, None], nan=0.0)
    spread = np.sqrt((apart**2).sum(axis=1) / np.maximum(many[:, USUAL - 1], 1))
    multiples = [*(lately[:, step - 1] for step in BACK), rows.a_week_ago(rate), *means, spread]
    day = np.floor(shows.start)
    of_kind = _of_kind(shows, usual)
    columns = np.column_stack([
        *(divided(one, usual) for one in multiples), np.log(usual),
        np.minimum(rows.earlier, max(MEANS)),
        shows.start - rows.back(shows.start, 1), (day + 3) % WEEK, day % YEAR,
        (shows.start - day) * 24.0, np.log(shows.hours), np.log(np.maximum(shows.price, 1.0)),
        np.log(divided(shows.price, rows.back(shows.price, 1))), np.log(shows.strength), of_kind])
    return Known(columns=columns, usual=usual, earlier=rows.earlier)


class _Rows:
    """Places of earlier rows of the same item."""

    def __init__(self, shows: Shows) -> None:
        order = np.argsort(shows.item, kind="stable")
        known = np.isfinite(shows.wanted)
        items = int(shows.item.max(initial=-1)) + 1
        first = np.concatenate([[0], np.cumsum(np.bincount(shows.item, minlength=items))])
        seen = np.cumsum(known[order]) - known[order]
        before = np.empty(len(order), dtype=np.int64)
        before[order] = seen - np.append(seen, 0)[first[shows.item[order]]]
        self.order, self.first, self.earlier, self.shows = order, first, before, shows

    def back(self, values: Floats, steps: int) -> Floats:
        """Return the value so many known shows before, NaN where there are not so many."""
        place = self.first[self.shows.item] + self.earlier - steps
        return np.where(self.earlier >= steps, values[self.order[np.maximum(place, 0)]], np.nan)

    def a_week_ago(self, values: Floats) -> Floats:
        """Return the value of the known show a week before, half a day more or less."""
        start = self.shows.start
        begin = float(start.min(initial=0.0))
        width = float(start.max(initial=0.0)) - begin + 2 * WEEK
        key = self.shows.item * width + (start - begin)
        held = np.where(np.isfinite(values), key, np.nan)[self.order]
        there = np.flatnonzero(np.isfinite(held))
        if not len(there):
            return np.full(len(start), np.nan)
        place = np.searchsorted(held[there], key - WEEK + 0.5, side="right") - 1
        found = there[np.maximum(place, 0)]
        fits = (place >= 0) & (held[found] >= key - WEEK - 0.5)
        return np.where(fits, values[self.order[found]], np.nan)


def _of_kind(shows: Shows, usual: Floats) -> Floats:
    """Return what the kind's earlier days were asked for, beside the usual, shape (n, 3)."""
    known = np.isfinite(shows.wanted)
    day = np.floor(shows.start).astype(np.int64)
    days, at = np.unique(np.stack([shows.kind, day], axis=1), axis=0, return_inverse=True)
    came = grouped_sum(np.where(known, shows.wanted, 0.0), at, len(days))
    thought = grouped_sum(np.where(known, usual * shows.hours, 0.0), at, len(days))
    seen = thought > 0
    kept, ratio = np.flatnonzero(seen), divided(came, thought)
    many = np.searchsorted(kept, np.arange(len(days)), side="left")
    found = []
    for step in (1, 2, 7):
        place = kept[np.maximum(many - step, 0)] if len(kept) else np.zeros(len(days), dtype=int)
        mine = (many >= step) & (days[place, 0] == days[:, 0])
        found.append(np.where(mine, ratio[place], np.nan)[at])
    return np.stack(found, axis=1)

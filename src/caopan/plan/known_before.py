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
HOUR = 1.0 / 24.0
KINDS_BACK = (1, 2, 7)
"""Days back whose demand for the kind stands by itself."""
KEEL = 0.5
"""Units added to what the usual rate is of: a product that sold nothing still has a scale."""
YEAR = 365.25
SEASONS = 1.25
"""Years of sales from which on the day of the year is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """Shows of products (场次里的商品), those to come among them; arrays of shape (n,).

    ``item``: the product with its host; ``kind``: the host with its role, whose shows of a day say
    how that day was. ``start``: days since 1970-01-01 in the business zone. ``hours`` > 0.
    ``wanted``: what was asked for, NaN of those to come; ``price`` and ``strength`` NaN where not
    known. Rows of one item ascend in time, those to come last. ``seasonal``: whether the sales
    reach back far enough for the day of the year to say something. ``ahead``: days between a show
    and the last sales that are known when its order is made: what came later is not looked at.
    """

    item: Ints
    kind: Ints
    start: Floats
    hours: Floats
    wanted: Floats
    price: Floats
    strength: Floats
    seasonal: bool = False
    ahead: float = 0.0


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
    multiples = [*(lately[:, step - 1] for step in BACK), rows.weeks_ago(rate), *means, spread]
    day = np.floor(shows.start)
    of_kind = _of_kind(shows, usual)
    columns = np.column_stack([
        *(divided(one, usual) for one in multiples), np.log(usual),
        np.minimum(rows.earlier, max(MEANS)),
        shows.start - rows.back(shows.start, 1), (day + 3) % WEEK,
        day % YEAR if shows.seasonal else np.full(len(day), np.nan),
        (shows.start - day) * 24.0, np.log(shows.hours), np.log(np.maximum(shows.price, 1.0)),
        np.log(divided(shows.price, rows.back(shows.price, 1))), np.log(shows.strength), of_kind])
    return Known(columns=columns, usual=usual, earlier=rows.earlier)


class _Rows:
    """Places of earlier rows of the same item."""

    def __init__(self, shows: Shows) -> None:
        self.shows, self.known = shows, np.isfinite(shows.wanted)
        self.begin = float(shows.start.min(initial=0.0))
        self.width = float(np.ptp(shows.start)) + 4 * WEEK + shows.ahead if len(
            shows.start) else 1.0
        key = self._key(shows.item, shows.start)
        there = np.flatnonzero(self.known)
        self.order = there[np.argsort(key[there], kind="stable")]
        self.keys = key[self.order]
        items = int(shows.item.max(initial=-1)) + 1
        many = np.bincount(shows.item[self.order], minlength=items)
        self.first = (np.cumsum(many) - many)[shows.item]
        back = max(shows.ahead - HOUR, 0.0)
        by_then = np.searchsorted(self.keys, key - back, side="left") - self.first
        self.earlier = np.where(self.known, by_then, many[shows.item]).astype(np.int64)

    def back(self, values: Floats, steps: int) -> Floats:
        """Return the value so many known shows before, NaN where there are not so many."""
        if not len(self.order):
            return np.full(len(values), np.nan)
        place = np.clip(self.first + self.earlier - steps, 0, len(self.order) - 1)
        return np.where(self.earlier >= steps, values[self.order[place]], np.nan)

    def weeks_ago(self, values: Floats) -> Floats:
        """Return the value of the last known show whole weeks before, half a day more or less."""
        if not len(self.order):
            return np.full(len(values), np.nan)
        weeks = WEEK * max(np.ceil((self.shows.ahead - 0.5) / WEEK), 1.0)
        key = self._key(self.shows.item, self.shows.start) - weeks
        place = np.searchsorted(self.keys, key + 0.5, side="right") - 1
        found = np.maximum(place, 0)
        fits = (place >= 0) & (self.keys[found] >= key - 0.5)
        return np.where(fits, values[self.order[found]], np.nan)

    def _key(self, item: Ints, start: Floats) -> Floats:
        return np.asarray(item * self.width + (start - self.begin))


def _of_kind(shows: Shows, usual: Floats) -> Floats:
    """Return what the kind's earlier days were asked for, beside the usual, shape (n, 3)."""
    known = np.isfinite(shows.wanted)
    day = np.floor(shows.start).astype(np.int64)
    days, at = np.unique(np.stack([shows.kind, day], axis=1), axis=0, return_inverse=True)
    came = grouped_sum(np.where(known, shows.wanted, 0.0), at, len(days))
    thought = grouped_sum(np.where(known, usual * shows.hours, 0.0), at, len(days))
    kept, ratio = np.flatnonzero(thought > 0), divided(came, thought)
    if not len(kept):
        return np.full((len(day), len(KINDS_BACK)), np.nan)
    width = int(np.ptp(day)) + int(shows.ahead) + 2
    key = days[:, 0] * width + (days[:, 1] - int(day.min()))
    many = np.searchsorted(key[kept], key - max(int(shows.ahead), 1), side="right")
    found = []
    for step in KINDS_BACK:
        place = kept[np.maximum(many - step, 0)]
        mine = (many >= step) & (days[place, 0] == days[:, 0])
        found.append(np.where(mine, ratio[place], np.nan)[at])
    return np.stack(found, axis=1)

"""How far the lines of a plan are lucky together (同好同坏): what makes their sum sure or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy import special

from caopan.plan.rates import Taught, sold
from caopan.plan.sales import Sales
from caopan.stats.arrays import Bools, Floats, Ints, grouped_sum
from caopan.stats.censored_demand import Pool, posterior

LATEST = 0.2
"""The share of rows, the latest, whose misses tell; the others tell what was expected of them."""
FEWEST_SESSIONS = 20
"""Sessions among those below which nobody knows, and all lines are taken to go together."""
FEWEST_HOSTS = 3
"""Hosts below which others are taken to go together with one's own."""
LEAST_HOST, LEAST_OTHERS = 0.1, 0.03
"""Correlations that are taken at least: a few weeks can show none where the next have some."""
SEED = 20_265


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Correlations, 0-1, of what lines bring beside what was expected of them.

    ``session``: of lines of one session; ``host``: of one host's other sessions; ``others``: of
    other hosts' sessions. ``sessions``: how many they were told from; 0: none, so that all lines
    are taken to be lucky together, which is the widest.
    """

    session: float = 1.0
    host: float = 1.0
    others: float = 1.0
    sessions: int = 0

    def of_whole_sessions(self) -> Together:
        """Return the correlations of what whole sessions bring, at most.

        What each line has for itself cancels out in the sum of a session, so that what sessions
        share weighs more there than in a line.

        >>> found = Together(session=0.2, host=0.1, others=0.05, sessions=40).of_whole_sessions()
        >>> found.session, found.host, found.others
        (1.0, 0.5, 0.25)
        """
        if not self.sessions:
            return self
        return Together(session=1.0, host=self.host / self.session,
                        others=self.others / self.session, sessions=self.sessions)

    def draws(self, hosts: Sequence[str], sessions: Sequence[str], products: Sequence[str],
              many: int) -> Ints:
        """Return which of ``many`` equally likely cases each line meets, shape (lines, many).

        The same host, session or product meets the same luck whatever else is planned, so that
        plans can stand side by side.

        >>> Together().draws(["h"], ["s"], ["p"], 4).tolist()
        [[0, 1, 2, 3]]
        """
        if not self.sessions:
            return np.tile(np.arange(many), (len(hosts), 1))
        parts = ((self.others, ["everyone"] * len(hosts)),
                 (self.host - self.others, [f"host {one}" for one in hosts]),
                 (self.session - self.host, [f"session {one}" for one in sessions]),
                 (1.0 - self.session, [f"line {one}\n{each}" for one, each in zip(
                     sessions, products, strict=True)]))
        score = np.zeros((len(hosts), many))
        for share, names in parts:
            score += np.sqrt(max(share, 0.0)) * _scores(names, many)
        return np.asarray(np.minimum((special.ndtr(score) * many).astype(np.int64), many - 1))


def together(known: Sales, item: Ints, pool: Pool, by: Taught) -> Together:
    """Return how far lines went together in the latest sessions, in money.

    What earlier rows tell of the latest is held against what came: where the misses of a
    session's lines add up instead of cancelling out, they go together.

    Args:
        known: rows with those of a product together.
        item: the product with its host of each row.
        pool: what is known of each besides.
        by: what products have in common.
    """
    late = known.start >= np.quantile(known.start, 1.0 - LATEST) if len(known) else np.zeros(
        0, dtype=np.bool_)
    rows = np.flatnonzero(late & ~known.capped)
    host = np.unique(known.host[rows].astype(str), return_inverse=True)[1]
    show = np.unique(np.stack([host, known.start[rows]], axis=1), axis=0, return_inverse=True)[1]
    show = show.reshape(-1)  # some versions of numpy return a column
    shows = int(show.max(initial=-1)) + 1
    if shows < FEWEST_SESSIONS:
        return Together()
    missed, spread = _misses(known, item, pool, by, late=late, rows=rows)
    show_missed, show_spread = (grouped_sum(each, show, shows) for each in (missed, spread))
    session = max(_correlation(missed, spread, show), LEAST_HOST)
    owner = np.zeros(shows, dtype=np.int64)
    owner[show] = host
    hosts = int(owner.max()) + 1
    own = min(max(_correlation(show_missed, show_spread, owner), LEAST_HOST), session)
    others = own
    if hosts >= FEWEST_HOSTS:
        host_missed, host_spread = (grouped_sum(each, owner, hosts)
                                    for each in (show_missed, show_spread))
        found = _correlation(host_missed, host_spread, np.zeros(hosts, dtype=np.int64))
        others = min(max(found, LEAST_OTHERS), own)
    return Together(session=session, host=own, others=others, sessions=shows)


def _misses(known: Sales, item: Ints, pool: Pool, by: Taught, *, late: Bools,
            rows: Ints) -> tuple[Floats, Floats]:
    """Return by how much rows missed what earlier ones tell, and how far they may, in money."""
    counted = sold(known, item, by.told, by.scale)
    rates = posterior(counted.of(~late), pool, by.common)
    worth = np.where(known.price > 0, known.price, np.nan)[rows]
    usual = float(np.nanmedian(worth)) if np.isfinite(worth).any() else 1.0
    worth = np.where(np.isfinite(worth), worth, usual)
    error = rates.error[item[rows]]
    mean = np.exp(rates.mean[item[rows]] + error**2 / 2) * counted.exposure[rows]
    apart = (1.0 + 1.0 / by.common.shape) * np.exp(error**2) - 1.0
    return worth * (counted.count[rows] - mean), worth * np.sqrt(mean + mean**2 * apart)


def _correlation(missed: Floats, spread: Floats, group: Ints) -> float:
    """Return how much of what may add up within groups did, 0-1."""
    groups = int(group.max(initial=-1)) + 1
    added, most = (float((grouped_sum(each, group, groups)**2).sum() - (each**2).sum())
                   for each in (missed, spread))
    return float(np.clip(added / most, 0.0, 1.0)) if most > 0 else 1.0


def _scores(names: Sequence[str], many: int) -> Floats:
    """Return normal scores for each name, the same for the same name, shape (names, many)."""
    drawn = {name: np.random.default_rng([SEED, crc32(name.encode())]).standard_normal(many)
             for name in dict.fromkeys(names)}
    return np.stack([drawn[name] for name in names]) if names else np.zeros((0, many))

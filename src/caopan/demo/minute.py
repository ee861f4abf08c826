"""The minutes of each show, which add up to the show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.ragged import Floats, Ints, groups, ranks, rough, spread, starts, total

STAY_STEPS = 16
"""Minutes after which nobody of an entry is left: far beyond the mean stay."""
WAVE_MINUTES = 45.0
ONLINE_NOISE = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes (分钟) of the shows, shows in order; every array but ``counts`` is per minute."""

    counts: Ints
    """Minutes of each show; shape (shows,)."""
    online: Ints
    entries_private: Ints
    entries_public: Ints
    entries_paid: Ints
    ad_spend: Ints
    comments: Ints

    @property
    def entries(self) -> Ints:
        """Return the entries from all sources."""
        return self.entries_private + self.entries_public + self.entries_paid

    def peak(self) -> Ints:
        """Return the highest number online of each show."""
        return np.maximum.reduceat(self.online, starts(self.counts))

    def watched(self) -> Ints:
        """Return the minutes watched by all viewers of each show together."""
        return np.add.reduceat(self.online, starts(self.counts))


def minutes(
    seconds: Ints, stay: Floats, private: Ints, public: Ints, paid: Ints, *,
    ad_spend: Ints, comments: Ints, rng: np.random.Generator,
) -> Minutes:
    """Return the minutes of every show; each column adds up to the show's count.

    All arrays have shape (shows,): length, mean minutes a viewer stays, entries by source, spend
    in fen, comments.
    """
    counts = -(-seconds // 60)
    at = ranks(counts).astype(np.float64)
    show = groups(counts)
    rising = np.minimum((at + 1) / 15, 1.0)
    wave = 1 + 0.3 * np.sin(at / WAVE_MINUTES * 2 * np.pi + (show * 2.399) % 6.283)
    early = 0.25 + 2.0 * np.exp(-at / 15)
    bought = _parts(paid, rising * (0.3 + wave**2), counts, rng)
    entries = (_parts(private, early, counts, rng), _parts(public, rising * wave, counts, rng),
               bought)
    online = _online(sum(entries, np.zeros(len(at), dtype=np.int64)), at, stay[show], rng)
    spent = np.where(paid[show] > 0, bought, wave)
    return Minutes(
        counts=counts, online=online,
        entries_private=entries[0], entries_public=entries[1], entries_paid=entries[2],
        ad_spend=spread(ad_spend, spent, counts, rng),
        comments=_parts(comments, online.astype(np.float64), counts, rng),
    )


def _parts(amounts: Ints, shape: Floats, counts: Ints, rng: np.random.Generator) -> Ints:
    """Return parts of the amounts that vary from minute to minute as real counts do."""
    sums = np.maximum(total(shape, counts), 1e-9)
    means = (amounts / sums)[groups(counts)] * shape
    return spread(amounts, rough(means, rng, noise=0.05), counts, rng)


def _online(entries: Ints, at: Floats, stay: Floats, rng: np.random.Generator) -> Ints:
    """Return who is there on average in each minute when stays are exponential."""
    leave = np.exp(-1 / stay)
    present = np.zeros(len(entries))
    weight = stay * (1 - leave) * np.exp(rng.normal(0, ONLINE_NOISE, len(entries)))
    arrived = entries.astype(np.float64)
    for back in range(STAY_STEPS):
        shifted = np.concatenate([np.zeros(back), arrived])[: len(arrived)]
        present += np.where(at >= back, shifted, 0.0) * weight
        weight = weight * leave
    return np.floor(present + rng.random(len(present))).astype(np.int64)

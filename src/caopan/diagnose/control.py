"""False alarms held down over everything that is said about one subject."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from caopan.diagnose.column import Column, Key
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools, Floats
from caopan.stats.false_discovery import discoveries

LEVEL_SHARE = 0.2
"""What part of the false alarms the values that stand by themselves may use up."""
CHANGE_SHARE = 0.45
"""What part the changes over time (against the period before, or own history) may use up."""
PEER_SHARE = 0.2
"""What part the gaps to peers may use up: many of those are real, and where they stood in one
family with the changes, each of them would make a false change easier to claim."""
TOTAL_SHARE = 0.15
"""What part the claim that GMV itself rose or fell beyond the ordinary may use up."""
MAIN_SHARE = 0.5
"""What part of the rest belongs to the factors of the main identity, together."""


def level_of_facts(*, rate: float, claims: int) -> float:
    """Return how wide the range of a value by itself is, so that all claims together keep a rate.

    A claim about a value by itself is supported where its whole range lies beyond the rule's
    limit; with ``claims`` of them each range has this level (Bonferroni, one-sided).

    >>> round(level_of_facts(rate=0.1, claims=10), 4)
    0.996
    """
    return 1.0 - 2.0 * rate * LEVEL_SHARE / max(claims, 1)


def supported(
    columns: Sequence[Column], main: Mapping[Key, Bools], *, rate: float,
) -> dict[Key, Bools]:
    """Return which differences the data carry, for every signal, subject by subject.

    Benjamini-Hochberg over all changes that were tested for a subject, and by itself over all its
    gaps to peers; of the changes the factors of the main identity share half of the weight,
    however many other signals are read. Facts are supported as they are, where they differ from
    what they are compared with.

    Args:
        columns: every signal; those under ``level`` are left to their ranges.
        main: for signals that are factors of somebody's main identity, of whose, shape (s,).
        rate: share of false discoveries allowed, all signals under ``level`` included.
    """
    verdicts = {one.key: one.fact.copy() for one in columns}
    changes = [one for one in columns if one.against in (Against.PREVIOUS, Against.OWN)]
    gaps = [one for one in columns if one.against is Against.PEERS]
    for one in (*changes, *gaps):
        verdicts[one.key] &= one.value != one.comparison
    for family, share in ((changes, CHANGE_SHARE), (gaps, PEER_SHARE)):
        for key, found in _found(family, main, rate * share).items():
            verdicts[key] |= found
    return verdicts


def _found(
    tested: Sequence[Column], main: Mapping[Key, Bools], rate: float,
) -> dict[Key, Bools]:
    """Return the discoveries of one family of tests."""
    if not tested:
        return {}
    chances = np.stack([one.probability for one in tested], axis=1)
    part = np.stack([main.get(one.key, np.zeros(len(one.value), dtype=np.bool_))
                     for one in tested], axis=1)
    found = discoveries(chances, rate=rate, weights=_weights(chances, part))
    return {one.key: found[:, place] for place, one in enumerate(tested)}


def _weights(chances: Floats, part: Bools) -> Floats:
    """Return each test's share of the budget: half for the main factors, half for the rest."""
    made = ~np.isnan(chances)
    main, rest = (made & part).sum(axis=1), (made & ~part).sum(axis=1)
    each = MAIN_SHARE / np.maximum(main, 1), (1.0 - MAIN_SHARE) / np.maximum(rest, 1)
    return np.asarray(np.where(part, each[0][:, None], each[1][:, None]))


def asked_for(clauses: Collection[Key], against: Against) -> list[str]:
    """Return the metrics that somebody asks for against one thing, in order of name.

    >>> asked_for([("opm", Against.OWN), ("aov", Against.LEVEL)], Against.OWN)
    ['opm']
    """
    return sorted({metric for metric, thing in clauses if thing is against})

"""A fall of a rate told while it runs (累积和): a negative-binomial CUSUM beside what was expected.

The expectation of every minute is an argument: who calls knows the run sheet and the traffic, and
a burst that was planned must not count, nor a quiet minute that nobody was there in. How good the
level of a session is, is not known before it; the minutes so far say it, those of the last few
left out, so that a fall that has begun does not become the new level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats

BUDGET = 0.1
"""The share of clean sessions that may raise a false alarm."""
FEWEST_CLEAN = 20
"""Clean sessions below which a threshold of one in ten cannot be told."""
LEAST_EXPECTED = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """What is looked for, and how the level of a session is learnt.

    ``share``: what a fall leaves of the rate, in (0, 1). ``size``: of the negative binomial around
    what is expected; large where minutes scatter as counts do. ``lag``: the last minutes that do
    not speak of the level. ``memory``: minutes after which a minute speaks half as loud.
    ``trust``: how many expected events the expectation itself is worth before the session.
    """

    share: float = 0.25
    size: float = 8.0
    lag: int = 4
    memory: float = 30.0
    trust: float = 4.0


def statistic(counts: Floats, expected: Floats, fall: Fall) -> Floats:
    """Return the evidence for a fall at every minute, shape of ``counts``, >= 0.

    It is the log likelihood ratio of a fall against none, summed since it last was none.

    Args:
        counts: shape (sessions, minutes), events of each minute; finite.
        expected: shape of ``counts``, what was expected of each minute; finite, >= 0.
        fall: what is looked for.

    >>> calm = np.full((1, 30), 10.0)
    >>> broken = np.where(np.arange(30) < 20, 10.0, 1.0)[None]
    >>> float(statistic(calm, calm, Fall())[0, -1])
    0.0
    >>> bool(statistic(broken, calm, Fall())[0, -1] > 5)
    True
    """
    found = np.zeros_like(counts)
    seen = wanted = running = np.zeros(len(counts))
    fade = 0.5 ** (1.0 / fall.memory)
    for minute in range(counts.shape[1]):
        known = minute - fall.lag - 1
        if known >= 0:
            seen = seen * fade + counts[:, known]
            wanted = wanted * fade + expected[:, known]
        level = (fall.trust + seen) / (fall.trust + wanted)
        mean = level * expected[:, minute]
        running = np.maximum(running + _evidence(counts[:, minute], mean, fall), 0.0)
        found[:, minute] = running
    return found


def run_length(evidence: Floats) -> int:
    """Return for how many minutes the evidence of one session has stood above zero.

    >>> run_length(np.array([0.0, 1.0, 0.0, 0.4, 2.0]))
    2
    """
    zeros = np.flatnonzero(evidence <= 0)
    return len(evidence) - (int(zeros[-1]) + 1 if len(zeros) else 0)


def threshold(clean: Floats, *, budget: float = BUDGET) -> float:
    """Return the evidence that a share ``budget`` of clean sessions ever reaches.

    Args:
        clean: shape (sessions,), the largest evidence of each clean session.
        budget: that share.

    Raises:
        TooFewCleanError: fewer sessions than a share can be told from.

    >>> threshold(np.arange(100.0))
    90.0
    """
    if len(clean) < FEWEST_CLEAN:
        raise TooFewCleanError(len(clean))
    return float(np.quantile(clean, 1.0 - budget, method="higher"))


def size(counts: Floats, expected: Floats) -> float:
    """Return the size of the negative binomial that clean sessions scatter by.

    By moments, each session at its own level; at most 1000, where it is as good as Poisson.

    >>> size(np.array([[10.0, 10.0]]), np.array([[5.0, 5.0]]))
    1000.0
    """
    level = counts.sum(axis=1, keepdims=True) / np.maximum(
        expected.sum(axis=1, keepdims=True), LEAST_EXPECTED)
    mean = level * expected
    over = float(((counts - mean) ** 2 - mean).sum())
    square = float((mean**2).sum())
    return min(square / over, 1000.0) if over > 0 else 1000.0


def _evidence(counts: Floats, mean: Floats, fall: Fall) -> Floats:
    """Return the log likelihood ratio of a fall against none, one minute."""
    wide = np.log((fall.size + mean) / (fall.size + fall.share * mean))
    return np.asarray(counts * (np.log(fall.share) + wide) + fall.size * wide)


class TooFewCleanError(ValueError):
    """Raised where a threshold is asked of fewer sessions than can tell one."""

    def __init__(self, found: int) -> None:
        """Say how many there are and how many it takes."""
        super().__init__(f"{found} clean sessions; a threshold takes {FEWEST_CLEAN}")

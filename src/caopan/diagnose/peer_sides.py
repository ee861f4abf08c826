"""The average peer as the first side: what a subject's GMV is measured from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from caopan.diagnose.measure import Measure
from caopan.diagnose.peers import FEWEST
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Sides, one_side
from caopan.stats.arrays import Floats, Ints, divided, grouped_sum
from caopan.stats.contrast import LEAST_FREEDOM, Contrast, alone
from caopan.stats.ratio_error import LogRatio, log_ratio
from caopan.stats.student import t_probability


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSides:
    """Two sides of every subject: the mean of its peers' periods, and its own period.

    Sums of the first side are those of the other subjects of the group over their number, so that
    an identity closes on them too. Their errors come from how the peers differ, each peer one
    cluster; those of the second side from the subject's own sessions.
    """

    own: Sides
    group: Ints
    _ratios: dict[str, LogRatio] = field(default_factory=dict)

    @property
    def subjects(self) -> int:
        """Return how many subjects there are."""
        return self.own.subjects

    @property
    def measure(self) -> Measure:
        """Return what sales are counted in."""
        return self.own.measure

    @property
    def count(self) -> Floats:
        """Return the sessions of the average peer and the subject's own, shape (s, 2)."""
        return self.total("sessions")

    @property
    def others(self) -> Floats:
        """Return how many peers with sessions every subject has, shape (s,)."""
        there = (self.own.count[:, 1] > 0).astype(np.float64)
        return self._summed(there)[self.group] - there

    def total(self, name: str) -> Floats:
        """Return a measure of the average peer and the subject's own; NaN where peers lack it."""
        mine = self.own.total(name)[:, 1]
        there = self.own.count[:, 1] > 0
        counted = np.where(there, mine, 0.0)
        rest = self._summed(counted)[self.group] - counted
        return np.stack([divided(rest, np.where(self.others >= FEWEST, self.others, 0.0)), mine],
                        axis=1)

    def contrast(self, reading: str) -> Contrast:
        """Return how far a subject's reading lies from that of its peers."""
        peers = self._peers(reading)
        before, after = self._mean(reading), one_side(self.own.ratio(reading), 1)
        two, freedom = alone(after, correlation=self.own.correlation(reading))
        one = divided(peers.scatter, peers.count)[self.group]
        less = peers.count[self.group] - 1.0
        spread = divided((one + two) ** 2, one**2 / np.maximum(less, LEAST_FREEDOM)
                         + two**2 / freedom)
        change = after.log - before
        with np.errstate(divide="ignore", invalid="ignore"):
            step = np.where(change == 0, 0.0, change / np.sqrt(one + two))
        return Contrast(
            before=before, after=after.log, change=change, before_variance=one,
            after_variance=two, freedom=spread, probability=t_probability(step, spread))

    def together(self, first: str, second: str) -> Floats:
        """Return how the logs of two readings move together on each side, shape (s, 2)."""
        product = self._peers(first).influence * self._peers(second).influence
        size = self._peers(first).count
        among = divided(self._summed(product), size * (size - 1.0))[self.group]
        return np.stack([among, self.own.together(first, second)[:, 1]], axis=1)

    def _mean(self, reading: str) -> Floats:
        known = READINGS[reading]
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.total(known.numerator)[:, 0]) - np.log(
                self.total(known.denominator)[:, 0])
        return np.where(np.isfinite(log), log, np.nan)

    def _peers(self, reading: str) -> LogRatio:
        """Return the log ratio of each group with every subject as one cluster."""
        if reading not in self._ratios:
            known = READINGS[reading]
            top, bottom = (self.own.total(name)[:, 1]
                           for name in (known.numerator, known.denominator))
            there = self.own.count[:, 1] > 0
            self._ratios[reading] = log_ratio(
                np.where(there, top, np.nan), np.where(there, bottom, np.nan), self.group,
                self._groups, events=False)
        return self._ratios[reading]

    @property
    def _groups(self) -> int:
        return int(self.group.max(initial=-1)) + 1

    def _summed(self, values: Floats) -> Floats:
        return grouped_sum(values, self.group, self._groups)

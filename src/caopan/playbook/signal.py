"""What a rule reads: one number of one subject beside what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.interval import Interval
from caopan.units.verdict import Verdict


class Against(StrEnum):
    """What a signal is compared with.

    ``previous``: the period of equal length just before; ``own``: the subject's own longer
    history; ``peers``: the shrunken peer group; ``level``: nothing, the value stands by itself
    against a limit that the rule names.
    """

    PREVIOUS = "previous"
    OWN = "own"
    PEERS = "peers"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One reading (读数) of one metric for one subject.

    ``value`` and ``comparison`` are in the metric's own unit (ratios 0-1, money in minor units);
    None means "cannot be computed" and fires no rule. ``difference`` is the interval of
    ``value - comparison`` (of ``value`` itself under ``level``) in the same unit, None where no
    interval can be made. ``p_value`` is two-sided, for "no difference". ``n`` and
    ``n_comparison`` count sessions, orders, buyers or peers, as ``n_of`` says. ``prize`` is the
    money at stake over the period, minor units. ``verdict`` is set after false alarms are
    controlled across all signals of the subject.
    """

    metric: str
    against: Against
    value: float | None
    comparison: float | None = None
    difference: Interval | None = None
    p_value: float | None = None
    percentile: float | None = None
    n: int = 0
    n_comparison: int = 0
    n_of: str = "sessions"
    prize: Interval | None = None
    verdict: Verdict = Verdict.CANNOT_TELL

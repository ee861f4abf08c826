"""When a rule speaks: limits on one signal, and on other signals beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from caopan.playbook.signal import Against, Signal
from caopan.units.verdict import Verdict

Key = tuple[str, Against]
"""What a signal is looked up by: its metric and what it is compared with."""


class Direction(StrEnum):
    """Which way a value must have moved from its comparison."""

    UP = "up"
    DOWN = "down"


class Wanted(StrEnum):
    """Which verdict a clause beside the main one asks for."""

    SUPPORTED = "supported"
    CANNOT_TELL = "cannot_tell"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Limits on one signal (条件); every limit that is set must be met.

    ``change_at_least`` is a size relative to the comparison (0.2 = a fifth), and
    ``difference_at_least`` one in the metric's own unit; both count in ``direction``. ``below`` and
    ``above`` bound the value itself, strictly. Percentiles are ratios 0-1 among the peers.
    """

    metric: str
    against: Against
    direction: Direction | None = None
    change_at_least: float | None = None
    difference_at_least: float | None = None
    below: float | None = None
    above: float | None = None
    percentile_below: float | None = None
    percentile_above: float | None = None
    minimum_n: int = 0
    minimum_n_comparison: int = 0
    verdict: Wanted = Wanted.SUPPORTED

    @property
    def key(self) -> Key:
        """Return what the clause's signal is looked up by."""
        return self.metric, self.against

    def standing(self, signal: Signal) -> Verdict | None:
        """Return the verdict with which a signal meets the limits; None where it does not.

        A value that cannot be computed (None) meets nothing. Under ``level`` with an interval, the
        claim is supported where the whole interval lies beyond the limit; everywhere else the
        signal's own verdict counts.

        >>> low = Clause(metric="enter_rate", against=Against.LEVEL, below=0.05)
        >>> low.standing(Signal(metric="enter_rate", against=Against.LEVEL, value=0.02)).value
        'cannot_tell'
        """
        value = signal.value
        if value is None or not self._counts(signal) or not self._within(value):
            return None
        if not (self._moved(value, signal.comparison) and self._ranks(signal.percentile)):
            return None
        return self._verdict(signal)

    def holds(self, signal: Signal | None) -> bool:
        """Return whether a signal meets the limits with the verdict that is asked for.

        >>> Clause(metric="opm", against=Against.LEVEL, below=1.0).holds(None)
        False
        """
        standing = None if signal is None else self.standing(signal)
        return standing is not None and self.verdict in (Wanted.ANY, standing.value)

    def _counts(self, signal: Signal) -> bool:
        return signal.n >= self.minimum_n and signal.n_comparison >= self.minimum_n_comparison

    def _within(self, value: float) -> bool:
        return (self.below is None or value < self.below) and (
            self.above is None or value > self.above
        )

    def _moved(self, value: float, comparison: float | None) -> bool:
        if self.direction is None:
            return True
        if comparison is None:
            return False
        step = value - comparison if self.direction is Direction.UP else comparison - value
        if self.change_at_least is not None and not _reaches(
            step, comparison, self.change_at_least
        ):
            return False
        return step > 0 and (self.difference_at_least is None or step >= self.difference_at_least)

    def _ranks(self, percentile: float | None) -> bool:
        if self.percentile_below is None and self.percentile_above is None:
            return True
        if percentile is None:
            return False
        return (self.percentile_below is None or percentile < self.percentile_below) and (
            self.percentile_above is None or percentile > self.percentile_above
        )

    def _verdict(self, signal: Signal) -> Verdict:
        span = signal.difference
        if self.against is not Against.LEVEL or span is None:
            return signal.verdict
        beyond = (self.below is None or span.high < self.below) and (
            self.above is None or span.low > self.above
        )
        return Verdict.SUPPORTED if beyond else Verdict.CANNOT_TELL


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The main clause of a rule and what must, may and must not stand beside it.

    ``every`` (``all`` in the file) must all hold, of ``some`` (``any``) at least one where there
    are any, of ``unless`` none. With ``report_doubt`` the rule also speaks where the data cannot
    carry the main clause, and then says so.
    """

    main: Clause
    every: tuple[Clause, ...] = ()
    some: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()
    report_doubt: bool = False

    def judge(self, signals: Mapping[Key, Signal]) -> Verdict | None:
        """Return the verdict with which the rule speaks about a subject; None where it is quiet.

        >>> fell = Clause(metric="opm", against=Against.OWN, direction=Direction.DOWN)
        >>> opm = Signal(metric="opm", against=Against.OWN, value=2.0, comparison=3.0)
        >>> Condition(main=fell, report_doubt=True).judge({opm_key: opm for opm_key in [fell.key]})
        <Verdict.CANNOT_TELL: 'cannot_tell'>
        >>> Condition(main=fell).judge({fell.key: opm}) is None
        True
        """
        signal = signals.get(self.main.key)
        verdict = None if signal is None else self.main.standing(signal)
        if verdict is None or (verdict is Verdict.CANNOT_TELL and not self.report_doubt):
            return None
        return verdict if self._beside(signals) else None

    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause, the main one first.

        >>> main = Clause(metric="opm", against=Against.LEVEL, below=1.0)
        >>> len(Condition(main=main, unless=(main,)).clauses())
        2
        """
        return (self.main, *self.every, *self.some, *self.unless)

    def _beside(self, signals: Mapping[Key, Signal]) -> bool:
        return (
            all(clause.holds(signals.get(clause.key)) for clause in self.every)
            and (
                not self.some or any(clause.holds(signals.get(clause.key)) for clause in self.some)
            )
            and not any(clause.holds(signals.get(clause.key)) for clause in self.unless)
        )


def _reaches(step: float, comparison: float, share: float) -> bool:
    """Return whether a step is at least a share of the comparison; never where that is zero."""
    return comparison != 0 and step >= share * abs(comparison)

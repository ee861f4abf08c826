"""The records a diagnosis (诊断) is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from caopan.playbook.signal import Signal
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose room it is: one streamer (主播) or one merchant (商家)."""

    kind: str
    """``streamer`` or ``merchant``."""
    id: str
    name: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the subject stands on the growth ladder (成长阶梯).

    ``monthly_gmv`` is GMV of the last 30 days (minor units), ``expected`` the interval of the next
    30 at the present level; ``rung`` indexes the ladder of the playbook, None when it cannot be
    told. ``certain`` is False where the interval straddles a rung.
    """

    rung: int | None
    name: Text | None
    bottleneck: Text | None
    first_moves: Text | None
    gate: Text | None
    monthly_gmv: int | None
    expected: Interval | None
    low: int | None
    high: int | None
    certain: bool
    limits: tuple[int, ...]
    """The ladder's rung limits in minor units, ascending, for drawing the strip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One term of an identity and what its change was worth.

    ``before``/``after`` in ``unit`` (None where it cannot be computed), ``amount`` whole minor
    units (units sold, where the change is one of units): the amounts of one change sum exactly to
    it. ``interval`` is the amount's range.
    """

    id: str
    name: Text
    unit: Unit
    before: float | None
    after: float | None
    amount: int
    interval: Interval | None
    p_value: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An exact decomposition (拆解) of a change in GMV, or in units where no amount is known.

    ``measure`` is ``gmv`` or ``units``, ``unit`` that of ``before``, ``after``, ``interval`` and of
    the factors' amounts: minor units of money, or numbers of units.
    ``refused`` is set, and ``factors`` empty, where the data do not carry a decomposition (fewer
    than three sessions on a side, no column to split by). ``identity`` names the tree, ``method``
    is ``lmdi`` or ``shapley`` (``shapley`` only where a factor is zero, and flagged).
    """

    identity: str
    formula: Text
    period: Period
    compared_period: Period
    before: int
    after: int
    n_before: int
    n_after: int
    interval: Interval | None
    method: str
    factors: tuple[Factor, ...]
    flags: tuple[Message, ...] = ()
    refused: Message | None = None
    against: str = "previous"
    verdict: Verdict = Verdict.CANNOT_TELL
    """Whether sales as a whole changed beyond the ordinary; under the control of false alarms."""
    measure: str = "gmv"
    unit: Unit = Unit.MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that fired on one subject, with its evidence and what it is worth."""

    rule: str
    severity: str
    """``high``, ``medium`` or ``low``; ``note`` for a calm remark."""
    title: Text
    """A full sentence with the values filled in."""
    signal: Signal
    rows: tuple[dict[str, object], ...]
    """The evidence table: the sessions or groups behind it, canonical column names."""
    prize: Interval | None
    advice: Text
    settle: Text | None
    """Which data, and how much of it, would settle a ``cannot_tell``."""
    source: Text
    confidence: str
    verdict: Verdict
    units_at_stake: Interval | None = None
    """What it is worth in units, where sales are counted and not priced; ``prize`` is None then."""

    @property
    def stake(self) -> Interval | None:
        """Return what it is worth, in the unit of the subject's change."""
        return self.units_at_stake if self.prize is None else self.prize


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRate:
    """One step of the funnel as a rate beside its peers."""

    metric: str
    name: Text
    value: float | None
    comparison: float | None
    low: float | None
    high: float | None
    peers: tuple[float, float, float] | None
    """Peers' shrunken 25th, 50th and 75th percentile; None where there are too few peers."""
    percentile: float | None
    n_peers: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All that can be said, and all that cannot, about one subject and one period."""

    subject: Subject
    period: Period
    compared_period: Period
    headline: Text
    """A sentence: what is known; and, after it, what is not."""
    unknown: Text | None
    stage: Stage
    change: Change
    trees: tuple[Change, ...]
    """The same change by other identities (other trees, product mix)."""
    funnel: tuple[StepRate, ...]
    findings: tuple[Finding, ...]
    sessions: tuple[dict[str, object], ...]
    """The sessions of both periods for the calendar: day, gmv, minutes, set_aside; units where
    those are the measure."""
    notes: tuple[Message, ...] = ()
    """What was set apart or assumed: shows without a cart, false starts, a dominating session."""
    figures: dict[str, float | None] = field(default_factory=dict)
    """Headline figures by metric id for the period."""

"""An example of a rule: signals written by hand, and whether the rule must speak."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.playbook.condition import Condition
from caopan.playbook.signal import Signal
from caopan.units.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case (例子) a rule must get right.

    ``signals`` start with the rule's own; ``expected`` is the verdict it must speak with, None
    where it must be quiet.
    """

    signals: tuple[Signal, ...]
    expected: Verdict | None

    def outcome(self, condition: Condition) -> Verdict | None:
        """Return what the condition says about the example's signals.

        >>> from caopan.playbook.condition import Clause
        >>> from caopan.playbook.signal import Against
        >>> thin = Clause(metric="sessions", against=Against.LEVEL, below=3)
        >>> two = Signal(metric="sessions", against=Against.LEVEL, value=2,
        ...              verdict=Verdict.SUPPORTED)
        >>> Example(signals=(two,), expected=Verdict.SUPPORTED).outcome(Condition(main=thin))
        <Verdict.SUPPORTED: 'supported'>
        """
        return condition.judge({(signal.metric, signal.against): signal for signal in self.signals})

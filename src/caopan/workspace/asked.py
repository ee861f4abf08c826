"""What a diagnosis is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caopan.playbook.signal import Against
from caopan.workspace.grain import Grain


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is to be diagnosed, and over which days (诊断谁、看哪段).

    ``streamer`` or ``merchant``: one id; else everyone of ``grain``. The period is ``[start, end)``
    in business days, chosen from the data where it is not given; ``against`` what it is measured
    from.

    >>> Asked(merchant="m1").whose.key
    'merchant_id'
    """

    streamer: str | None = None
    merchant: str | None = None
    grain: Grain = Grain.STREAMER
    start: date | None = None
    end: date | None = None
    against: Against = Against.PREVIOUS

    @property
    def only(self) -> str | None:
        """Return the one id that is asked for, None for everyone."""
        return self.streamer or self.merchant

    @property
    def whose(self) -> Grain:
        """Return the grain: that of the id where one is given."""
        if self.only is None:
            return self.grain
        return Grain.STREAMER if self.streamer else Grain.MERCHANT


EVERYONE = Asked()
"""Every streamer, over the period that the data carry, beside the period before."""

"""When a platform is asked again (退避): slower the longer it fails, never all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LASTING_SECONDS, JITTER = 60.0, 0.1
DOUBLINGS = 8


def wait(period: float, *, failures: int, rng: np.random.Generator,
         retry_seconds: float | None = None, longest: float = 300.0) -> float:
    """Return the seconds until the next call.

    Args:
        period: between two calls while all is well.
        failures: how often it has failed in a row.
        rng: of the jitter: a tenth up or down.
        retry_seconds: how long the platform asks to wait; never less than that.
        longest: never more than about this, but for what the platform asks.

    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> [round(wait(10, failures=n, rng=rng)) for n in (0, 1, 2, 20)]
    [10, 22, 37, 327]
    """
    base = period if not failures else min(
        period * 2.0 ** min(failures, DOUBLINGS), max(longest, period))
    jittered = base * (1 + JITTER * rng.uniform(-1, 1))
    return max(jittered, retry_seconds or 0.0)

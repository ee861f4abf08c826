"""What is known of a subject's sales: a sum over nothing is not zero."""

from __future__ import annotations

from dataclasses import replace

from caopan.diagnose.diagnosis import Change, Diagnosis


def sides(change: Change) -> tuple[bool, bool]:
    """Return whether sales are known before and now: some session counts, or something was sold.

    >>> sides.__name__
    'sides'
    """
    return (change.n_before > 0 or change.before != 0, change.n_after > 0 or change.after != 0)


def without_zeros(diagnosis: Diagnosis) -> Diagnosis:
    """Return the diagnosis without the zeros that stand for sales nobody knows.

    >>> without_zeros.__name__
    'without_zeros'
    """
    if any(sides(diagnosis.change)) or diagnosis.stage.monthly_gmv:
        return diagnosis
    figures = {name: None if name in _SUMS else value
               for name, value in diagnosis.figures.items()}
    return replace(diagnosis, figures=figures, stage=replace(diagnosis.stage, monthly_gmv=None))


_SUMS = frozenset({"gmv", "gmv_monthly", "units"})

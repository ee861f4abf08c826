"""The mark every synthetic name carries."""

from __future__ import annotations

SYNTHETIC = "（合成）"
"""Stands at the end of every name of the synthetic world, so that no screen can hide it."""


def labelled(name: str) -> str:
    """Return a name with the synthetic label (合成).

    >>> labelled("秭归脐橙")
    '秭归脐橙（合成）'
    """
    return f"{name}{SYNTHETIC}"

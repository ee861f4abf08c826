"""Options that the verbs of a plan share: ``stock`` and ``budget``."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.units.money import minor_of

LossCap = Annotated[float | None, typer.Option(
    help="福利、引流款的亏损上限（元） · what may be lost on goods sold below cost")]
Level = Annotated[float, typer.Option(help="区间水平 · level of the ranges")]


def minor(yuan: float | None) -> int | None:
    """Return an amount of an option in minor units; None where none was given.

    >>> minor(12.5), minor(None)
    (1250, None)
    """
    return None if yuan is None else minor_of(yuan)

"""What the chart macros call: put these into the template environment."""

from __future__ import annotations

from collections.abc import Callable

from caopan.web.console.chart.client import block
from caopan.web.console.chart.figure import unit_said, verdict_said


def macro_globals() -> dict[str, Callable[..., object]]:
    """Return the functions that ``macros/chart.html`` expects among the globals of Jinja.

    >>> sorted(macro_globals())
    ['chart_block', 'chart_unit', 'chart_verdict']
    """
    return {"chart_block": block, "chart_unit": unit_said, "chart_verdict": verdict_said}

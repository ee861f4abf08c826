"""A session's spend by tool (投放工具), as its host used the tools so far.

A ladder is drawn for a session as a whole: it says what spend brings, not through which tool.
Until rungs are drawn tool by tool the mix stays as it was, and no return of a tool is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolShare:
    """What goes through one tool; ``spend`` in minor units, ``habit``: its share so far, 0-1."""

    tool: str
    spend: float
    habit: float


def by_tool(spend: float, used: Mapping[str, float]) -> tuple[ToolShare, ...]:
    """Return a session's spend divided as the tools were used so far, the largest first.

    Args:
        spend: of the session, minor units.
        used: what went through each tool so far, minor units; empty: nobody wrote it down.

    >>> [(one.tool, one.spend) for one in by_tool(900, {"jinniu": 100.0, "qianchuan": 200.0})]
    [('qianchuan', 600.0), ('jinniu', 300.0)]
    >>> by_tool(900, {})
    ()
    """
    total = sum(used.values())
    if not total > 0:
        return ()
    ranked = sorted(used.items(), key=lambda one: (-one[1], one[0]))
    return tuple(ToolShare(tool=tool, spend=spend * amount / total, habit=amount / total)
                 for tool, amount in ranked if amount > 0)

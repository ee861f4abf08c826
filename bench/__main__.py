"""Print what was measured beside its limits: ``python -m bench [importing scale …]``.

Ends with 1 where a figure is over its limit or a part failed.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator

from bench import (
    alarms,
    alerting,
    browser,
    connecting,
    demo_alarms,
    fitting,
    forecast_cases,
    forecast_told,
    forecasting,
    importing,
    lineups,
    living,
    long_show,
    outages,
    pacing,
    pages,
    perishables,
    responding,
    scale,
    serving,
    starting,
    stocking,
    sums,
)
from bench.row import Row

PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "starting": starting.rows, "importing": importing.rows, "scale": scale.rows,
    "false_alarms": alarms.rows, "demo_alarms": demo_alarms.rows, "serving": serving.rows,
    "alerting": alerting.rows,
    "browser": browser.rows, "pages": pages.rows, "responding": responding.rows,
    "responding_fresh": responding.fresh,
    "pacing": pacing.rows, "living": living.rows, "long_show": long_show.rows,
    "connecting": connecting.rows,
    "stocking": stocking.rows, "sums": sums.rows, "perishables": perishables.rows,
    "lineup": lineups.rows,
    "outages": outages.rows, "fitting": fitting.rows,
    "forecasting": forecasting.rows, "forecast_told": forecast_told.rows,
    "forecast_cases": forecast_cases.rows,
}


def main(asked: list[str]) -> int:
    """Run the parts asked for, all where none is named, and return the exit code."""
    unknown = [name for name in asked if name not in PARTS]
    if unknown:
        print(f"no part {', '.join(unknown)}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    results = [run(name) for name in asked or PARTS]
    return 0 if all(results) else 1


def run(name: str) -> bool:
    """Print one part as its figures come; return whether it ran and all are within limits."""
    print(f"# {name}", flush=True)
    good = True
    try:
        for row in PARTS[name]():
            print(row.line(), flush=True)
            good = good and row.figure <= row.limit
    except Exception:  # noqa: BLE001 - the other parts go on, and the exit code says it
        traceback.print_exc()
        print(f"FAILED  {name}", flush=True)
        return False
    return good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A small shop whose forecasts need no model: three hosts, a session each every four days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np

from caopan import Workspace
from caopan.units.clock import now

HOSTS, SHOP = ("小满", "大川", "阿泽"), "果园"
HEAD = ("session_id,streamer_id,merchant_id,started_at,ended_at,viewers,product_clickers,buyers,"
        "orders,units,gmv,new_followers,ad_spend,currency")


def steady_shop(folder: Path) -> Workspace:
    """Return a workspace in a folder with 124 days of it, until yesterday."""
    rng = np.random.default_rng(4)
    rows = []
    for host in HOSTS:
        for back in range(124, 0, -4):
            start = now() - timedelta(days=back)
            gmv = 3_000 * rng.lognormal(sigma=0.4)
            rows.append(f"{host}{back},{host},{SHOP},{start.isoformat()},"
                        f"{(start + timedelta(hours=2)).isoformat()},900,90,{int(gmv / 60)},"
                        f"{int(gmv / 55)},{int(gmv / 50)},{gmv:.2f},30,200,CNY")
    (folder / "sessions.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    opened = Workspace.open(folder / "w")
    opened.import_files([folder / "sessions.csv"])
    return opened

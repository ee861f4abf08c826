from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from caopan import Workspace

SESSIONS = """session_id,streamer_id,started_at,ended_at,title,views,orders,units,gmv,currency
s1,林晚,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,春季上新,1000,10,12,500.00,CNY
s2,林晚,2026-03-02T19:30:00+08:00,2026-03-02T21:30:00+08:00,春季返场,900,8,8,400.50,CNY
s3,阿泽,2026-03-02T20:00:00+08:00,2026-03-02T22:00:00+08:00,清仓,300,,,,CNY
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return an empty open workspace."""
    with Workspace.open(tmp_path / "w") as opened:
        yield opened


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    """Return a canonical file of three sessions."""
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the synthetic world, made once."""
    folder = tmp_path_factory.mktemp("toy") / "room"
    with Workspace.open(folder) as made:
        made.demo(size="toy", seed=7)
    return folder


@pytest.fixture
def toy(toy_folder: Path) -> Iterator[Workspace]:
    """Return the synthetic world, to be read only."""
    with Workspace.open(toy_folder) as opened:
        yield opened


def five_hosts(folder: Path, *, since: int = 0, until: int = 24) -> Path:
    """Return a file of five hosts who sell by the hour, a session a day, from some day on."""
    start = datetime(2026, 1, 1, 11, tzinfo=UTC)
    lines = ["session_id,streamer_id,started_at,ended_at,planned_minutes,gmv,currency"]
    for host in range(5):
        rng = np.random.default_rng(host)
        for day in range(until):
            minutes, luck = int(rng.integers(60, 240)), float(rng.lognormal(0.0, 0.4))
            begin = start + timedelta(days=day, minutes=host)
            if day >= since:
                lines.append(
                    f"s{host}-{day},host{host},{begin.isoformat()},"
                    f"{(begin + timedelta(minutes=minutes)).isoformat()},{minutes},"
                    f"{int(minutes * (host + 1) * luck)}.00,CNY")
    file = folder / "five_hosts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def five_host_room(tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace of five hosts and 120 sessions."""
    with Workspace.open(tmp_path / "five") as opened:
        opened.import_files([five_hosts(tmp_path)])
        yield opened

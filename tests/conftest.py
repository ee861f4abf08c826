"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("caopan", deadline=None,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("caopan")  # how fast the machine is decides no test


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the project, or skip with the reason."""
    folder = Path(os.environ.get("CAOPAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data is not here: {folder} (set CAOPAN_SHARED_DATA)")
    return folder

"""The large synthetic world: 50,000 merchants, 20 M orders; built once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(".cache/large")


def large() -> Path:
    """Return the folder of the large world; it is built where it is not there yet."""
    if not (FOLDER / "truth.json").exists():
        print(f"building the large synthetic world in {FOLDER} …", flush=True)
        start = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "caopan", "--workspace", str(FOLDER), "demo", "--size", "large"],
            check=True, stdout=subprocess.DEVNULL)
        print(f"built in {time.perf_counter() - start:.0f} s", flush=True)
    return FOLDER

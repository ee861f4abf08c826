"""Synthetic worlds on disk, built once: the large one has 50,000 merchants and 20 M orders."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(".cache/large")
SEED = 7
"""The seed of ``caopan demo`` where none is asked for."""


def large() -> Path:
    """Return the folder of the large world; it is built where it is not there yet."""
    return world("large", seed=SEED, folder=FOLDER)


def world(size: str, *, seed: int, folder: Path) -> Path:
    """Return the folder of a world of a named size; it is built where it is not there yet."""
    if not (folder / "truth.json").exists():
        print(f"building the {size} synthetic world in {folder} …", flush=True)
        start = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "caopan", "--workspace", str(folder), "demo", "--size", size,
             "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
        print(f"built in {time.perf_counter() - start:.0f} s", flush=True)
    return folder

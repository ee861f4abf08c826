"""How long the command line takes to answer ``--help``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from bench.row import Row, best

HELP_LIMIT = 0.4


def rows() -> Iterator[Row]:
    command = [sys.executable, "-m", "caopan", "--help"]
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own command
    yield Row(name="caopan --help", limit=HELP_LIMIT, theirs=None,
              ours=best(lambda: subprocess.run(command, capture_output=True, check=True)))  # noqa: S603

"""A running ``caopan serve``, begun as a shell would."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(),
                                reason="processes are watched by /proc")
WAIT = 120.0
"""Seconds until something is held to have failed; loading takes long on a busy machine."""


class Serving:
    """A running ``caopan serve``."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "caopan", "--workspace", str(folder), "--json", "--lang", "en",
             "serve", "--port", "0", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline()
        told = json.loads(self.first_line)
        self.link, self.token = told["url"], told["token"]
        self.url = self.link.partition("/enter")[0]

    def get(self, path: str) -> tuple[int, str]:
        """Ask as the owner's program, which asks once more where a dying server cut it off."""
        try:
            return self._get(path)
        except (ConnectionError, URLError):
            return self._get(path)

    def _get(self, path: str) -> tuple[int, str]:
        bearer = {"authorization": f"Bearer {self.token}"}
        asking = Request(self.url + path, headers=bearer)  # noqa: S310 - our own server
        with urlopen(asking, timeout=WAIT) as answer:  # noqa: S310 - as above
            return answer.status, answer.read().decode()

    def children(self) -> list[int]:
        """Return the server's children, the serving one first."""
        number = self.process.pid
        listed = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
        return [int(word) for word in listed.split()]

    def end(self) -> tuple[int, str]:
        """Ask it to end; return its exit code and what it said."""
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=WAIT)
        return self.process.returncode, said


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[Serving]:
    running = Serving(folder, *words)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        for pipe in (running.process.stdout, running.process.stderr):
            assert pipe is not None
            pipe.close()



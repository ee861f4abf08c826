"""One supervised server: begun, killed, begun again, ended; called as a shell would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

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
        """Ask as the owner's program."""
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
        if running.process.poll() is None:
            running.process.kill()
            running.process.communicate()


def is_gone(number: int) -> bool:
    """Wait until a process has ended and return whether it has."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        except FileNotFoundError:
            return True
        if state.split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


needs_proc = pytest.mark.usefixtures("_proc")


@pytest.fixture
def _proc() -> None:
    if not Path("/proc/self/task").is_dir():
        pytest.skip("processes are watched by /proc here")


@needs_proc
def test_a_killed_server_is_begun_again_on_the_same_address(tmp_path: Path) -> None:
    with serving(tmp_path / "room") as console:
        before = console.get("/api/workspace")
        first = console.children()[0]
        os.kill(first, signal.SIGKILL)
        after = console.get("/api/workspace")
        second = console.children()[0]
        code, said = console.end()

    assert console.first_line.count("\n") == 1
    assert before == after
    assert first != second
    assert code == 0
    assert "started again at once" in said
    assert is_gone(second)


@needs_proc
def test_the_children_end_with_their_parent_however_it_ends(tmp_path: Path) -> None:
    with serving(tmp_path / "room") as console:
        children = console.children()
        console.process.kill()
        console.process.wait()

        assert all(is_gone(child) for child in children)


def test_a_port_in_use_is_one_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = subprocess.run(
            [sys.executable, "-m", "caopan", "--workspace", str(tmp_path / "room"), "--lang", "en",
             "serve", "--port", port], capture_output=True, text=True, check=False)

    assert refused.returncode == 1
    assert f"port {port} is taken" in refused.stderr
    assert "--port 0" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_another_host_is_warned_of_in_words(tmp_path: Path) -> None:
    with serving(tmp_path / "room", "--host", "0.0.0.0") as console:  # noqa: S104 - the test's point
        assert console.url.startswith("http://127.0.0.1:")
        with suppress(URLError):
            assert console.get("/api/workspace")[0] == 200
        _, said = console.end()

    assert "other machines can reach this address" in said


def test_a_workspace_that_cannot_be_opened_is_told_as_anywhere(tmp_path: Path) -> None:
    (tmp_path / "room").write_text("a file", encoding="utf-8")

    refused = subprocess.run(
        [sys.executable, "-m", "caopan", "--workspace", str(tmp_path / "room"), "--json",
         "--lang", "en", "serve", "--port", "0"], capture_output=True, text=True, check=False)

    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["key"] == "unusable_folder"

"""One supervised server: begun, killed, begun again, ended; called as a shell would."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from caopan import Workspace
from caopan.store.lock import ServedElsewhereError
from caopan.web.house import House
from caopan.web.job import JobState
from caopan.web.serving import serve
from caopan.workspace.housing import housed
from tests.web.conftest import owner
from tests.web.running import WAIT, needs_proc, serving


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


def test_a_second_console_of_one_workspace_is_refused_with_the_address_of_the_first(
        tmp_path: Path) -> None:
    told: list[str] = []
    with housed(tmp_path / "room") as say_where:
        say_where("http://127.0.0.1:8700")
        with pytest.raises(ServedElsewhereError) as refused:
            serve(tmp_path / "room", host="127.0.0.1", port=0, say=lambda _: None,
                  ready=lambda link, _: told.append(link))

    message, number = refused.value.message, os.getpid()
    assert f"already: http://127.0.0.1:8700 (process {number})" in message.say("en")
    assert f"已经有一个操盘台在开着：http://127.0.0.1:8700（进程 {number}）" in message.say("zh")
    assert "Ctrl+C" in (message.advise("en") or "")
    assert told == []


@needs_proc
def test_a_server_stopped_in_mid_work_ends_quietly_and_the_next_begins_again(
        toy_folder: Path, tmp_path: Path) -> None:
    room = tmp_path / "room"
    shutil.copytree(toy_folder, room)
    with serving(room) as console:
        asking = Request(f"{console.url}/live/stream",  # noqa: S310 - our own server
                         headers={"authorization": f"Bearer {console.token}"})
        stream = urlopen(asking, timeout=WAIT)  # noqa: S310 - as above
        console.get("/diagnose")  # begins to diagnose everyone
        os.kill(console.children()[0], signal.SIGINT)
        code, said = console.end()
        stream.close()
    with Workspace.open(room) as workspace:
        found = workspace.results()  # a quick machine may have been done before it was stopped
        whole = found is not None and found.moment.covered
        house = House.of(workspace)
        owner(house).get("/diagnose")
        again = [house.jobs.wait(job.id).state for job in house.jobs.all()]
        house.leave()

    assert (code, "Traceback" in said, "unexpected fault" in said) == (0, False, False)
    assert not (room / "console.log").exists()
    assert again == ([] if whole else [JobState.DONE])

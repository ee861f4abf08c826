"""What fails unexpectedly stands whole in the workspace's file, and as one line in the terminal."""

from __future__ import annotations

import io
import logging
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from caopan.web.child import server_of
from caopan.web.house import House
from caopan.web.logbook import FILE, LARGEST, OLDER, keep_logbook

SECRET = "0123456789abcdef" * 4


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[io.StringIO]:
    """Keep a logbook in the folder; give back how logging was."""
    root, hook = logging.getLogger(), threading.excepthook
    before, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    stream = io.StringIO()
    keep_logbook(tmp_path, terminal=stream)
    yield stream
    for handler in root.handlers:
        handler.close()
    root.handlers, threading.excepthook = before, hook
    root.setLevel(level)
    logging.raiseExceptions = raising
    logging.captureWarnings(capture=False)


def written(folder: Path) -> str:
    return (folder / FILE).read_text(encoding="utf-8")


def fails(sentence: str) -> None:
    raise ValueError(sentence)


def failed(sentence: str, *, logger: str = "caopan.web") -> None:
    try:
        fails(sentence)
    except ValueError:
        logging.getLogger(logger).exception("a page failed: /subjects")


@pytest.mark.parametrize("logger", ["caopan.web", "uvicorn.error", "asyncio", "websockets.server"])
def test_a_fault_is_whole_in_the_file_and_a_line_in_the_terminal(
        terminal: io.StringIO, tmp_path: Path, logger: str) -> None:
    failed("no such column", logger=logger)

    assert "Traceback" in written(tmp_path)
    assert "no such column" in written(tmp_path)
    lines = terminal.getvalue().splitlines()
    assert len(lines) == 1
    assert str(tmp_path / FILE) in lines[0]
    assert "没料到" in lines[0]
    assert "unexpected" in lines[0]


def test_nothing_secret_is_written_down(terminal: io.StringIO, tmp_path: Path) -> None:
    failed(f"GET /subjects?q=secretword&to=1 Bearer {SECRET} http://127.0.0.1:1/enter#the-ticket "
           f"cookie {SECRET[:32]}.1760000000.abc-_d "
           "[SQL: v = ?]\n[parameters: ('the-ticket', 'secretword')]")

    told = written(tmp_path) + terminal.getvalue()
    for secret in (SECRET, "secretword", "the-ticket", "abc-_d", SECRET[:32]):
        assert secret not in told
    assert "[SQL: v = ?]" in told


def test_the_file_stays_small(terminal: io.StringIO, tmp_path: Path) -> None:
    for _ in range(40):
        logging.getLogger("caopan.web").error("x" * (LARGEST // 10))

    files = sorted(path.name for path in tmp_path.glob(f"{FILE}*"))
    assert files == [FILE, *(f"{FILE}.{number}" for number in range(1, OLDER + 1))]
    assert all(path.stat().st_size <= LARGEST for path in tmp_path.glob(f"{FILE}*"))


def test_a_warning_is_written_and_not_shown(terminal: io.StringIO, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("an old way", DeprecationWarning, stacklevel=1)

    assert terminal.getvalue() == ""
    assert "an old way" in written(tmp_path)


def test_a_thread_that_ends_badly_is_written(terminal: io.StringIO, tmp_path: Path) -> None:
    thread = threading.Thread(target=fails, args=("in a thread",))
    thread.start()
    thread.join()

    assert "in a thread" in written(tmp_path)
    assert len(terminal.getvalue().splitlines()) == 1


def test_the_server_brings_no_logging_of_its_own(terminal: io.StringIO, tmp_path: Path,
                                                 empty_house: House) -> None:
    server_of(empty_house, hosts=frozenset({"127.0.0.1"}))

    failed("in the server", logger="uvicorn.error")

    assert "in the server" in written(tmp_path)
    assert len(terminal.getvalue().splitlines()) == 1

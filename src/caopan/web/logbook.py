"""The logbook (运行记录): unexpected faults whole in a file, one line of each in the terminal."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from caopan.units.message import Text

FILE = "console.log"
LARGEST, OLDER = 500_000, 2
"""Bytes of the file, and how many earlier ones stay beside it."""
HIDDEN = "…"
FAULT = Text(
    zh="操盘台出了一个没料到的错，记录在 {path}",
    en="the console met an unexpected fault; it is recorded in {path}")
_SECRETS = (
    re.compile(r"(?i)(?<=bearer )[\w.~+/=-]+"),
    re.compile(r"\[parameters: .*?\](?=\s|$)", re.DOTALL),
    re.compile(r"(?<=[\w/])\?[\w.%-]+=[^\s\"'<>]*"),
    re.compile(r"(?<=/enter#)\S+"),
    re.compile(r"\b[0-9a-f]{32,}\b(?:\.\d+\.[\w-]+)?"),
    re.compile(r"(?i)(?<=token=)[^\s\"'&]+|(?<=ticket=)[^\s\"'&]+"),
)
"""What a record never holds: tokens, tickets, sessions, query strings, values of a statement."""


def keep_logbook(folder: Path, *, terminal: TextIO | None = None) -> None:
    """Send everything that is logged to the workspace's logbook, and one line to the terminal.

    Args:
        folder: the workspace's folder.
        terminal: where the line goes; None: the standard error.
    """
    path = folder / FILE
    book = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8",
                               delay=True)
    book.setFormatter(Scrubbed("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers = [book, Terminal(path, terminal or sys.stderr)]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a full disk must not fill the terminal instead
    threading.excepthook = _thread_ended


class Scrubbed(logging.Formatter):
    """A formatter whose lines hold nothing secret, whatever an exception says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record with its traceback."""
        return scrubbed(super().format(record))


class Terminal(logging.Handler):
    """A handler that says that something failed, and where it is written."""

    def __init__(self, path: Path, stream: TextIO) -> None:
        """Hear errors only."""
        super().__init__(level=logging.ERROR)
        values: Mapping[str, str] = {"path": str(path)}
        self._line = f"{FAULT.say('zh', **values)} · {FAULT.say('en', **values)}\n"
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; a terminal that is gone by now hears nothing."""
        del record
        with suppress(OSError, ValueError):
            self._stream.write(self._line)
            self._stream.flush()


def scrubbed(text: str) -> str:
    """Return a record without what must not be written down.

    >>> scrubbed("GET /subjects?q=林晚 failed: Bearer 0f9a, /enter#a-b_c")
    'GET /subjects… failed: Bearer …, /enter#…'
    """
    for secret in _SECRETS:
        text = secret.sub(HIDDEN, text)
    return text


def _thread_ended(told: threading.ExceptHookArgs) -> None:
    value = told.exc_value
    if value is not None:
        logging.getLogger("caopan.web").error(
            "a thread ended", exc_info=(told.exc_type, value, told.exc_traceback))

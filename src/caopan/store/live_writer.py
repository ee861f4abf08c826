"""The writer (记账线程): batches of every room in one transaction, answered when it is durable.

One thread writes; what waits meanwhile goes into the next transaction together, so that a disk
which takes ten milliseconds a commit costs ten milliseconds a batch and no more, at any rate.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Thread

from sqlalchemy.exc import SQLAlchemyError

from caopan.store.ledger import Ledger
from caopan.store.live_book import LiveBook
from caopan.units.message import CaopanError, Message, Text

MOST_WAITING = 400
"""Pieces of work that wait; one more is told to come again."""
MOST_AT_ONCE = 64
RETRY_SECONDS = 1


@dataclass(slots=True, kw_only=True)
class Work:
    """A piece of work: ``write`` inside the transaction, ``settle`` once it is durable.

    ``write`` returns nothing of use but may raise ``CaopanError``: it is then the answer, and it
    must have written nothing. ``settle`` returns the answer; ``spoil`` mends the memory where the
    transaction failed.
    """

    write: Callable[[LiveBook], None]
    settle: Callable[[], object]
    spoil: Callable[[], None]
    answer: Future[object] = field(default_factory=Future)


class Writer:
    """One thread that writes for all rooms.

    Args:
        ledger: where to.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Begin."""
        self._ledger = ledger
        self._queue: queue.Queue[Work | None] = queue.Queue(MOST_WAITING)
        self._thread = Thread(target=self._run, name="live-writer", daemon=True)
        self._thread.start()

    def put(self, work: Work) -> Future[object]:
        """Hand in work; its answer comes when it is durable.

        Raises:
            LiveBusyError: too much waits already.
        """
        try:
            self._queue.put_nowait(work)
        except queue.Full:
            raise LiveBusyError from None
        return work.answer

    def close(self) -> None:
        """Write what waits, then end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            works = self._waiting()
            if works:
                self._write([work for work in works if work is not None])
            if None in works:
                return

    def _waiting(self) -> list[Work | None]:
        works = [self._queue.get()]
        while len(works) < MOST_AT_ONCE and works[-1] is not None:
            try:
                works.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return works

    def _write(self, works: Sequence[Work]) -> None:
        good: list[Work] = []
        try:
            with self._ledger.writing() as connection:
                book = LiveBook(connection)
                for work in works:
                    try:
                        work.write(book)
                    except CaopanError as refused:
                        work.answer.set_exception(refused)
                    else:
                        good.append(work)
                book.flush()
        except Exception as fault:  # noqa: BLE001 - whatever it is, who waits must be told
            _fail(works, fault)
            return
        for work in good:
            work.answer.set_result(work.settle())


def _fail(works: Sequence[Work], fault: Exception) -> None:
    told = UnkeptError(fault) if isinstance(fault, SQLAlchemyError | OSError) else fault
    for work in works:
        if not work.answer.done():
            work.spoil()
            work.answer.set_exception(told)


class LiveBusyError(CaopanError):
    """Raised where more comes than can be written; the same batch may be sent again."""

    def __init__(self) -> None:
        """Say when to come again."""
        super().__init__(Message(
            key="live_busy", values={"seconds": RETRY_SECONDS},
            text=Text(zh="来得太快，暂时写不过来；这一批一条都没有收",
                      en="more comes than can be written; nothing of this batch was taken"),
            hint=Text(zh="{seconds} 秒后原样再发：收过的不会重复计",
                      en="send the same again in {seconds} s: what was taken is not counted "
                         "twice")))


class UnkeptError(CaopanError):
    """Raised where the disk or the database refused; nothing of the batch was kept."""

    def __init__(self, fault: Exception) -> None:
        """Say what refused, in a line."""
        why = str(getattr(fault, "orig", None) or fault).splitlines()[0]
        super().__init__(Message(
            key="unkept", values={"why": why},
            text=Text(zh="没有存下：{why}；这一批一条都没有收",
                      en="nothing was kept: {why}; nothing of this batch was taken"),
            hint=Text(zh="腾出磁盘空间后原样再发：收过的不会重复计",
                      en="make room on the disk, then send the same again: what was taken is not "
                         "counted twice")))

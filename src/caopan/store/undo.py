"""Undo a batch (撤销): exactly, or refused with what to undo first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from caopan.store.batches import after
from caopan.store.models import BATCHES, LEANINGS
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import CaopanError, Message, Text


def undo(connection: Connection, batch: int, *, now: datetime) -> datetime:
    """Mark one batch as undone and return the instant from which it no longer counts.

    Its files stay: what was known before is still readable "as known then".

    Raises:
        UnknownBatchError: the ledger has no such batch.
        AlreadyUndoneError: the batch does not count any more.
        LeanedOnError: later batches were compared with its rows and must go first.
    """
    row = connection.execute(select(BATCHES).where(BATCHES.c.id == batch)).first()
    if row is None:
        raise UnknownBatchError(batch)
    if row.undone_at is not None:
        raise AlreadyUndoneError(batch, row.undone_at)
    if leaning := leaning_on(connection, batch):
        raise LeanedOnError(batch, leaning)
    moment = after(connection, now)
    connection.execute(update(BATCHES).where(BATCHES.c.id == batch).values(undone_at=moment))
    return moment


def leaning_on(connection: Connection, batch: int) -> tuple[int, ...]:
    """Return the active batches that lean on a batch, directly or through others, newest first."""
    pairs = connection.execute(
        select(LEANINGS.c.earlier_id, LEANINGS.c.batch_id)
        .join(BATCHES, BATCHES.c.id == LEANINGS.c.batch_id)
        .where(BATCHES.c.undone_at.is_(None)).order_by(LEANINGS.c.batch_id)).all()
    reached = {batch}
    for earlier, later in pairs:
        if earlier in reached:
            reached.add(later)
    return tuple(sorted(reached - {batch}, reverse=True))


class UnknownBatchError(CaopanError):
    """Raised for a batch that the ledger does not hold."""

    def __init__(self, batch: int) -> None:
        """Name the batch."""
        super().__init__(Message(
            key="unknown_batch",
            text=Text(zh="没有批次 {batch}", en="there is no batch {batch}"),
            values={"batch": batch},
            hint=Text(zh="用 caopan batches 查看全部批次",
                      en="list the batches with caopan batches"),
        ))


class AlreadyUndoneError(CaopanError):
    """Raised when a batch that was undone is to be undone again."""

    def __init__(self, batch: int, undone_at: datetime) -> None:
        """Name the batch and when it was undone."""
        super().__init__(Message(
            key="already_undone",
            text=Text(zh="批次 {batch} 已于 {undone_at} 撤销过",
                      en="batch {batch} was already undone at {undone_at}"),
            values={"batch": batch, "undone_at": undone_at.astimezone(BUSINESS_ZONE).isoformat(
                timespec="seconds")},
            hint=Text(zh="要恢复这些数据，请重新导入原文件",
                      en="to bring its rows back, import the files again"),
        ))


class LeanedOnError(CaopanError):
    """Raised when later batches lean on the one to undo."""

    def __init__(self, batch: int, leaning: Sequence[int]) -> None:
        """Name the batches to undo first, newest first."""
        super().__init__(Message(
            key="leaned_on",
            text=Text(zh="批次 {batch} 不能先撤销：之后的批次 {leaning} 是在它的数据上比对出来的",
                      en="batch {batch} cannot be undone yet: the later batches {leaning} were "
                         "compared with its rows"),
            values={"batch": batch, "leaning": ", ".join(map(str, leaning))},
            hint=Text(zh="请按这个顺序先撤销：{leaning}",
                      en="undo these first, in order: {leaning}"),
        ))

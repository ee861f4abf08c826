"""The tie between a ledger and the folder of its facts: neither is used with a stranger."""

from __future__ import annotations

from sqlalchemy import select

from caopan.store.ledger import Ledger
from caopan.store.models import BATCHES
from caopan.store.settings import IDENTITY, made_once, setting
from caopan.store.workspace_folder import WorkspaceFolder
from caopan.units.message import CaopanError, Message, Text


def tie(ledger: Ledger, folder: WorkspaceFolder) -> None:
    """Check that ledger and facts belong together; tie them when both are new.

    Without this, opening a workspace with the wrong ledger would make every fact in it look like
    the leftover of a killed import.

    Raises:
        StrangeLedgerError: the facts belong to another ledger, or the ledger to other facts.
    """
    with ledger.reading() as connection:
        identity = setting(connection, IDENTITY)
    marked = folder.marked_ledger()
    if identity is not None and identity == marked:
        return
    with ledger.writing() as connection:
        has_batches = connection.scalar(select(BATCHES.c.id).limit(1)) is not None
        has_facts = folder.facts.exists() and any(folder.facts.glob("*/*"))
        if marked is not None or has_batches or has_facts:
            raise StrangeLedgerError(folder)
        identity = made_once(connection, IDENTITY)
    folder.mark(identity)


class StrangeLedgerError(CaopanError):
    """Raised when the ledger and the facts of a workspace do not belong together."""

    def __init__(self, folder: WorkspaceFolder) -> None:
        """Name the folder."""
        super().__init__(Message(
            key="strange_ledger",
            text=Text(zh="账本与这个文件夹里的数据不是一套：{folder}",
                      en="the ledger and the facts in this folder do not belong together: "
                         "{folder}"),
            values={"folder": str(folder.root)},
            hint=Text(zh="用当初的数据库地址打开，或恢复原来的 ledger.sqlite 与 workspace.json；"
                         "要重新开始请换一个空文件夹",
                      en="open it with the database it was made with, or restore its "
                         "ledger.sqlite and workspace.json; to start afresh use an empty folder"),
        ))

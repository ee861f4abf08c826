"""One console at a time: a workspace is held for as long as a console serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from caopan.store.lock import holding_house
from caopan.store.workspace_folder import WorkspaceFolder
from caopan.workspace.folder import UnusableFolderError


@contextmanager
def housed(folder: Path) -> Iterator[Callable[[str], None]]:
    """Hold a workspace's folder, made where it is missing; what is yielded hears the address.

    >>> import tempfile
    >>> with housed(Path(tempfile.mkdtemp())) as say_where:
    ...     say_where("http://127.0.0.1:8700")

    Raises:
        CaopanError: another console serves it, or the folder cannot be used.
    """
    with ExitStack() as held:
        try:
            say_where = held.enter_context(holding_house(WorkspaceFolder(root=folder)))
        except OSError as fault:
            raise UnusableFolderError(folder, fault) from fault
        yield say_where

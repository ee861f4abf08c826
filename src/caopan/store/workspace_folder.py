"""The workspace folder (工作区): where the ledger, the facts and the spill space lie."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from caopan.store.damaged import DamagedWorkspaceError

FORMAT = 1
"""The version of the folder's own layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFolder:
    """The paths of one workspace.

    >>> WorkspaceFolder(root=Path("shop")).batch("orders", 7).as_posix()
    'shop/facts/orders/7'
    """

    root: Path

    @property
    def is_there(self) -> bool:
        """Return whether something of a workspace lies here, sound or not."""
        return any(map(os.path.exists, (self.marker, self.ledger, self.facts)))

    @property
    def ledger(self) -> Path:
        """Return the file of the embedded ledger."""
        return self.root / "ledger.sqlite"

    @property
    def marker(self) -> Path:
        """Return the file that names the ledger these facts belong to."""
        return self.root / "workspace.json"

    @property
    def facts(self) -> Path:
        """Return the folder of the Parquet files."""
        return self.root / "facts"

    @property
    def staging(self) -> Path:
        """Return the folder of the one import under way; nothing in it is ever read by others."""
        return self.root / "staging"

    @property
    def spill(self) -> Path:
        """Return the folder into which queries spill what memory does not hold."""
        return self.root / "spill"

    @property
    def results(self) -> Path:
        """Return the folder of what was worked out from the facts; all of it can be made again."""
        return self.root / "results"

    @property
    def lock(self) -> Path:
        """Return the file whose lock lets one import run at a time."""
        return self.root / "import.lock"

    @property
    def live_lock(self) -> Path:
        """Return the file whose lock says which process runs the live rooms."""
        return self.root / "live.lock"

    @property
    def house_lock(self) -> Path:
        """Return the file whose lock says that a console serves the workspace."""
        return self.root / "house.lock"

    @property
    def house(self) -> Path:
        """Return the file in which the console that serves the workspace says where it is."""
        return self.root / "house.json"

    def batch(self, table: str, batch: int) -> Path:
        """Return the folder of one batch's rows of one table."""
        return self.facts / table / str(batch)

    def marked_ledger(self) -> str | None:
        """Return the id of the ledger these facts belong to; None for a new folder.

        Raises:
            DamagedWorkspaceError: the file that names it does not read.
        """
        if not self.marker.exists():
            return None
        try:
            return str(json.loads(self.marker.read_text(encoding="utf-8"))["ledger"])
        except (ValueError, KeyError, TypeError) as fault:
            raise DamagedWorkspaceError(str(self.marker), fault) from fault

    def mark(self, ledger_id: str) -> None:
        """Write, all or nothing, which ledger these facts belong to."""
        partial = self.marker.with_suffix(".partial")
        partial.write_text(json.dumps({"format": FORMAT, "ledger": ledger_id}) + "\n",
                           encoding="utf-8")
        sync(partial)
        partial.replace(self.marker)
        sync(self.root)


def sync(path: Path) -> None:
    """Make a file or folder durable: what it holds survives a loss of power.

    >>> sync(Path("."))
    """
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: WorkspaceFolder, *, known: frozenset[int]) -> tuple[Path, ...]:
    """Remove what killed imports left behind and return the removed paths; hold the lock.

    Leftovers are batch folders that have no row in the ledger (``known``: every batch id it
    holds, undone ones too), the staging folder, and spill space whose owner has died.

    >>> import tempfile
    >>> folder = WorkspaceFolder(root=Path(tempfile.mkdtemp()))
    >>> folder.batch("orders", 3).mkdir(parents=True)
    >>> [path.name for path in remove_leftovers(folder, known=frozenset({1, 2}))]
    ['3']
    """
    unknown = sorted(path for path in folder.facts.glob("*/*") if not _is_known(path, known))
    if folder.staging.exists():
        unknown.append(folder.staging)
    unknown.extend(_dead_spills(folder))
    for path in unknown:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return tuple(unknown)


def _is_known(path: Path, known: frozenset[int]) -> bool:
    return path.name.isdecimal() and int(path.name) in known


def _dead_spills(folder: WorkspaceFolder) -> list[Path]:
    """Return the spill folders whose lock nobody holds, and remove those locks."""
    dead = []
    for lock in folder.spill.glob("*.lock"):
        try:
            with FileLock(lock, timeout=0, fallback_to_soft=False):
                spilled = lock.with_suffix("")
                dead.extend([spilled] if spilled.exists() else [])
                lock.unlink()
        except Timeout:
            continue
    return dead

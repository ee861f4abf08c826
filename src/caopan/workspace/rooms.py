"""Every host, merchant and session of a workspace, remembered as long as the imports stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from caopan.playbook.ladder import Ladder
from caopan.store.store import Store
from caopan.units.period import Period
from caopan.workspace import directory, following, ledger, maturing, profile, returning, room, show
from caopan.workspace.answers import Kept, counting
from caopan.workspace.diagnosing import book_of
from caopan.workspace.directory import Everyone
from caopan.workspace.following import Following
from caopan.workspace.gathering import order_sums
from caopan.workspace.grain import Grain
from caopan.workspace.ledger import Lines
from caopan.workspace.maturing import Maturity
from caopan.workspace.profile import Profile
from caopan.workspace.returning import Returning
from caopan.workspace.room import Room
from caopan.workspace.show import Show

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The rooms of one workspace, seen at the imports that count now.

    >>> import tempfile
    >>> from caopan import Workspace
    >>> with Workspace.open(tempfile.mkdtemp()) as workspace:
    ...     workspace.rooms.everyone(Grain.STREAMER).rows.num_rows
    0
    """

    store: Store
    kept: Kept

    def everyone(self, grain: Grain) -> Everyone:
        """Return everyone of a grain."""
        return self.kept.answer(counting(self.store), ("everyone", grain),
                                lambda: directory.everyone(self.store, grain=grain))

    def room(self, grain: Grain, id: str,  # noqa: A002 - the field's own name
             currency: str | None = None) -> Room:
        """Return one host's or merchant's sessions.

        Raises:
            UnknownSubjectError: nobody has that id.
        """
        return self.kept.answer(
            counting(self.store), ("room", grain, id, currency),
            lambda: room.room(self.store, whole=self._whole(), grain=grain, id=id,
                              currency=currency, sums=self._order_sums))

    def profile(self, of: Room) -> Profile:
        """Return the head of a room's profile."""
        return self._about("profile", of, lambda: profile.profile(
            self.store, of, ladder=self._ladder()))

    def following(self, of: Room) -> Following:
        """Return a room's followers over time."""
        return self._about("following", of, lambda: following.following(self.store, of))

    def maturity(self, of: Room) -> Maturity:
        """Return how a room's refunds ripen."""
        return self._about("maturity", of,
                           lambda: maturing.maturity(self.store, self._lines(of)))

    def returning(self, of: Room) -> Returning:
        """Return who comes back to a shop."""
        return self._about("returning", of,
                           lambda: returning.returning(self.store, self._lines(of)))

    def rates(self, of: Room) -> pa.Table:
        """Return every step rate of every session of a room, by ``session_id``."""
        return self._about("rates", of, lambda: show.rates(self.store, of))

    def show(self, session_id: str) -> Show:
        """Return one session.

        Raises:
            UnknownSessionError: there is no such session.
        """
        def made() -> Show:
            host, currency = show.owner_of(self.store, session_id)
            theirs = self.room(Grain.STREAMER, host, currency or room.UNKNOWN_MONEY)
            return show.show(self.store, session_id, room=theirs, rated=self.rates(theirs))
        return self.kept.answer(counting(self.store), ("show", session_id), made)

    def prepare(self) -> None:
        """Work out what every page reads, and put the questions of pages into SQL.

        The subject with the most sessions of each grain stands for all: another one's page asks
        the same questions with other names.
        """
        for grain in Grain:
            rows = self.everyone(grain).rows
            if not rows.num_rows or not pc.max(rows["sessions"]).as_py():
                continue
            largest = pc.index(rows["sessions"], pc.max(rows["sessions"])).as_py()
            of = self.room(grain, rows["id"][largest].as_py())
            self.profile(of)
            if of.rows.num_rows and grain is Grain.STREAMER:
                self.show(of.rows["session_id"][0].as_py())
            for panel in (self.following, self.maturity, self.returning):
                panel(of)
        sessions = self.store.tables()["sessions"]
        if self.store.fetch(sessions.filter(sessions.gmv.isnull()).limit(1)).num_rows:
            self._order_sums()

    def _whole(self) -> Period | None:
        return self.kept.answer(counting(self.store), ("whole",),
                                lambda: directory.whole_span(self.store))

    def _order_sums(self) -> pa.Table:
        """Return what the ledger says of all sessions that lack figures: one pass for all rooms."""
        return self.kept.answer(counting(self.store), ("order sums",), lambda: self.store.fetch(
            order_sums(self.store.tables())))

    def _ladder(self) -> Ladder:
        """Return the growth ladder in force; a page of the handbook that changes is read anew."""
        pages = Path(self.store.folder.root).glob("playbook/**/*.toml")
        stamp = tuple(sorted((str(page), page.stat().st_mtime_ns) for page in pages))
        return self.kept.answer((), ("ladder", stamp), lambda: book_of(self.store).ladder)

    def _lines(self, of: Room) -> Lines:
        seen = self.kept.answer(counting(self.store), ("seen",),
                                lambda: ledger.seen(self.store))
        return self._about("lines", of, lambda: ledger.lines(self.store, of, of=seen))

    def _about(self, what: str, of: Room, make: Callable[[], Answer]) -> Answer:
        question = (what, of.grain, of.id, of.currency)
        return self.kept.answer(counting(self.store), question, make)

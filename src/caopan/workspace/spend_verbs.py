"""Verbs of spend and of running sessions; a part of ``Workspace``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from caopan.store.store import Store
from caopan.units.clock import now
from caopan.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from caopan.workspace.answers import Kept
    from caopan.workspace.experimenting import DesignResult
    from caopan.workspace.pacing import PaceResult
    from caopan.workspace.responding import ResponseResult


class SpendVerbs:
    """What spend brings, the experiments that tell it, and what a session will come to."""

    __slots__ = ()

    store: Store
    kept: Kept

    def response(self, *, streamer: str | None = None, level: float = 0.8,
                 progress: Progress = silent) -> ResponseResult:
        """Return what spend brings one host, or all, or why that cannot be told.

        Args:
            streamer: a host's id; None: all, and what can be said of each.
            level: of the ranges.
            progress: hears how far the work is.

        Raises:
            CaopanError: no host with sessions has that id, or no range has that level.
        """
        from caopan.workspace import responding

        return responding.run(self.store, streamer=streamer, level=level, progress=progress)

    def experiment(self, *, streamer: str, sessions: int | None = None, detect: float = 2.0,
                   seed: int = 1) -> DesignResult:
        """Return a spend ladder for a host: how many sessions, its power and cost, and the draw.

        Args:
            streamer: the host's id.
            sessions: how many; None: as many as tell with probability 0.8.
            detect: the sales that one yuan more has to bring to be told from nothing.
            seed: of the draw.

        Raises:
            CaopanError: no host with sessions has that id, or no spend gives the ladder a scale.
        """
        from caopan.workspace import experimenting

        return experimenting.design(self.store, streamer=streamer, sessions=sessions,
                                    detect=detect, seed=seed)

    def log_experiment(self, drawn: Mapping[str, str]) -> dict[str, str]:
        """Write down what was drawn for sessions, and return the whole log.

        Args:
            drawn: ``x0``, ``x1`` or ``x2`` by session id; ``off`` takes an entry back.

        Raises:
            CaopanError: a rung is none, or nothing was said.
        """
        from caopan.workspace import experimenting

        return experimenting.log(self.store, drawn, now=now())

    def pace(self, session: str, *, minute: int, outcome: str = "gmv",
             level: float = 0.8, by: str = "rule") -> PaceResult:
        """Return what a running session will have sold in the end, from its first minutes.

        Args:
            session: its id.
            minute: how many minutes it is live.
            outcome: ``gmv``, ``units`` or ``orders``.
            level: of the central range, at most 0.9.
            by: what tells the session before it began: the ``rule`` alone, or the ``models``
                beside it, as far as they earned a place: these take their time.

        Raises:
            CaopanError: no such session, or no such minute of it is known.
        """
        from caopan.workspace import pacing

        return pacing.run(self.store, session=session, minute=minute, outcome=outcome, level=level,
                          by=by, kept=self.kept)

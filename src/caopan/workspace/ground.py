"""What every forecast of a workspace is told from: its sessions, its hosts and their models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.members import QUICK_FROM
from caopan.forecast.outlook import By, learnt_from
from caopan.stats.arrays import Bools
from caopan.store.store import Store
from caopan.units.message import Text
from caopan.workspace.alike import Alike
from caopan.workspace.answers import Kept, counting
from caopan.workspace.backtest_words import UNIT_OF
from caopan.workspace.hosts import Hosts, hosts_of
from caopan.workspace.learning import Learning, learning_of
from caopan.workspace.models import SEED, Model, kept_of, model_of
from caopan.workspace.progress import Progress

FITTING = Text(zh="历史有增加，重新学习", en="the history has grown: fitting the models")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Sessions, hosts and who is like whom, as the imports that count tell.

    ``kept`` remembers them, and models that were read, between the questions of one process.
    """

    store: Store
    kept: Kept
    imports: tuple[int, ...]
    learnt: Learning
    hosts: Hosts
    alike: Alike

    @staticmethod
    def of(store: Store, kept: Kept) -> Ground:
        """Return the ground of a workspace."""
        imports = counting(store)

        def made() -> tuple[Learning, Hosts, Alike]:
            learnt, hosts = learning_of(store, kept), hosts_of(store)
            return learnt, hosts, Alike.of(store, learnt, hosts)

        learnt, hosts, alike = kept.answer(imports, ("forecast ground",), made)
        return Ground(store=store, kept=kept, imports=imports, learnt=learnt, hosts=hosts,
                      alike=alike)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Return the outcomes that some session tells."""
        return tuple(outcome for outcome in UNIT_OF if self.told(outcome).any())

    def told(self, outcome: str) -> Bools:
        """Return which sessions tell an outcome."""
        return self.kept.answer(self.imports, ("forecast told", outcome),
                                lambda: self.learnt.told(outcome))

    def history(self, outcome: str) -> History:
        """Return every known session of an outcome."""
        return self.learnt.history(outcome, self.told(outcome))

    def model(self, outcome: str, *, now: datetime, progress: Progress) -> Model:
        """Return the kept model of an outcome, or a new version where the history has grown."""
        return self.kept.answer(self.imports, ("forecast model", outcome), lambda: model_of(
            self.store, outcome, self.history(outcome), now=now,
            fitting=lambda: progress(FITTING, 0, None)))

    def model_at_hand(self, outcome: str, *, now: datetime, progress: Progress) -> Model | None:
        """Return the model of an outcome as ``model`` does; None where it would be long in coming.

        A history as long as those that are learnt the quick way waits for whoever asks for it.
        """
        history = self.history(outcome)
        if len(history) < QUICK_FROM:
            return self.model(outcome, now=now, progress=progress)
        return kept_of(self.store, outcome, history)

    def rule(self, outcome: str) -> Learnt:
        """Return what rate × hours alone has learnt of an outcome, which takes no time."""
        return learnt_from(self.history(outcome), np.random.default_rng(SEED), by=By.RULE)

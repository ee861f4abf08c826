"""Growth plans kept (规划版本): one document a version, never written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from caopan.plan.growth import GrowthPlan
from caopan.plan.growth_difference import GrowthChange, changes
from caopan.plan.growth_document import read, written
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text

KIND = "growth_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGrowth:
    """One version of a subject's growth plan; versions count from 1."""

    plan: GrowthPlan
    made_at: datetime

    @property
    def version(self) -> int:
        """Return its number."""
        return self.plan.version

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"made_at": self.made_at.isoformat(), **written(self.plan)}


def kept(store: Store, grain: str | None = None,
         subject: str | None = None) -> tuple[KeptGrowth, ...]:
    """Return the versions of one subject's plan, or of everyone's, oldest first."""
    return tuple(KeptGrowth(plan=read(one.body["plan"]), made_at=one.made_at)
                 for one in store.documents(KIND)
                 if subject is None or (one.body["plan"]["subject"] == subject
                                        and one.body["plan"]["grain"] == grain))


def latest(store: Store) -> tuple[KeptGrowth, ...]:
    """Return the last version of every plan, the one kept last first."""
    found = {(one.plan.grain, one.plan.subject): one for one in kept(store)}
    return tuple(sorted(found.values(), key=lambda one: one.made_at, reverse=True))


def keep(store: Store, plan: GrowthPlan | Mapping[str, object], *, now: datetime,
         after: int | None = None) -> KeptGrowth:
    """Append a version and return it; the same as the last one is not kept twice.

    Args:
        store: the workspace's store.
        plan: the plan, or its JSON.
        now: when.
        after: the version it was made from; None: whichever is the last, 0: there was none.

    Raises:
        BadGrowthPlanError: the JSON has faults.
        GrowthChangedError: somebody kept another version meanwhile.
    """
    made = plan if isinstance(plan, GrowthPlan) else read(plan)
    made = read(written(made))  # what forms and templates made is held to the same rules
    before = kept(store, made.grain, made.subject)
    last = before[-1] if before else None
    if after is not None and (last.version if last else 0) != after:
        raise GrowthChangedError(made.subject, last.version if last else 0, after)
    if last is not None and last.plan == replace(made, version=last.version):
        return last
    numbered = replace(made, version=1 if last is None else last.version + 1)
    name = blake2b(f"{made.grain}/{made.subject}".encode(), digest_size=16).hexdigest()
    store.put_document(KIND, {"plan": written(numbered)}, inputs_hash=name, now=now)
    return KeptGrowth(plan=numbered, made_at=now)


def one(store: Store, grain: str, subject: str, version: int | None = None) -> KeptGrowth:
    """Return a version, the last where none is said.

    Raises:
        NoGrowthPlanError: there is none.
    """
    found = [each for each in kept(store, grain, subject)
             if version is None or each.version == version]
    if not found:
        raise NoGrowthPlanError(subject, version)
    return found[-1]


def compared(store: Store, grain: str, subject: str, before: int,
             after: int) -> tuple[GrowthChange, ...]:
    """Return what differs between two versions.

    Raises:
        NoGrowthPlanError: there is no such version.
    """
    return changes(one(store, grain, subject, before).plan,
                   one(store, grain, subject, after).plan)


class NoGrowthPlanError(CaopanError):
    """Raised where no such growth plan is kept."""

    def __init__(self, subject: str, version: int | None) -> None:
        """Say which."""
        super().__init__(Message(
            key="no_growth_plan", values={"subject": subject, "version": version or "—"},
            text=Text(zh="{subject} 没有存过这样的成长规划（版本 {version}）",
                      en="no such growth plan is kept of {subject} (version {version})"),
            hint=Text(zh="先 caopan plan growth {subject} --template ladder --keep",
                      en="first caopan plan growth {subject} --template ladder --keep")))


class GrowthChangedError(CaopanError):
    """Raised where somebody else kept a version meanwhile: nothing is written over."""

    def __init__(self, subject: str, last: int, asked: int) -> None:
        """Name both versions."""
        super().__init__(Message(
            key="growth_changed", values={"subject": subject, "last": last, "asked": asked},
            text=Text(zh="{subject} 的成长规划已有第 {last} 版，你改的是第 {asked} 版",
                      en="the growth plan of {subject} is at version {last}; yours was made from "
                         "{asked}"),
            hint=Text(zh="打开最新一版，把改动再做一次",
                      en="open the latest version and make the change again")))

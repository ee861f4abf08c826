"""The design of a spend ladder for a host, with its draw, and the log of what was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from caopan.forecast.ladder import Ladder, rungs
from caopan.forecast.responding import Found, Why
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace import experiments
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.grain import Grain
from caopan.workspace.responding import design_document, design_of
from caopan.workspace.response_words import settles
from caopan.workspace.spending import spent

LEVEL = 0.8
RUNGS = ("x0", "x1", "x2", "off")
DRAW = Text(zh="抽签结果，从下一场起依次：{drawn}",
            en="the draw, in order from the next session on: {drawn}")
LOG = Text(zh="定下一场就记一场：caopan experiment --log 场次=x1；"
              "成交导入后 caopan response 就会用上",
           en="log each session before it is live: caopan experiment --log SESSION=x1; "
              "caopan response reads it once its sales are imported")


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignResult:
    """A ladder for a host, and the rung drawn for each of its next sessions."""

    streamer: str
    ladder: Ladder
    drawn: tuple[str, ...]
    currency: str
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line; money is decimal text."""
        return {"synthetic": self.synthetic, "streamer_id": self.streamer,
                "currency": self.currency, **design_document(self.ladder, self.currency),
                "drawn": list(self.drawn), "sentence": self.lines(language)[0]}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        head = Text(zh="【合成数据】", en="[synthetic data] ").plain(language)
        return [(head if self.synthetic else "") + settles(
                    self.ladder, currency=self.currency, language=language),
                DRAW.say(language, drawn=" ".join(self.drawn)), LOG.plain(language)]


def design(store: Store, *, streamer: str, sessions: int | None, detect: float, seed: int
           ) -> DesignResult:
    """Return a ladder for a host.

    Raises:
        DesignError: sessions or return to detect are not above zero.
        UnknownSubjectError: no host with sessions has that id.
        NoScaleError: nothing was spent yet, or too little is known of its sales.
    """
    if (sessions is not None and sessions < 1) or not detect > 0:
        raise DesignError(sessions, detect)
    known = spent(store)
    if streamer not in known.everyone:
        raise UnknownSubjectError(streamer, Grain.STREAMER)
    mine = np.array(known.sessions.names, dtype=object)[known.sessions.subject] == streamer
    paid = known.sessions.spend[mine & (known.sessions.spend > 0)]
    found = Found(name=streamer, n=int(mine.sum()), drawn=0, why=Why.NOT_DRAWN,
                  at_spend=float(np.median(paid)) if len(paid) else None)
    made = design_of(known.sessions, found, level=LEVEL, count=sessions, detect=detect)
    if made is None:
        raise NoScaleError(streamer)
    drawn = rungs(made.sessions, np.random.default_rng(seed))
    return DesignResult(streamer=streamer, ladder=made, currency=known.currency,
                        drawn=tuple(f"x{one}" for one in drawn.tolist()),
                        synthetic=bool(store.setting("synthetic")))


def log(store: Store, drawn: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """Write down what was drawn for sessions, and return the whole log.

    Raises:
        RungError: a rung is none, or nothing was said.
    """
    for session, rung in drawn.items() or [("", "")]:
        if rung not in RUNGS or not session:
            raise RungError(session, rung)
    experiments.keep(store, dict(drawn), now=now)
    return experiments.logged(store)


class DesignError(CaopanError):
    """Raised for a ladder that nobody can climb."""

    usage = True

    def __init__(self, sessions: int | None, detect: float) -> None:
        """Name what was asked."""
        super().__init__(Message(
            key="no_ladder", values={"sessions": sessions, "detect": detect},
            text=Text(zh="实验的场数 {sessions}、要看出的回报 {detect} 不行",
                      en="no experiment has {sessions} sessions and a return of {detect}"),
            hint=Text(zh="两者都要大于 0", en="both have to be above 0")))


class RungError(CaopanError):
    """Raised for an entry of the log that says no rung."""

    usage = True

    def __init__(self, session: str, rung: str) -> None:
        """Name the entry."""
        super().__init__(Message(
            key="no_rung", values={"session": session, "rung": rung},
            text=Text(zh="实验记录 “{session}={rung}” 看不懂",
                      en="the entry '{session}={rung}' says no rung of a session"),
            hint=Text(zh="写成 场次=x0、x1、x2，或用 off 撤回",
                      en="write SESSION=x0, x1 or x2, or off to take it back")))


class NoScaleError(CaopanError):
    """Raised where nothing says how much a host usually spends."""

    def __init__(self, streamer: str) -> None:
        """Name the host."""
        super().__init__(Message(
            key="no_scale", values={"streamer": streamer},
            text=Text(zh="主播 {streamer} 没有投放过，不知道按多少钱设计阶梯",
                      en="{streamer} never spent anything: the ladder has no scale"),
            hint=Text(zh="先导入每场的投放（没投就写 0），至少三场有投放",
                      en="import the spend of every session (0 where there was none), at least "
                         "three with some")))

"""The backtest of a workspace's own history, and what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from caopan.diagnose.inputs import EPOCH, ZONE_SHIFT, Inputs, day_of
from caopan.forecast.backtest import Backtest, backtest
from caopan.stats.arrays import Bools
from caopan.store.store import Store
from caopan.units import number
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.unit import Unit
from caopan.workspace.backtest_kept import kept
from caopan.workspace.backtest_words import (
    NO_PLAN,
    UNIT_OF,
    line_of,
    sentence,
    too_few,
)
from caopan.workspace.learning import DAY, Learning, learning
from caopan.workspace.progress import Progress

GATHERING = Text(zh="汇总事实", en="gathering the facts")
LOOKING_BACK = Text(zh="逐周回测", en="looking back, week by week")
SEED = 20_260
"""Of the draws behind the range of the gain: the same history gives the same words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestResult:
    """How the forecast would have done on the workspace's own sessions.

    ``currency`` is None where the outcome is no money; ``elsewhere`` counts sessions in other
    currencies, which cannot be added up with these and are not scored. ``planned`` is the share
    of sessions whose planned hours were kept; for the others the hours they lasted stand in.
    """

    outcome: str
    unit: Unit
    currency: str | None
    found: Backtest
    elsewhere: int
    planned: float
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line; shares of all that was sold are 0-1."""
        found, own = self.found, self.found.own
        said = None if own is None else sentence(found, own, outcome=self.outcome)
        return {
            "synthetic": self.synthetic, "outcome": self.outcome, "unit": self.unit.value,
            "currency": self.currency, "n": found.n, "subjects": found.subjects,
            "cold_start": found.cold, "elsewhere": self.elsewhere,
            "status": "cannot_tell" if own is None else "ok",
            "reason": too_few(found).plain(language) if own is None else None,
            "from": _day(found.first), "to": _day(found.last), "level": found.level,
            "rule": own and own.name, "weights": found.weights,
            "coverage": own and own.coverage, "crps": own and own.crps,
            "wape": own and own.wape, "crps_log": own and own.crps_log,
            "gain": found.gain and {"low": found.gain.low, "mid": found.gain.mid,
                                    "high": found.gain.high, "level": found.gain.level},
            "baselines": [{"name": one.name, "crps": one.crps, "wape": one.wape,
                           "crps_log": one.crps_log, "coverage": one.coverage}
                          for one in found.baselines],
            "calibration": [{"quantile": at / 20, "share_below": share}
                            for at, share in enumerate(found.below, start=1)],
            "by_history": [{"from": band.low, "to": band.high, "n": band.n,
                            "coverage": band.coverage} for band in found.bands],
            "planned_share": self.planned, "sentence": said and said.plain(language),
            "warning": NO_PLAN.plain(language) if own is not None and not self.planned else None}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person: the sentence, then a line a rule."""
        label = Text(zh="【合成数据】", en="[synthetic data] ").say(language)
        head, own = label if self.synthetic else "", self.found.own
        if own is None:
            return [head + too_few(self.found).plain(language)]
        lines = [head + sentence(self.found, own, outcome=self.outcome).plain(language)]
        if not self.planned:
            lines.append(NO_PLAN.plain(language))
        lines += [line_of(one, language, weight=self.found.weights.get(one.name))
                  for one in (own, *self.found.baselines)]
        lines += [BAND.say(language, n=band.n, share=number.percent(band.coverage),
                           span=f"{band.low}–{band.high}" if band.high else f"{band.low}+")
                  for band in self.found.bands]
        return lines


def run(store: Store, *, outcome: str, level: float, now: datetime, progress: Progress,
        start: date | None = None) -> BacktestResult:
    """Return how the forecast would have done on everything that was imported.

    It is looked back once upon the same history, and kept.

    Raises:
        UnknownOutcomeError: nothing of that name is forecast.
        NoOutcomeError: no session says anything of it.
        LevelError: no range of that level can be told.
    """
    if outcome not in UNIT_OF:
        raise UnknownOutcomeError(outcome)
    if not 0.0 < level <= WIDEST:
        raise LevelError(level)
    progress(GATHERING, 0, None)
    learnt = learning(store)
    told = learnt.told(outcome)
    if not told.any():
        raise NoOutcomeError(outcome, _others(learnt, outcome))
    money = UNIT_OF[outcome] is Unit.MONEY
    currency, mine = currency_of(learnt.inputs, told) if money else (None, told)
    begin = None if start is None else float(start.toordinal() - EPOCH - ZONE_SHIFT / DAY)
    history = learnt.history(outcome, mine)

    def looked_back() -> Backtest:
        progress(LOOKING_BACK, 0, None)
        return backtest(history, np.random.default_rng(SEED), begin=begin, level=level)

    found = kept(store, outcome, history, asked=(begin, level), now=now, make=looked_back)
    return BacktestResult(
        outcome=outcome, unit=UNIT_OF[outcome], currency=currency, found=found,
        elsewhere=int(told.sum() - mine.sum()), synthetic=bool(store.setting("synthetic")),
        planned=float(np.isfinite(learnt.planned[mine]).mean()))


def currency_of(inputs: Inputs, told: Bools) -> tuple[str, Bools]:
    """Return the currency of the most sessions, and which sessions are in it."""
    names = np.array([subject.currency for subject in inputs.subjects], dtype=object)
    of = names[inputs.sessions.subject]
    most = Counter(of[told].tolist()).most_common(1)[0][0]
    return str(most), np.asarray(told & (of == most))


def _others(learnt: Learning, outcome: str) -> list[str]:
    return [name for name in UNIT_OF if name != outcome and learnt.told(name).any()]


def _day(instant: float | None) -> str | None:
    return None if instant is None else day_of(
        int(np.floor(instant + ZONE_SHIFT / DAY))).isoformat()


WIDEST = 0.9
"""The widest central range that nineteen quantiles carry."""
BAND = Text(zh="此前有 {span} 场的主播：{n} 场里 {share} 落在区间内",
            en="hosts with {span} sessions before: {share} of {n} inside the range")


class UnknownOutcomeError(CaopanError):
    """Raised for an outcome that nobody forecasts."""

    usage = True

    def __init__(self, asked: str) -> None:
        """Name it and those that there are."""
        super().__init__(Message(
            key="unknown_outcome", values={"asked": asked, "choice": ", ".join(UNIT_OF)},
            text=Text(zh="{asked} 不在能预估的结果里", en="{asked} is not forecast"),
            hint=Text(zh="可以写：{choice}", en="one of: {choice}")))


class LevelError(CaopanError):
    """Raised for a level that no range has."""

    usage = True

    def __init__(self, asked: float) -> None:
        """Name it."""
        super().__init__(Message(
            key="level_out_of_range", values={"asked": asked, "widest": WIDEST},
            text=Text(zh="区间水平 {asked} 不行", en="no range of level {asked} can be told"),
            hint=Text(zh="写大于 0、不超过 {widest} 的数，例如 0.8",
                      en="write more than 0 and at most {widest}, for example 0.8")))


class NoOutcomeError(CaopanError):
    """Raised where no session says anything of an outcome."""

    def __init__(self, outcome: str, others: list[str]) -> None:
        """Name it and what could be asked instead."""
        super().__init__(Message(
            key="no_outcome", values={"outcome": outcome, "others": ", ".join(others) or "—"},
            text=Text(zh="没有一场带 {outcome}", en="no session says its {outcome}"),
            hint=Text(zh="导入带这一列的场次，或换 --outcome：{others}",
                      en="import sessions with it, or ask for another --outcome: {others}")))

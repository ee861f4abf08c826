"""Forecasts of sessions to come: what each outcome may be, from history and plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from caopan.facts.plan import Plan, PlannedSession
from caopan.forecast.backtest import LEVEL
from caopan.forecast.coherence import SALES, coherent
from caopan.forecast.cold import FEWEST_HOSTS
from caopan.forecast.history import History
from caopan.forecast.kept import Learnt
from caopan.forecast.outlook import FEWEST_MISSES, HABIT, Outlook, Status, told_by
from caopan.forecast.plan_error import FEWEST_KEPT
from caopan.stats.arrays import Bools, Floats
from caopan.stats.quantiles import LEVELS, MIDDLE, ends
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.workspace import forecast_words as words
from caopan.workspace.answers import Kept
from caopan.workspace.backtest_words import UNIT_OF
from caopan.workspace.backtesting import GATHERING, WIDEST, LevelError
from caopan.workspace.forecast_result import Forecast, ForecastResult, Move
from caopan.workspace.ground import Ground
from caopan.workspace.hosts import hosts_of
from caopan.workspace.learning import GRADES, Learning, ToCome, day_number
from caopan.workspace.moving import Moving, moving
from caopan.workspace.planning import NoPlanError, plan_of
from caopan.workspace.progress import Progress, silent

LOOKING_AHEAD = Text(zh="预估", en="looking ahead")
TO_COME = -1
"""The subject of a session whose host has no history in its currency."""


def run(store: Store, *, plan: Path | None, level: float, now: datetime, progress: Progress,
        kept: Kept | None = None) -> ForecastResult:
    """Return the forecasts of a plan; without a file, of the plan that was imported.

    They are told by the models that are kept; where the history has grown since, by new ones,
    which are kept then. ``kept`` remembers what was read, between the calls of one process.

    Raises:
        NoPlanError: not one row of the plan can be used.
        LevelError: no range of that level can be told.
    """
    if not 0.0 < level <= WIDEST:
        raise LevelError(level)
    read = plan_of(store, plan, now=now)
    progress(GATHERING, 0, None)
    ground = Ground.of(store, Kept() if kept is None else kept)
    models = [ground.model(outcome, now=now, progress=progress) for outcome in ground.outcomes]
    progress(LOOKING_AHEAD, 0, None)
    told = _told(ground, read, {one.outcome: one.learnt for one in models}, level=level)
    return replace(told, issues=read.issues, models=tuple(models))


def next_sessions(store: Store, *, now: datetime, kept: Kept, progress: Progress,
                  level: float = LEVEL) -> ForecastResult:
    """Return the forecast of every host's next session: the first planned, else an unplanned one.

    By the models that ``run`` tells by, which are kept; where a long history has none yet, by
    rate × hours alone. Where no session has planned hours no model is asked, so none is fitted.
    None where there are no sessions at all.
    """
    hosts = hosts_of(store)
    if hosts.latest is None:
        return ForecastResult(forecasts=(), level=level)
    try:
        plan = plan_of(store, None, now=now)
    except NoPlanError:
        plan = Plan()
    first: dict[str, PlannedSession] = {}
    for one in plan.sessions:
        first.setdefault(one.streamer_id, one)
    after = max(now, hosts.latest)
    sessions = [first.get(host) or PlannedSession(
        session_id="", streamer_id=host, started_at=after, currency=hosts.currency.get(host),
        platform=hosts.platform.get(host), merchant_id=hosts.merchant.get(host))
        for host in sorted(hosts.last)]
    ground = Ground.of(store, kept)
    planned = any(one.planned_minutes for one in sessions)
    models = {outcome: ground.model_at_hand(outcome, now=now, progress=progress)
              if planned else None for outcome in ground.outcomes}
    progress(LOOKING_AHEAD, 0, None)
    told = _told(ground, replace(plan, sessions=tuple(sessions)),
                 {outcome: ground.rule(outcome) if model is None else model.learnt
                  for outcome, model in models.items()}, level=level)
    return replace(told, models=tuple(one for one in models.values() if one is not None))


def supposed(ground: Ground, sessions: Sequence[PlannedSession], *, outcome: str, now: datetime,
             level: float = LEVEL) -> tuple[Forecast, ...]:
    """Return what sessions that are only thought of would bring, in their order.

    By the model that is kept; a long history without one is told by rate × hours alone.
    """
    model = ground.model_at_hand(outcome, now=now, progress=silent)
    learnt = ground.rule(outcome) if model is None else model.learnt
    return _told(ground, Plan(sessions=tuple(sessions)), {outcome: learnt}, level=level).forecasts


def _told(ground: Ground, plan: Plan, learnt: Mapping[str, Learnt], *,
          level: float) -> ForecastResult:
    """Return the forecasts of a plan's sessions, in the order of the plan."""
    asked = [_asked(one, plan, ground.learnt) for one in plan.sessions]
    desk = _Desk(ground=ground, asked=asked, level=level)
    told = [desk.told(outcome, by) for outcome, by in learnt.items()]
    forecasts = [one for at in range(len(asked))
                 for one in _agreed([each[at] for each in told], level)]
    return ForecastResult(forecasts=tuple(forecasts), level=level, note=desk.note(),
                          synthetic=bool(ground.store.setting("synthetic")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One planned session, and what of its plan a forecast uses."""

    session: PlannedSession
    coming: ToCome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What every outcome is told from."""

    ground: Ground
    asked: Sequence[Asked]
    level: float

    def told(self, outcome: str, learnt: Learnt) -> list[Forecast]:
        """Return the forecast of one outcome of every asked session."""
        mine, learning = self.ground.told(outcome), self.ground.learnt
        known = set(learning.inputs.sessions.subject[mine].tolist())
        warm = [at for at, one in enumerate(self.asked) if one.coming.subject in known]
        history = learning.history(outcome, mine, [self.asked[at].coming for at in warm])
        found = told_by(learnt, history)
        # rows to come keep their order within a subject, subjects ascend
        rows = sorted(range(len(warm)), key=lambda place: (
            self.asked[warm[place]].coming.subject, place))
        place_of = {warm[place]: row for row, place in enumerate(rows)}
        ordered = [self.asked[warm[place]].coming for place in rows]
        terms = moving(learnt, history, ordered,
                       lambda coming: learning.history(outcome, mine, coming))
        owner = np.isin(np.arange(len(learning.inputs.subjects)), list(known))
        told = [self._warm(one, outcome, found, place_of[at], terms) if at in place_of
                else self._cold(one, outcome, history, owner) for at, one in enumerate(self.asked)]
        return [_without_cart(one) if outcome in SALES and asked.coming.products == 0 else one
                for one, asked in zip(told, self.asked, strict=True)]

    def note(self) -> Text | None:
        """Return what holds for every range that a plan's hours are behind."""
        if not any(np.isfinite(one.coming.hours) for one in self.asked):
            return None
        learnt = self.ground.learnt
        kept = int((np.isfinite(learnt.planned) & np.isfinite(
            learnt.inputs.sessions.columns["minutes"])).sum())
        return words.NO_ERROR_KNOWN if kept < FEWEST_KEPT else words.plans_carried(kept)

    def _warm(self, one: Asked, outcome: str, found: Outlook, at: int,
              terms: Sequence[Moving]) -> Forecast:
        quantiles, rule = found.quantiles[at], found.rule[at]
        made = self._empty(one, outcome, n=int(found.n_history[at]), rule=rule)
        if not np.isfinite(quantiles).all():
            reason = (words.too_few_misses(found.learnt, FEWEST_MISSES)
                      if found.learnt < FEWEST_MISSES else words.NOTHING_SOLD)
            return replace(made, reason=reason)
        planned = rule != HABIT
        return replace(
            made, status=Status.OK, quantiles=tuple(quantiles.tolist()),
            reason=None if planned else words.NO_HOURS,
            moves=_moves(terms, at, float(quantiles[MIDDLE])) if planned else (),
            weights={name: float(weight[at]) for name, weight in found.weights.items()}
            if planned else {})

    def _cold(self, one: Asked, outcome: str, history: History, owner: Bools) -> Forecast:
        made, hosts = self._empty(one, outcome, n=0, rule=None), self.ground.hosts
        found = self.ground.alike.told(history, owner, one.session, one.coming.hours)
        host, currency = one.session.streamer_id, one.session.currency
        if found.quantiles is None and not hosts.sells_in(host, currency):
            return replace(made, reason=words.other_currency(
                ", ".join(sorted(hosts.currencies[host])), str(currency)))
        if found.quantiles is None:
            return replace(made, reason=words.nobody_alike(found.hosts, FEWEST_HOSTS))
        return replace(made, status=Status.COLD_START, quantiles=tuple(found.quantiles.tolist()),
                       rule="pooled", reason=words.told_from(found.hosts, found.by))

    def _empty(self, one: Asked, outcome: str, *, n: int, rule: str | None) -> Forecast:
        unit, plan = UNIT_OF[outcome], one.session
        return Forecast(
            session_id=plan.session_id or None, streamer_id=plan.streamer_id,
            name=self.ground.hosts.names.get(plan.streamer_id, plan.streamer_id),
            started_at=plan.started_at if plan.session_id else None, outcome=outcome, unit=unit,
            currency=plan.currency if unit is Unit.MONEY else None, status=Status.CANNOT_TELL,
            n_history=n, level=self.level, rule=rule)


def _asked(one: PlannedSession, plan: Plan, learnt: Learning) -> Asked:
    subjects = {(subject.id, subject.currency): at
                for at, subject in enumerate(learnt.inputs.subjects)}
    listed = plan.counted().get(one.session_id)
    products = one.planned_products if one.planned_products is not None else listed
    return Asked(session=one, coming=ToCome(
        subject=subjects.get((one.streamer_id, one.currency or "CNY"), TO_COME),
        start=day_number(one.started_at),
        hours=np.nan if one.planned_minutes is None else one.planned_minutes / 60.0,
        products=np.nan if products is None else float(products),
        spend=np.nan if one.planned_ad_spend is None else float(one.planned_ad_spend),
        grade=GRADES.get(one.level or "", np.nan)))


def _moves(terms: Sequence[Moving], at: int, middle: float) -> tuple[Move, ...]:
    """Return what each term of a plan does to its middle, the largest first."""
    found = [move for term in terms if (move := term.move(at, middle)) is not None]
    return tuple(sorted(found, key=lambda move: -abs(move.amount)))


def _without_cart(one: Forecast) -> Forecast:
    """Return that nothing is sold where nothing is offered."""
    return replace(one, status=Status.OK, quantiles=(0.0,) * len(LEVELS), reason=words.NO_CART,
                   rule="no_cart", moves=())


def _agreed(told: Iterable[Forecast], level: float) -> list[Forecast]:
    """Return the outcomes of one session made to agree, with the range asked for."""
    told = list(told)
    made = coherent({one.outcome: np.array(one.quantiles) for one in told
                     if one.quantiles is not None})
    return [_ranged(one, made[one.outcome], level) if one.outcome in made else one
            for one in told]


def _ranged(one: Forecast, quantiles: Floats, level: float) -> Forecast:
    low, high = ends(quantiles[None, :], level)
    interval = Interval(low=float(low[0]), mid=float(quantiles[MIDDLE]), high=float(high[0]),
                        level=level)
    return replace(one, quantiles=tuple(quantiles.tolist()), interval=interval)

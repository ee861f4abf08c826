"""What a running session will have sold in the end, from its first minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.inputs import Inputs
from caopan.forecast.before import told_before
from caopan.forecast.outlook import By, Outlook
from caopan.forecast.pace import Past, Told, learnt, pace
from caopan.report.document import in_unit
from caopan.stats.arrays import Bools, Floats, Ints, grouped_sum
from caopan.stats.quantiles import LEVELS, ends
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.unit import Unit
from caopan.workspace.answers import Kept
from caopan.workspace.learning import Learning, ToCome, learning_of
from caopan.workspace.models import SEED
from caopan.workspace.pacing_words import METHODS, NO_PLAN, NO_PRIOR, PRIORS, label, sentence
from caopan.workspace.show import UnknownSessionError

UNITS: dict[str, Unit] = {"gmv": Unit.MONEY, "units": Unit.COUNT, "orders": Unit.COUNT}
"""What minutes say of sales."""
MOST = 2_000
"""Past sessions whose minutes are read: the latest ones."""
LATELY = 10
"""Minutes that count as the last ones."""
WIDEST = 0.9
LEAST_SHARE = 0.01
"""A final below this share of its forecast counts as this share: nothing has no logarithm."""
NO_SESSIONS = (Apart.FALSE_START, Apart.TWIN, Apart.NO_VIEWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceResult:
    """The final of a running session; ``told`` is None where nothing can be said.

    ``so_far`` in the outcome's unit, money in minor units; ``minutes`` is the length planned, or
    the host's usual one where no plan was kept (``planned`` False). ``forecast_by``: the rule of
    `forecast` that told the session before it began.
    """

    session: str
    outcome: str
    currency: str
    minute: int
    minutes: float | None
    planned: bool
    so_far: float
    forecast: float | None
    forecast_by: str | None
    told: Told | None
    level: float
    synthetic: bool

    @property
    def range(self) -> Interval | None:
        """Return the central range with its median."""
        if self.told is None:
            return None
        low, high = ends(self.told.quantiles[None, :], self.level)
        return Interval(low=float(low[0]), mid=self.told.mid, high=float(high[0]),
                        level=self.level)

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line; money is decimal text."""
        range_, told, unit = self.range, self.told, UNITS[self.outcome]

        def said(value: float | None) -> object:
            return in_unit(value, unit, self.currency)
        return {
            "synthetic": self.synthetic, "session_id": self.session, "outcome": self.outcome,
            "unit": unit.value, "currency": self.currency if unit is Unit.MONEY else None,
            "minute": self.minute, "minutes": self.minutes, "planned": self.planned,
            "so_far": said(self.so_far), "forecast": said(self.forecast),
            "forecast_by": self.forecast_by,
            **{name: said(None if range_ is None else getattr(range_, name))
               for name in ("low", "mid", "high")}, "level": self.level,
            "quantiles": {} if told is None else {
                f"{at:.2f}".rstrip("0"): said(value)
                for at, value in zip(LEVELS.tolist(), told.quantiles.tolist(), strict=True)},
            "n": 0 if told is None else told.n, "method": told and told.method.value,
            "status": "cannot_tell" if told is None else "ok",
            "reason": NO_PRIOR.plain(language) if told is None else None,
            "warning": None if self.planned else NO_PLAN.plain(language)}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        head = label(synthetic=self.synthetic, language=language)
        range_ = self.range
        if range_ is None or self.told is None:
            return [head + NO_PRIOR.plain(language)]
        lines = [head + sentence(
            range_, minute=self.minute, so_far=self.so_far, outcome=self.outcome,
            unit=UNITS[self.outcome], currency=self.currency, language=language)]
        lines.append(METHODS[self.told.method].say(language, n=self.told.n))
        if self.forecast_by in PRIORS:
            lines.append(PRIORS[self.forecast_by].plain(language))
        return lines if self.planned else [*lines, NO_PLAN.plain(language)]


def run(store: Store, *, session: str, minute: int, outcome: str, level: float, kept: Kept,
        by: str = By.RULE) -> PaceResult:
    """Return what a session will have sold in the end, as its first minutes tell.

    ``kept`` remembers the sessions that were gathered, between calls.

    Raises:
        PaceUsageError: no such outcome or way to tell, no range of that level, or a minute below 1.
        UnknownSessionError: there is no such session.
        NoMinutesError: no minute of the session says this outcome.
        MinuteBeyondError: the session has no such minute.
    """
    check(minute=minute, outcome=outcome, level=level, by=by)
    known = learning_of(store, kept)
    inputs = known.inputs
    places = np.flatnonzero(inputs.sessions.session_id == session)
    if not len(places):
        raise UnknownSessionError(session)
    place = int(places[0])
    _known_minutes(store, session, outcome, minute)
    lengths, planned = _lengths(known, place)
    earlier = _earlier(inputs, lengths, place, outcome)
    points, found = _forecast(known, outcome, earlier, place, lengths[place],
                              by=By(by))
    sold = inputs.sessions.columns[outcome]
    chosen = np.flatnonzero(earlier & (np.nan_to_num(points) > 0) & (sold > 0))
    misses = np.log(sold[chosen] / points[chosen])
    chosen = chosen[np.argsort(inputs.sessions.started_at[chosen], kind="stable")][-MOST:]
    share = min(minute / lengths[place], 1.0) if lengths[place] > 0 else 1.0
    cut = np.maximum(np.round(share * lengths[chosen]), 1).astype(np.int64)
    so_far, lately, timed = _counts(store, inputs.sessions.session_id, outcome,
                                   places=np.append(chosen, place), cut=np.append(cut, minute))
    prior, seen = float(points[place]), timed[:-1]
    past = Past(prior=points[chosen][seen], so_far=so_far[:-1][seen], lately=lately[:-1][seen],
                total=sold[chosen][seen], one=_one(inputs, chosen, outcome))
    able = np.isfinite(prior) and prior > 0
    return PaceResult(
        session=session, outcome=outcome, minute=minute, planned=bool(planned[place]),
        minutes=float(lengths[place]) if np.isfinite(lengths[place]) else None,
        so_far=float(so_far[-1]), forecast=prior if able else None, level=level,
        forecast_by=found.rule[0] if able else None,
        currency=inputs.subjects[int(inputs.sessions.subject[place])].currency,
        synthetic=bool(store.setting("synthetic")),
        told=pace(learnt(past, misses=misses), prior=prior, so_far=float(so_far[-1]),
                  lately=float(lately[-1]), spreads=_spreads(found.quantiles[0], prior))
        if able else None)


def check(*, minute: int, outcome: str, level: float, by: str = By.RULE) -> None:
    """Refuse a question that is put wrongly.

    Raises:
        PaceUsageError: no such outcome, no range of that level, or a minute below 1.
    """
    if outcome not in UNITS:
        raise PaceUsageError(what="outcome", asked=outcome, choice=", ".join(UNITS))
    if by not in set(By):
        raise PaceUsageError(what="by", asked=by, choice=", ".join(By))
    if not 0.0 < level <= WIDEST:
        raise PaceUsageError(what="level", asked=level, choice=f"0.8 (0 – {WIDEST}]")
    if minute < 1:
        raise PaceUsageError(what="minute", asked=minute, choice="1, 2, 3, …")


def _known_minutes(store: Store, session: str, outcome: str, minute: int) -> None:
    table = store.tables()["session_minutes"]
    rows = store.fetch(table.filter((table["session_id"] == session) & table[outcome].notnull())
                       .select("minute"))
    if not rows.num_rows:
        raise NoMinutesError(session, outcome)
    last = max(rows["minute"].to_pylist()) + 1
    if minute > last:
        raise MinuteBeyondError(session, minute, last)


def _lengths(known: Learning, place: int) -> tuple[Floats, Bools]:
    """Return the planned minutes of every session, or those it lasted; and which were planned.

    How long the running session lasts is not known: without a plan its host's usual length stands
    in, of the sessions before it.
    """
    sessions = known.inputs.sessions
    planned = np.asarray(np.nan_to_num(known.planned) > 0)
    lengths = np.where(planned, known.planned, sessions.columns["minutes"])
    if not planned[place]:
        mine = (sessions.subject == sessions.subject[place]) & (
            sessions.started_at < sessions.started_at[place]) & (lengths > 0)
        lengths[place] = np.median(lengths[mine]) if mine.any() else np.nan
    return lengths, planned


def _forecast(known: Learning, outcome: str, earlier: Bools, place: int, minutes: float, *,
              by: By) -> tuple[Floats, Outlook]:
    """Return what was told of every session before it began, and the running one's forecast."""
    subject = known.inputs.sessions.subject
    asked = ToCome(subject=int(subject[place]), start=float(known.start[place]),
                   hours=minutes / 60.0, products=float(known.products[place]),
                   spend=float(known.spend[place]), grade=float(known.grade[place]))
    history = known.history(outcome, earlier, [asked])
    found, told = told_before(history, np.random.default_rng(SEED), by=by)
    rows = np.append(np.flatnonzero(earlier), place)
    points = np.full(len(earlier), np.nan)
    points[rows[np.argsort(subject[rows], kind="stable")]] = told
    return points, found


def _spreads(quantiles: Floats, prior: float) -> Floats | None:
    """Return how far the final may lie from the forecast, log ratios; None where nobody knows."""
    if not np.isfinite(quantiles).all():
        return None
    return np.log(np.maximum(quantiles / prior, LEAST_SHARE))


def _earlier(inputs: Inputs, lengths: Floats, place: int, outcome: str) -> Bools:
    """Return which sessions were over, counted as ones, and sold in its currency, before it."""
    sessions = inputs.sessions
    currencies = np.array([one.currency for one in inputs.subjects], dtype=object)[
        sessions.subject]
    apart = np.isin(set_apart(sessions), [int(one) for one in NO_SESSIONS])
    began = (sessions.started_at - sessions.started_at[place]) / np.timedelta64(1, "m")
    over = began + np.nan_to_num(lengths) <= 0
    over[place] = False
    return np.asarray(over & ~apart & (currencies == currencies[place]) & (lengths > 0)
                      & (sessions.columns[outcome] >= 0))


def _counts(store: Store, ids: np.ndarray[tuple[int], np.dtype[np.object_]], outcome: str, *,
            places: Ints, cut: Ints) -> tuple[Floats, Floats, Bools]:
    """Return what sessions had sold by a minute, what of that lately, and who has minutes."""
    names = [str(one) for one in ids[places]]
    table = store.tables()["session_minutes"]
    rows = store.fetch(table.filter(table["session_id"].isin(names) & table[outcome].notnull())
                       .select("session_id", "minute", outcome))
    at = {name: number for number, name in enumerate(names)}
    owner = np.array([at[one] for one in rows["session_id"].to_pylist()], dtype=np.int64)
    minute = rows["minute"].to_numpy()
    count = rows[outcome].to_numpy().astype(np.float64)
    inside = minute < cut[owner] if len(owner) else np.empty(0, dtype=np.bool_)
    late = inside & (minute >= cut[owner] - LATELY)
    return (grouped_sum(count * inside, owner, len(names)),
            grouped_sum(count * late, owner, len(names)),
            np.bincount(owner, minlength=len(names)) > 0)


def _one(inputs: Inputs, chosen: Ints, outcome: str) -> float:
    """Return what one sale counts: 1, or the usual price of a unit where money is counted."""
    if outcome != "gmv" or not len(chosen):
        return 1.0
    gmv, units = (inputs.sessions.columns[name][chosen] for name in ("gmv", "units"))
    both = np.isfinite(gmv) & np.isfinite(units) & (gmv > 0) & (units > 0)
    return float(np.median(gmv[both] / units[both])) if both.any() else 100.0


class PaceUsageError(CaopanError):
    """Raised for a question about pacing that is put wrongly."""

    usage = True

    def __init__(self, *, what: str, asked: object, choice: str) -> None:
        """Name what was asked and what may be."""
        super().__init__(Message(
            key=f"pace_{what}", values={"what": what, "asked": asked, "choice": choice},
            text=Text(zh="--{what} {asked} 不行", en="--{what} {asked} cannot be asked for"),
            hint=Text(zh="可以写：{choice}", en="write: {choice}")))


class NoMinutesError(CaopanError):
    """Raised where no minute of a session says the outcome."""

    def __init__(self, session: str, outcome: str) -> None:
        """Name the session and the outcome."""
        super().__init__(Message(
            key="no_minutes", values={"session": session, "outcome": outcome},
            text=Text(zh="场次 {session} 没有带 {outcome} 的分钟数据",
                      en="no minute of session {session} says its {outcome}"),
            hint=Text(zh="导入这一场的分钟表（session_minutes），或换 --outcome",
                      en="import its minutes (session_minutes), or ask for another --outcome")))


class MinuteBeyondError(CaopanError):
    """Raised for a minute that a session does not have (yet)."""

    def __init__(self, session: str, asked: int, last: int) -> None:
        """Name the session, the minute and the last one there is."""
        super().__init__(Message(
            key="minute_beyond", values={"session": session, "asked": asked, "last": last},
            text=Text(zh="场次 {session} 只有 {last} 分钟，没有第 {asked} 分钟",
                      en="session {session} has {last} minutes, no minute {asked}"),
            hint=Text(zh="--minute 写 1 到 {last}", en="write --minute 1 to {last}")))



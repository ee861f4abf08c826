"""The rolling-origin test (回测): how far off a rule was on the own history, and how honest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from caopan.forecast.average import DEFAULT, joined
from caopan.forecast.followed import followed
from caopan.forecast.history import History
from caopan.forecast.members import members
from caopan.forecast.prequential import HISTORY_FROM, LEAST, bins, distributions, weeks_of
from caopan.forecast.rules import RULES
from caopan.stats.arrays import Bools, Floats, Ints, divided, grouped_sum
from caopan.stats.quantiles import MIDDLE, crps, held
from caopan.units.interval import Interval

HABIT = "median_5"
"""The rule that a forecast has to beat."""
JOINED = "average"
WARM_DAYS, MOST_DAYS, CALIBRATING_DAYS = 28.0, 84.0, 14.0
"""How long before the first scored session models are scored, and before that calibrated."""
WARM_SESSIONS = 60
"""Sessions that they are scored on by then, where so many were in ``MOST_DAYS``."""
WAITED = 1 / 3
"""The share of the history's days that is only learnt from."""
FEWEST = 20
"""Scored sessions below which nothing is claimed."""
DRAWS = 2_000
LEVEL, GAIN_LEVEL = 0.8, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one rule did; ``wape`` and ``crps`` are shares of all that was sold.

    ``wape``: the misses of its median added up, of a habit those of what it says. ``crps``: the
    score of its whole distribution. ``crps_log``: the same of the logarithm (one plus the
    outcome), where every session weighs alike. ``coverage``: the share of sessions that its range
    of ``Backtest.level`` held.
    """

    name: str
    wape: float
    crps: float
    crps_log: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """How often the range held, by how many sessions the subject had before (from, to)."""

    low: int
    high: int | None
    n: int
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A rule on the own history, beside others; every field of scores is None below ``FEWEST``.

    ``first`` and ``last``: starts of the first and last scored session, days since 1970-01-01.
    ``own`` is the average of models by the weights they had earned by then, ``weights`` the mean
    of each. ``gain``: by how much of itself the habit's WAPE is smaller with it; its range comes
    from drawing the weeks of the subjects anew. ``below``: for each of the nineteen levels the
    share of sessions under that quantile; the two agree where the rule is calibrated. ``cold``:
    sessions of the scored days that had no earlier one of their subject.
    """

    n: int
    subjects: int
    cold: int
    level: float = LEVEL
    first: float | None = None
    last: float | None = None
    own: Score | None = None
    baselines: tuple[Score, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    gain: Interval | None = None
    below: tuple[float, ...] = ()
    bands: tuple[Band, ...] = ()


def backtest(history: History, rng: np.random.Generator, *, begin: float | None = None,
             level: float = LEVEL) -> Backtest:
    """Return how forecasts would have done on a history, each session told from those before it.

    The first third of the days, and as long as fewer than fifty misses are known, is learnt from
    and not scored. Every rule is scored on the same sessions, with a range made the same way; the
    habits know nothing of shows of one product.

    Args:
        history: sessions of everyone.
        rng: draws the weeks of the subjects anew, for the range of the gain.
        begin: scored from here on instead, days since 1970-01-01.
        level: of the central range, at most 0.9.
    """
    points = {name: rule(history) for name, rule in RULES.items()}
    begin = _begin(history, points[DEFAULT]) if begin is None else begin
    asked = np.isfinite(np.stack(list(points.values()))).all(axis=0) & (history.start >= begin)
    plain = replace(history, products=None)
    told = {name: distributions(plain, point, asked, begin=begin)
            for name, point in points.items() if name != DEFAULT}
    models, weights = _models(history, asked, begin)
    told |= models
    sure = [each for name, each in told.items() if name not in weights or name == DEFAULT]
    whole = np.isfinite(np.stack(sure)).all(axis=(0, 2))
    told = {name: quantiles[whole] for name, quantiles in told.items()}
    place = np.flatnonzero(asked)[whole]
    cold = int(((history.start >= begin) & (history.earlier() == 0)).sum())
    subjects = len(np.unique(history.subject[place]))
    if len(place) < FEWEST or not history.sold[place].any():
        return Backtest(n=len(place), subjects=subjects, cold=cold, level=level)
    sold, own = history.sold[place], told[JOINED]
    habit = points[HABIT][place]
    earned = {name: float(weight[whole].mean()) for name, weight in weights.items()}
    return Backtest(
        n=len(place), subjects=subjects, cold=cold, level=level,
        first=float(history.start[place].min()), last=float(history.start[place].max()),
        own=_score(JOINED, sold, own, own[:, MIDDLE], level),
        baselines=tuple(
            _score(name, sold, told[name], told[name][:, MIDDLE] if name in earned
                   else points[name][place], level) for name in told if name != JOINED),
        weights=earned,
        gain=_gain(sold, own[:, MIDDLE], habit, _weeks(history, place), rng),
        below=tuple((sold[:, None] <= own).mean(axis=0).tolist()),
        bands=_bands(bins(history)[place], held(sold, own, level)))


def _models(history: History, asked: Bools,
            begin: float) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return what each model and their average would have told, and the weights earned by then.

    Models run for some weeks before the first scored session, to have misses of their own. Where
    one tells nothing yet, the default speaks for it.
    """
    before = np.sort(history.start[np.isfinite(history.sold) & (history.start < begin)])
    enough = float(before[-min(WARM_SESSIONS, len(before))]) if len(before) else begin
    warm = max(min(enough, begin - WARM_DAYS), begin - MOST_DAYS)
    rows = np.isfinite(history.sold) & (history.start >= warm)
    told = members(history, rows, begin=begin, warm=warm - CALIBRATING_DAYS)
    week = weeks_of(history, begin)
    made = joined(told, history, rows, week)
    quantiles = followed(made.quantiles, history, rows, week)
    late = asked[rows]
    default = told[DEFAULT]
    spoken = {name: np.where(np.isfinite(each), each, default) for name, each in told.items()}
    return ({JOINED: quantiles[late], **{name: each[late] for name, each in spoken.items()}},
            {name: weight[late] for name, weight in made.weights.items()})


def _begin(history: History, points: Floats) -> float:
    """Return when scoring begins."""
    if not len(history):
        return 0.0
    first, last = float(history.start.min()), float(history.start.max())
    known = np.sort(history.end[np.isfinite(points)])
    learnt = float(known[LEAST - 1]) if len(known) >= LEAST else last + 1.0
    return max(first + (last - first) * WAITED, learnt)


def _score(name: str, sold: Floats, quantiles: Floats, said: Floats, level: float) -> Score:
    whole = sold.sum()
    return Score(
        name=name, wape=float(np.abs(said - sold).sum() / whole),
        crps=float(crps(sold, quantiles).sum() / whole),
        crps_log=float(crps(np.log1p(sold), np.log1p(quantiles)).mean()),
        coverage=float(held(sold, quantiles, level).mean()))


def _weeks(history: History, place: Ints) -> Ints:
    """Return the subject-week of each scored session: sessions of one week resemble each other."""
    week = np.floor(history.start[place] / 7.0)
    return np.unique(np.stack([history.subject[place], week]), axis=1, return_inverse=True)[
        1].ravel().astype(np.int64)


def _gain(sold: Floats, own: Floats, habit: Floats, cluster: Ints,
          rng: np.random.Generator) -> Interval:
    count = int(cluster.max()) + 1
    ours, theirs = (grouped_sum(np.abs(said - sold), cluster, count) for said in (own, habit))
    drawn = rng.multinomial(count, np.full(count, 1.0 / count), size=DRAWS).astype(np.float64)
    gains = 1.0 - divided(drawn @ ours, drawn @ theirs)
    tail = (1.0 - GAIN_LEVEL) / 2.0
    low, high = np.nanquantile(gains, [tail, 1.0 - tail])
    mid = float(1.0 - ours.sum() / theirs.sum()) if theirs.sum() else 0.0
    return Interval(low=min(float(low), mid), mid=mid, high=max(float(high), mid),
                    level=GAIN_LEVEL)


def _bands(kind: Ints, inside: Bools) -> tuple[Band, ...]:
    edges = (1, *HISTORY_FROM, None)
    return tuple(
        Band(low=low, high=None if high is None else high - 1, n=int(mine.sum()),
             coverage=float(inside[mine].mean()))
        for at, (low, high) in enumerate(pairwise(edges))
        if low is not None and (mine := kind == at).any())

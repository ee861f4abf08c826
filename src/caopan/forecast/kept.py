"""What a forecast has learnt (已学模型): all that is needed to tell of sessions to come.

Learning takes its time; telling does not. What was learnt is the same for whatever is asked, so
that it can be kept and told from until the history grows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caopan.forecast.average import DEFAULT, Joined, Scores, joined, mixture
from caopan.forecast.followed import levels_at
from caopan.forecast.history import History
from caopan.forecast.members import (
    FEWEST_MISSES,
    MixedFit,
    TreesFit,
    Walk,
    middle_of,
    points_of,
    tree_tables,
    walked,
)
from caopan.forecast.nothing import chance_beside
from caopan.forecast.plan_error import carried, plan_errors
from caopan.forecast.prequential import (
    BINS,
    FINE,
    LEAST,
    around,
    bins,
    kinds_of,
    misses,
    weeks_of,
)
from caopan.forecast.rules import median_lately, rate_and_hours
from caopan.stats.adaptive import read_at
from caopan.stats.arrays import Bools, Floats
from caopan.stats.conformal import spreads
from caopan.stats.quantiles import LEVELS, MIDDLE

KINDS = 2 * BINS
"""Kinds of case a range is learnt by: the bins of history length, of one product or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """How far a rule missed and may miss: ``misses``, shape (8, 99), by kind of case.

    ``nothing``: shape (2,), how often everybody sells nothing, with more than one product or one.
    NaN where too few misses are known.
    """

    misses: Floats
    nothing: Floats

    def told(self, history: History, points: Floats, asked: Bools) -> Floats:
        """Return the distributions of the asked sessions about points, shape (asked, 19)."""
        kind = kinds_of(history)[0]
        return around(history, points, asked, self.misses[kind[asked]],
                      chance_beside(history, self.nothing[history.single.astype(np.int64)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models beside rate × hours, and by bin of history length what each has earned.

    ``ranges``: of each rule by name, the mixed model among them. ``trees``: by name; nothing of
    those that too little is known for. ``weights``: by name of each model, shape (4,). ``levels``:
    shape (19,), those that their average is read at, as it proved to be too sure or not enough.
    """

    ranges: dict[str, Ranges]
    mixed: MixedFit | None
    trees: dict[str, TreesFit]
    weights: dict[str, Floats]
    levels: Floats

    def told(self, history: History, asked: Bools) -> Joined:
        """Return the average of the models for the asked sessions, and the weight of each."""
        middle = (np.full(len(history), np.nan) if self.mixed is None
                  else middle_of(history, self.mixed))
        points = points_of(history, middle)
        told = {name: each.told(history, points[name], asked)
                for name, each in self.ranges.items()}
        told |= self._by_trees(history, middle, asked)
        nothing = np.full((int(asked.sum()), len(LEVELS)), np.nan)
        kind = bins(history)[asked]
        made = mixture({name: told.get(name, nothing) for name in self.weights},
                       np.stack([each[kind] for each in self.weights.values()], axis=1))
        single = history.single[asked, None]
        return replace(made, quantiles=np.where(
            single, made.quantiles, read_at(made.quantiles, self.levels)))

    def _by_trees(self, history: History, middle: Floats, asked: Bools) -> dict[str, Floats]:
        """Return what each of the trees tells of the asked sessions."""
        found: dict[str, Floats] = {}
        if not self.trees:
            return found
        floor = next(iter(self.trees.values())).floor  # one of the outcome, not of the trees
        tables = tree_tables(history, floor, middle, quick="boosted" not in self.trees)
        for name, fit in self.trees.items():
            columns, offset = (each[asked] for each in tables[name])
            mine = np.isfinite(offset) & ~history.single[asked]
            told = np.full((len(offset), len(LEVELS)), np.nan)
            told[mine] = fit.trees.quantiles(columns[mine]) + fit.shift
            found[name] = np.maximum(
                np.exp(np.sort(told, axis=1) + offset[:, None]) - floor, 0.0)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was learnt from all sessions known until ``begin``, days since 1970-01-01.

    ``rule``: the ranges of rate × hours with the error of plans, ``habit``: of the median of the
    last five. ``n``: the misses of the rule; ``plans``: the kept plans whose error its ranges
    carry. ``models``: None where they may not join, or were not asked.
    """

    begin: float
    n: int
    plans: int
    rule: Ranges
    habit: Ranges
    models: Models | None = None


def ranges_of(history: History, points: Floats, begin: float, *, fewest: int = LEAST,
              unsure: Floats | None = None) -> Ranges:
    """Return the ranges that a rule has earned by an instant, for each kind of case.

    >>> made = History(subject=np.zeros(30, dtype=np.int64), start=np.arange(30.0),
    ...                hours=np.ones(30), sold=np.full(30, 4.0))
    >>> ranges_of(made, made.sold, 31.0, fewest=19).misses[:, 49].tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    kinds = np.arange(KINDS)
    learnt = spreads(misses(history, points, unsure=unsure), history.end, kinds_of(history),
                     np.full(KINDS, begin), [kinds, kinds // BINS], least=LEAST, fewest=fewest,
                     levels=FINE)
    single, early = history.single, history.end < begin
    nothing = [float((history.sold[mine] == 0).mean()) if (mine := early & (single == kind)).any()
               else 0.0 for kind in (False, True)]
    return Ranges(misses=learnt, nothing=np.array(nothing))


def learn(history: History, rng: np.random.Generator, *, begin: float, fewest: int,
          since: float | None, calibrating: float) -> tuple[Learnt, Floats]:
    """Return what is learnt from known sessions, and what the models told of each before it began.

    The second is the middle of their average, shape (n,); NaN where rate × hours stood alone.

    Args:
        history: known sessions.
        rng: draws the errors of plans, where some sessions had one and others not.
        begin: the instant until which everything is known.
        fewest: misses without which a range is not told.
        since: from when on models are scored; None: they may not join.
        calibrating: days before that from which on they are fitted.
    """
    planned = np.isfinite(history.hours) & (history.hours > 0)
    unsure = carried(history, rng)
    points = np.where(planned, rate_and_hours(history), np.nan)
    models, before = None, np.full(len(history), np.nan)
    if since is not None:
        rows = planned & (history.start >= since)
        walk = walked(history, rows, begin=begin, warm=since - calibrating, until=begin)
        average = joined(walk.told, history, rows, weeks_of(history, begin))
        before[rows] = np.where(average.weights[DEFAULT] < 1.0, average.quantiles[:, MIDDLE],
                                np.nan)
        models = _models(walk, average.quantiles, history, rows, begin)
    made = Learnt(
        begin=begin, n=int(np.isfinite(points).sum()), models=models,
        plans=0 if unsure is None else len(plan_errors(history)),
        rule=ranges_of(history, points, begin, fewest=fewest, unsure=unsure),
        habit=ranges_of(replace(history, products=None), median_lately(history), begin,
                        fewest=fewest))
    return made, before


def _models(walk: Walk, average: Floats, history: History, rows: Bools, begin: float) -> Models:
    scores = Scores.of(walk.told, history, rows)
    weights = np.stack([scores.earned(begin, size) for size in range(BINS)])
    week = weeks_of(history, begin)
    return Models(
        levels=levels_at(average, history, rows, week, until=begin),
        ranges={name: ranges_of(history, each, begin, fewest=FEWEST_MISSES)
                for name, each in points_of(history, walk.middle).items()},
        mixed=walk.mixed, trees=walk.trees,
        weights={name: weights[:, at] for at, name in enumerate(walk.told)})

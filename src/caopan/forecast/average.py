"""Models joined in one (加权平均): each with the weight that its own past misses have earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.prequential import bins
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.quantiles import crps

DEFAULT = "rate_hours"
FEWEST_SCORED = 50
"""Earlier sessions that all models told, below which the default stands alone."""
FLOOR = 1e-2
"""The share of a usual session that is added before logarithms are taken."""
SHARPNESS = 4.0
"""How much more weight the better score earns: the power of the ratio of scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Distributions of the asked sessions, shape (m, 19), and the weight of each model, (m,)."""

    quantiles: Floats
    weights: dict[str, Floats]


def joined(told: Mapping[str, Floats], history: History, asked: Bools, week: Floats) -> Joined:
    """Return the average of what models tell, weighted by what they had earned by then.

    A model enters only while its score over earlier sessions is no worse than that of the
    default, which is always in: the mean of its CRPS in money and in logarithms, each beside the
    default's. Weights are those of hosts with as long a history where enough were scored, else
    those of all.

    Args:
        told: by name, shape (m, 19), of the asked sessions; NaN where a model tells nothing.
        history: all sessions.
        asked: which were asked about, shape (n,).
        week: shape (n,), the instant before which a miss must be known to count.
    """
    scores, when = Scores.of(told, history, asked), week[asked]
    weights = np.zeros((len(when), len(told)))
    for begins, size in np.unique(np.stack([when, scores.kind.astype(np.float64)], axis=1), axis=0):
        weights[(when == begins) & (scores.kind == int(size))] = scores.earned(begins, int(size))
    return mixture(told, weights)


def mixture(told: Mapping[str, Floats], weights: Floats) -> Joined:
    """Return the average of what models tell by given weights; those that tell nothing drop out.

    Args:
        told: by name, shape (m, 19); NaN where a model tells nothing.
        weights: shape (m, models), in the order of ``told``.

    >>> made = mixture({"a": np.full((1, 19), 2.0), "b": np.full((1, 19), np.nan)},
    ...                np.array([[0.5, 0.5]]))
    >>> made.quantiles[0, 9].tolist(), made.weights["a"].tolist()
    (2.0, [1.0])
    """
    there = np.stack([np.isfinite(each).all(axis=1) for each in told.values()], axis=1)
    weights = np.where(there, weights, 0.0)
    total = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    values = np.stack([np.nan_to_num(each) for each in told.values()], axis=2)
    quantiles = (values * weights[:, None, :]).sum(axis=2)
    quantiles[~(total[:, 0] > 0)] = np.nan
    return Joined(quantiles=quantiles,
                  weights={name: weights[:, at] for at, name in enumerate(told)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How models did on sessions whose outcome is known: what their weights are earned by.

    ``money`` and ``logs``: shape (m, models), NaN where the outcome is not known. ``both``: which
    all models told. ``end``: when each was known, ``kind``: its bin of history length.
    """

    money: Floats
    logs: Floats
    both: Bools
    end: Floats
    kind: Ints
    default: int

    @staticmethod
    def of(told: Mapping[str, Floats], history: History, asked: Bools) -> Scores:
        """Return the scores of the asked sessions."""
        sold, floor = history.sold[asked], FLOOR * history.usual(FEWEST_SCORED)
        money = np.stack([crps(sold, each) for each in told.values()], axis=1)
        logs = np.stack([crps(np.log(sold + floor), np.log(each + floor))
                         for each in told.values()], axis=1)
        return Scores(money=money, logs=logs, both=np.asarray(np.isfinite(money).all(axis=1)),
                      end=history.end[asked], kind=bins(history)[asked],
                      default=list(told).index(DEFAULT))

    def earned(self, begins: float, size: int) -> Floats:
        """Return the weights, shape (models,), that a bin of history length had earned by then."""
        past = self.both & (self.end < begins)
        own = past & (self.kind == size)
        pool = own if own.sum() >= FEWEST_SCORED else past
        return _earned(self.money[pool], self.logs[pool], self.default)


def _earned(money: Floats, logs: Floats, default: int) -> Floats:
    """Return the weights that scores, shape (n, models), have earned; they sum to 1."""
    alone = np.zeros(money.shape[1])
    alone[default] = 1.0
    if len(money) < FEWEST_SCORED:
        return alone
    spent, off = money.mean(axis=0), logs.mean(axis=0)
    if not (spent[default] > 0 and off[default] > 0):
        return alone
    score = (spent / spent[default] + off / off[default]) / 2.0
    weight = np.where(score <= 1.0, score**-SHARPNESS, 0.0)
    weight[default] = 1.0
    return np.asarray(weight / weight.sum())

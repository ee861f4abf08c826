"""Models joined in one (加权平均): each with the weight that its own past misses have earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.prequential import bins
from caopan.forecast.rules import MEMORIES
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.quantiles import crps

DEFAULT = "rate_hours"
RULES = tuple(MEMORIES)
"""Rate × hours by memories of different length: none is richer than another."""
TOGETHER = 2.0
"""They are near copies of each other: all of them weigh as much as so many models would."""
FEWEST_SCORED = 50
"""Earlier sessions that a model and the default told, below which it has no weight."""
FLOOR = 1e-2
"""The share of a usual session that is added before logarithms are taken."""
SHARPNESS = 8.0
"""How much more weight the better score earns: the power of the ratio of scores."""
AMONG_RULES = 16.0
"""The same among the memories: what two of them miss is much the same, so that averaging them
steadies little and the better one may be preferred sooner."""
HALF_LIFE = 28.0
"""After so many days a score counts half: what was better in spring may not be in autumn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Distributions of the asked sessions, shape (m, 19), and the weight of each model, (m,)."""

    quantiles: Floats
    weights: dict[str, Floats]


def joined(told: Mapping[str, Floats], history: History, asked: Bools, week: Floats) -> Joined:
    """Return the average of what models tell, weighted by what they had earned by then.

    A model enters only while its score over earlier sessions is no worse than that of the
    default, which is always in: the mean of its CRPS in money and in logarithms, each beside the
    default's. The others of ``RULES`` are weighed by their scores too, and not barred by them;
    until enough was scored they weigh alike. Weights are those of hosts with as long a history
    where enough were scored, else those of all.

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

    ``names`` of the models. ``money`` and ``logs``: shape (m, models), NaN where the outcome is
    not known or nothing was told. ``end``: when each was known, ``kind``: its bin of history
    length.
    """

    names: tuple[str, ...]
    money: Floats
    logs: Floats
    end: Floats
    kind: Ints

    @staticmethod
    def of(told: Mapping[str, Floats], history: History, asked: Bools) -> Scores:
        """Return the scores of the asked sessions."""
        sold, floor = history.sold[asked], FLOOR * history.usual(FEWEST_SCORED)
        money = np.stack([crps(sold, each) for each in told.values()], axis=1)
        logs = np.stack([crps(np.log(sold + floor), np.log(each + floor))
                         for each in told.values()], axis=1)
        return Scores(names=tuple(told), money=money, logs=logs, end=history.end[asked],
                      kind=bins(history)[asked])

    def earned(self, begins: float, size: int) -> Floats:
        """Return the weights, shape (models,), that a bin of history length had earned by then."""
        past = np.isfinite(self.money[:, self.names.index(DEFAULT)]) & (self.end < begins)
        own = past & (self.kind == size)
        pool = own if own.sum() >= FEWEST_SCORED else past
        recent = 0.5 ** ((begins - self.end[pool]) / HALF_LIFE)
        return _earned(self.money[pool], self.logs[pool], recent, self.names)


def _earned(money: Floats, logs: Floats, recent: Floats, names: tuple[str, ...]) -> Floats:
    """Return the weights that scores, shape (n, models), have earned; they sum to 1.

    ``recent``, shape (n,), says how much each still counts.
    """
    default, rule = names.index(DEFAULT), np.isin(names, RULES)
    score = np.array([_beside(money, logs, recent, at, default) for at in range(len(names))])
    score[rule] = np.where(np.isnan(score[rule]), 1.0, score[rule])
    score[default] = 1.0
    weight = np.where(rule | (score <= 1.0), score**-SHARPNESS, 0.0)
    shares = score[rule] ** -AMONG_RULES
    weight[rule] = (min(TOGETHER, rule.sum()) * weight[rule].mean()) * shares / shares.sum()
    return np.asarray(weight / weight.sum())


def _beside(money: Floats, logs: Floats, recent: Floats, at: int, default: int) -> float:
    """Return a model's score beside the default's on what both told; NaN where that is too little.

    Below 1 it was better: the mean of the ratios in money and in logarithms.
    """
    both = np.isfinite(money[:, at])
    spent, off = (recent[both] @ part[both] for part in (money, logs))
    if both.sum() < FEWEST_SCORED or not (spent[default] > 0 and off[default] > 0):
        return float("nan")
    return float(spent[at] / spent[default] + off[at] / off[default]) / 2.0

"""A mixed model: shared effects, and a level of each group that wanders (local level, Kalman)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints

RIDGE = 1.0
"""Weight of the squared effects (of standardised columns) against the squared misses."""
START = (-0.7, -3.0, 0.7)
"""Logarithms of the variances a fit begins from: scatter, steps of the level, between groups."""
MOST_STEPS = 80
BOUNDS = ((-6.0, 4.0), (-10.0, 1.0), (-6.0, 6.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """A fitted model: ``value = mean + columns @ effects + level of the group + scatter``.

    ``scatter``, ``step`` and ``between``: variances of a value about its level, of the level from
    one value of the group to the next, and of first levels between groups.
    """

    mean: float
    effects: Floats
    scatter: float
    step: float
    between: float

    def fixed(self, columns: Floats) -> Floats:
        """Return the part that every group shares, shape (n,)."""
        return np.asarray(self.mean + columns @ self.effects)


def fit(values: Floats, columns: Floats, group: Ints, *, ridge: float = RIDGE) -> Mixed:
    """Return the model whose likelihood is largest, its variances by maximum likelihood.

    Args:
        values: shape (n,), n >= 3, finite.
        columns: shape (n, k), standardised.
        group: shape (n,), ascending; rows of a group in the order of time.
        ridge: how strongly effects are drawn to nothing.

    >>> rng = np.random.default_rng(1)
    >>> group = np.repeat(np.arange(40), 10)
    >>> column = rng.normal(size=(400, 1))
    >>> values = 5.0 + 2.0 * column[:, 0] + rng.normal(size=40)[group] + rng.normal(0, 0.5, 400)
    >>> fit(values, column, group).effects.round(1).tolist()
    [2.0]
    """
    from scipy.optimize import minimize

    problem = _Problem.of(values, columns, group, ridge)
    best = minimize(lambda logs: problem.profiled(np.exp(logs))[0], np.array(START),
                    method="Nelder-Mead", bounds=BOUNDS,
                    options={"maxiter": MOST_STEPS, "xatol": 0.1, "fatol": 0.1})
    return problem.model(np.exp(best.x))


def refit(near: Mixed, values: Floats, columns: Floats, group: Ints, *,
          ridge: float = RIDGE) -> Mixed:
    """Return the model with the variances of an earlier fit and effects of its own: much quicker.

    >>> group, column = np.zeros(3, dtype=np.int64), np.array([[-1.0], [0.0], [1.0]])
    >>> near = Mixed(mean=0.0, effects=np.zeros(1), scatter=1.0, step=0.1, between=1.0)
    >>> refit(near, np.array([1.0, 2.0, 3.0]), column, group).scatter
    1.0
    """
    return _Problem.of(values, columns, group, ridge).model(
        np.array([near.scatter, near.step, near.between]))


def told_before(model: Mixed, values: Floats, columns: Floats,
                group: Ints) -> tuple[Floats, Floats]:
    """Return what the model says of each value from those before it in its group, and how sure.

    Args:
        model: the fitted model.
        values: shape (n,); NaN where it is to be told and teaches nothing.
        columns: shape (n, k).
        group: shape (n,), ascending; rows of a group in the order of time.

    Returns:
        The expected values and their variances, both of shape (n,).
    """
    fixed = model.fixed(columns)
    grid = _Grid.of(group)
    rest = grid.padded((values - fixed)[:, None])[:, :, 0]
    level, spread = np.zeros(len(rest)), np.full(len(rest), model.between)
    levels, spreads = np.empty_like(rest), np.empty_like(rest)
    for at in range(rest.shape[1]):
        levels[:, at], spreads[:, at] = level, spread
        seen = np.isfinite(rest[:, at])
        gain = np.where(seen, spread / (spread + model.scatter), 0.0)
        level = level + gain * np.where(seen, rest[:, at] - level, 0.0)
        spread = spread * (1.0 - gain) + np.where(seen, model.step, 0.0)
    return (fixed + grid.back(levels), grid.back(spreads) + model.scatter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Rows of groups of unequal length laid out as (groups, most rows)."""

    row: Ints
    at: Ints
    there: Bools

    @staticmethod
    def of(group: Ints) -> _Grid:
        _, first, row = np.unique(group, return_index=True, return_inverse=True)
        at = np.arange(len(group)) - first[row.ravel()]
        there = np.zeros((len(first), int(at.max(initial=0)) + 1), dtype=np.bool_)
        there[row.ravel(), at] = True
        return _Grid(row=row.ravel().astype(np.int64), at=at.astype(np.int64), there=there)

    def padded(self, rows: Floats) -> Floats:
        """Return rows, shape (n, k), as (groups, most rows, k), NaN where there are none."""
        made = np.full((*self.there.shape, rows.shape[1]), np.nan)
        made[self.row, self.at] = rows
        return made

    def back(self, laid: Floats) -> Floats:
        """Return a laid-out figure by row, shape (n,)."""
        return np.asarray(laid[self.row, self.at])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problem:
    """Values and columns laid out by place within their group, to be fitted.

    ``laid``: shape (most rows, groups, 1 + columns), the values first, nothing where there are no
    rows. ``count``: how many groups have a row at each place, shape (most rows,), which never
    grows.
    """

    laid: Floats
    count: Ints
    penalty: Floats

    @staticmethod
    def of(values: Floats, columns: Floats, group: Ints, ridge: float) -> _Problem:
        penalty = np.full(columns.shape[1] + 1, ridge)
        penalty[0] = 1e-6
        grid = _Grid.of(group)
        length = grid.there.sum(axis=1)
        order = np.argsort(-length, kind="stable")  # the longest first: those there are a prefix
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        laid = np.zeros((grid.there.shape[1], len(order), columns.shape[1] + 2))
        laid[grid.at, place[grid.row]] = np.column_stack([values, np.ones(len(values)), columns])
        return _Problem(laid=laid, count=grid.there.sum(axis=0).astype(np.int64), penalty=penalty)

    def model(self, variances: Floats) -> Mixed:
        effects = self.profiled(variances)[1]
        scatter, step, between = (float(one) for one in variances)
        return Mixed(mean=float(effects[0]), effects=effects[1:], scatter=scatter, step=step,
                     between=between)

    def profiled(self, variances: Floats) -> tuple[float, Floats]:
        """Return the penalised negative log likelihood at its best effects, and those effects.

        The filter is linear in what it is fed, so values and columns go through it alike; their
        scaled innovations are then a plain ridge regression, of which only the sums of products
        are kept.
        """
        products, logs = self._innovations(variances)
        inputs, target = products[1:, 1:], products[1:, 0]
        effects = np.linalg.solve(inputs + np.diag(self.penalty), target)
        rest = products[0, 0] - 2.0 * effects @ target + effects @ inputs @ effects
        cost = 0.5 * (logs + float(rest) + float(self.penalty @ effects**2))
        return cost, np.asarray(effects, dtype=np.float64)

    def _innovations(self, variances: Floats) -> tuple[Floats, float]:
        """Return the sums of products of scaled innovations, and the sum of their logarithms.

        How sure a level is depends on how many rows came before, and on nothing else: every
        group is at the same gain at the same place.
        """
        scatter, step, spread = (float(one) for one in variances)
        level = np.zeros(self.laid.shape[1:])
        products, logs = np.zeros((self.laid.shape[2],) * 2), 0.0
        for rows, count in zip(self.laid, self.count.tolist(), strict=True):
            total = spread + scatter
            miss = rows[:count] - level[:count]
            products += miss.T @ miss / total
            logs += count * np.log(total)
            gain = spread / total
            level[:count] += gain * miss
            spread = spread * (1.0 - gain) + step
        return products, logs

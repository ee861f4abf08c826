"""What a forecast has learnt, as JSON and back: no number is rounded, none is NaN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from caopan.forecast.columns import Scale
from caopan.forecast.kept import Learnt, Models, Ranges
from caopan.forecast.members import MixedFit, TreesFit
from caopan.stats.arrays import Floats
from caopan.stats.boosted import Trees
from caopan.stats.boosted_scale import ScaledTrees
from caopan.stats.mixed import Mixed

SCHEMA = 3
"""Grows with every change of what is learnt or of how it is told: older documents are not read."""


def document(learnt: Learnt) -> dict[str, Any]:
    """Return what was learnt as a JSON object.

    >>> nothing = Ranges(misses=np.full((8, 99), np.nan), nothing=np.zeros(2))
    >>> found = document(Learnt(begin=1.5, n=0, plans=0, rule=nothing, habit=nothing))
    >>> found["begin"], found["rule"]["nothing"], found["models"]
    (1.5, [0.0, 0.0], None)
    """
    return {"begin": learnt.begin, "n": learnt.n, "plans": learnt.plans,
            "rule": _ranges(learnt.rule), "habit": _ranges(learnt.habit),
            "models": None if learnt.models is None else _models(learnt.models)}


def learnt_of(body: Mapping[str, Any]) -> Learnt:
    """Return what was learnt from the JSON object that ``document`` made of it.

    >>> nothing = Ranges(misses=np.full((8, 99), np.nan), nothing=np.zeros(2))
    >>> learnt = Learnt(begin=1.5, n=3, plans=0, rule=nothing, habit=nothing)
    >>> learnt_of(document(learnt)).n
    3
    """
    return Learnt(begin=body["begin"], n=body["n"], plans=body["plans"],
                  rule=_ranges_of(body["rule"]), habit=_ranges_of(body["habit"]),
                  models=None if body["models"] is None else _models_of(body["models"]))


def _models(models: Models) -> dict[str, Any]:
    return {"ranges": {name: _ranges(each) for name, each in models.ranges.items()},
            "mixed": models.mixed and _mixed(models.mixed),
            "levels": models.levels.tolist(),
            "trees": {name: _trees(each) for name, each in models.trees.items()},
            "weights": {name: each.tolist() for name, each in models.weights.items()}}


def _models_of(body: Mapping[str, Any]) -> Models:
    return Models(
        ranges={name: _ranges_of(each) for name, each in body["ranges"].items()},
        mixed=body["mixed"] and _mixed_of(body["mixed"]), levels=_floats(body["levels"]),
        trees={name: _trees_of(each) for name, each in body["trees"].items()},
        weights={name: _floats(each) for name, each in body["weights"].items()})


def _ranges(ranges: Ranges) -> dict[str, Any]:
    return {"misses": _rows(ranges.misses), "nothing": ranges.nothing.tolist()}


def _ranges_of(body: Mapping[str, Any]) -> Ranges:
    return Ranges(misses=_floats(body["misses"]), nothing=_floats(body["nothing"]))


def _mixed(fit: MixedFit) -> dict[str, Any]:
    model = fit.model
    return {"mean": model.mean, "effects": model.effects.tolist(), "scatter": model.scatter,
            "step": model.step, "between": model.between, "floor": fit.floor,
            "column_mean": fit.scale.mean.tolist(), "column_spread": _values(fit.scale.spread)}


def _mixed_of(body: Mapping[str, Any]) -> MixedFit:
    spread = _floats(body["column_spread"])
    return MixedFit(
        floor=body["floor"], scale=Scale(mean=_floats(body["column_mean"]),
                                         spread=np.where(np.isnan(spread), np.inf, spread)),
        model=Mixed(mean=body["mean"], effects=_floats(body["effects"]),
                    scatter=body["scatter"], step=body["step"], between=body["between"]))


def _trees(fit: TreesFit) -> dict[str, Any]:
    trees = fit.trees
    scaled = {"least": trees.least, "spread": trees.spread.tolist()} if isinstance(
        trees, ScaledTrees) else {}
    return {"models": list(trees.models), "shift": fit.shift.tolist(), "floor": fit.floor,
            **scaled}


def _trees_of(body: Mapping[str, Any]) -> TreesFit:
    models = tuple(body["models"])
    trees = ScaledTrees(models=models, least=body["least"], spread=_floats(
        body["spread"])) if "spread" in body else Trees(texts=models)
    return TreesFit(trees=trees, shift=_floats(body["shift"]), floor=body["floor"])


def _rows(values: Floats) -> list[list[float | None]]:
    return [_values(row) for row in values]


def _values(values: Floats) -> list[float | None]:
    """Return numbers, None where one is not known or has no end."""
    return [value if np.isfinite(value) else None for value in values.tolist()]


def _floats(values: Sequence[Any]) -> Floats:
    return np.array(values, dtype=np.float64)

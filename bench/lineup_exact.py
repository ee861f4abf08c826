"""A line-up by an exact solver (CP-SAT): the yardstick of the local search, no part of the product.

Every item takes one of its starts and lengths; every step is taken once or stands empty before a
pinned item or at the end. Needs the extra ``solver``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from caopan.plan.lineup import BREAK, Problem

UNIT = 100.0
"""Values are whole hundredths: the solver knows no fractions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """The best line-up's value, what the solver can prove of it, and whether it is proved."""

    value: float
    bound: float
    proved: bool
    order: tuple[int, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One start and length of an item, and the solver's yes or no."""

    item: int
    length: int
    start: int
    value: float
    chosen: cp_model.IntVar


def solved(problem: Problem, *, seconds: float = 60.0) -> Exact | None:
    """Return the best line-up in which every rule holds; None where there is none."""
    model = cp_model.CpModel()
    places = list(_places(model, problem))
    for item in range(len(problem.kind)):
        model.add_exactly_one(one.chosen for one in places if one.item == item)
    _filled(model, problem, places)
    _ruled(model, problem, places)
    model.maximize(sum(round(one.value * UNIT) * one.chosen for one in places))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    told = sorted((one for one in places if solver.boolean_value(one.chosen)),
                  key=lambda one: one.start)
    return Exact(value=float(sum(one.value for one in told)),
                 bound=solver.best_objective_bound / UNIT,
                 proved=status == cp_model.OPTIMAL, order=tuple(one.item for one in told),
                 lengths=tuple(one.length for one in told))


def _places(model: cp_model.CpModel, problem: Problem) -> Iterator[_Place]:
    for item, length, start in np.argwhere(np.isfinite(problem.value)):
        if problem.pins.get(int(item), start) == start:
            yield _Place(item=int(item), length=int(length), start=int(start),
                         value=float(problem.value[item, length, start]),
                         chosen=model.new_bool_var(f"{item}:{length}@{start}"))


def _filled(model: cp_model.CpModel, problem: Problem, places: list[_Place]) -> None:
    empty = [model.new_bool_var(f"empty@{at}") for at in range(problem.steps)]
    for at in range(problem.steps):
        model.add_exactly_one(*_over(places, at), empty[at])
    pins = set(problem.pins.values())
    for at in range(problem.steps - 1):
        if at + 1 not in pins:
            model.add_implication(empty[at], empty[at + 1])


def _over(places: list[_Place], at: int) -> Iterator[cp_model.IntVar]:
    return (one.chosen for one in places if one.start <= at < one.start + one.length)


def _ruled(model: cp_model.CpModel, problem: Problem, places: list[_Place]) -> None:
    for kind, gap in problem.apart.items():
        mine = [one for one in places if problem.kind[one.item] == kind]
        for at in range(problem.steps):
            model.add_at_most_one(one.chosen for one in mine
                                  if one.start <= at < one.start + one.length + gap)
    if problem.first:
        model.add_exactly_one(one.chosen for one in places
                              if one.start == 0 and problem.kind[one.item] in problem.first)
    if problem.stretch is not None:
        rests = [one for one in places if problem.kind[one.item] == BREAK]
        for at in range(problem.steps - problem.stretch):
            model.add_at_least_one(one.chosen for one in rests
                                   if one.start <= at + problem.stretch
                                   and one.start + one.length > at)
    if problem.cap is not None:
        model.add(sum(round(float(problem.loss[one.item, one.length, one.start]) * UNIT)
                      * one.chosen for one in places) <= round(problem.cap * UNIT))
    for before, after in problem.orders:
        model.add(sum(one.start * one.chosen for one in places if one.item == before)
                  <= sum(one.start * one.chosen for one in places if one.item == after))

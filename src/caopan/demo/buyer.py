"""Who buys again: after every purchase a buyer comes back with a known chance and wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.ragged import Flags, Floats, Ints, ranks, starts, steps

RETURNING_CAP = 0.95
"""At most this share of a show's buyers are returning ones; the others wait for the next show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchases:
    """Who stands behind each buyer of each show."""

    buyer: Ints
    """Shape (buyers of all shows,): number of the person, from 0."""
    new: Flags
    """Shape (buyers of all shows,): whether it is the person's first purchase."""
    people: int
    postponed: int
    """Returns that had to wait for a later show than the one they were drawn for."""


def purchases(
    slots: Ints, merchant: Ints, days: Floats, *, chance: Floats, gap: Floats,
    rng: np.random.Generator,
) -> Purchases:
    """Return who buys in each show.

    After each purchase a person comes back with probability ``chance`` once a wait, exponential
    with mean ``gap`` days, is over: in the merchant's first selling show after it.

    Args:
        slots: shape (shows,), buyers of each show, by merchant and time.
        merchant: shape (shows,), places in ``chance`` and ``gap``, ascending.
        days: shape (shows,), when the shows begin.
        chance: shape (merchants,), ratio.
        gap: shape (merchants,), days.
        rng: source of randomness.

    >>> made = purchases(np.array([2, 2]), np.array([0, 0]), np.array([0.0, 9.0]),
    ...                  chance=np.ones(1), gap=np.full(1, 0.01), rng=np.random.default_rng(1))
    >>> made.buyer.tolist(), made.new.tolist()
    ([0, 1, 0, 2], [True, True, False, True])
    """
    selling = np.flatnonzero(slots > 0)
    owner, when, size = merchant[selling], days[selling], slots[selling]
    counts = np.bincount(owner, minlength=len(chance))
    calendar = owner * 1e6 + when
    waiting: dict[int, list[tuple[Ints, Ints]]] = {}
    rank = ranks(counts)
    buyer = np.full(int(size.sum()), -1, dtype=np.int64)
    new = np.ones(len(buyer), dtype=np.bool_)
    first = starts(size)
    people = postponed = 0
    for turn, shows in enumerate(steps(counts)):
        person, show, late = _let_in(waiting.pop(turn, []), size)
        _wait(waiting, late, rank)
        postponed += len(late[0])
        place = first[show] + _rank_of_sorted(show)
        buyer[place], new[place] = person, False
        mine = np.repeat(first[shows], size[shows]) + ranks(size[shows])
        fresh = mine[new[mine]]
        buyer[fresh] = people + np.arange(len(fresh))
        people += len(fresh)
        of = np.repeat(shows, size[shows])
        back = _returns(buyer[mine], owner[of], when[of], calendar=calendar, chance=chance,
                        gap=gap, rng=rng)
        _wait(waiting, back, rank)
    return Purchases(buyer=buyer, new=new, people=people, postponed=postponed)


def _returns(
    person: Ints, owner: Ints, when: Floats, *, calendar: Floats, chance: Floats, gap: Floats,
    rng: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Return who comes back and the show they aim for (one past the end: never)."""
    back = rng.random(len(person)) < chance[owner]
    owner = owner[back]
    due = when[back] + rng.exponential(1.0, len(owner)) * gap[owner]
    # Selling shows of later merchants, and none, lie beyond the end of the owner's calendar.
    aim = np.searchsorted(calendar, owner * 1e6 + np.minimum(due, 9e5), side="right")
    inside = aim < len(calendar)
    inside[inside] = calendar[aim[inside]] < (owner[inside] + 1) * 1e6
    return person[back][inside], aim[inside]


def _let_in(arrivals: list[tuple[Ints, Ints]], size: Ints) -> tuple[Ints, Ints, tuple[Ints, Ints]]:
    """Return the returning buyers each show can take, by show, and those it cannot."""
    if not arrivals:
        nobody = np.zeros(0, dtype=np.int64)
        return nobody, nobody, (nobody, nobody)
    person = np.concatenate([people for people, _ in arrivals])
    show = np.concatenate([shows for _, shows in arrivals])
    order = np.argsort(show, kind="stable")
    person, show = person[order], show[order]
    room = np.floor(size[show] * RETURNING_CAP)
    fits = _rank_of_sorted(show) < room
    return person[fits], show[fits], (person[~fits], show[~fits] + 1)


def _wait(
    waiting: dict[int, list[tuple[Ints, Ints]]], arrivals: tuple[Ints, Ints], rank: Ints,
) -> None:
    """File the arrivals under the turn of their show; those after the last show never come."""
    person, show = arrivals
    exists = show < len(rank)
    # A postponed return of the last show points at the next merchant's first: it never happens.
    exists[exists] = rank[show[exists]] > 0
    person, show = person[exists], show[exists]
    if len(person) == 0:
        return
    turn = rank[show]
    order = np.argsort(turn, kind="stable")
    turns, begins = np.unique(turn[order], return_index=True)
    for at, rows in zip(turns.tolist(), np.split(order, begins[1:]), strict=True):
        waiting.setdefault(at, []).append((person[rows], show[rows]))


def _rank_of_sorted(values: Ints) -> Ints:
    """Return the place of each value within its run of equal ones."""
    _, counts = np.unique(values, return_counts=True)
    return ranks(counts)


def expected_repurchase(
    merchant: Ints, days: Floats, *, chance: Floats, gap: Floats, within: float, until: float,
) -> Floats:
    """Return each merchant's true share of first buyers who buy again in a later show in time.

    First purchases count alike over the shows that leave the whole time to come back; NaN where
    a merchant has no such show.

    Args:
        merchant: shape (shows,), of the selling shows by merchant and time.
        days: shape (shows,), when they begin.
        chance: shape (merchants,).
        gap: shape (merchants,), days.
        within: days to come back.
        until: the day the history ends.

    >>> expected_repurchase(np.array([0, 0]), np.array([0.0, 20.0]), chance=np.array([0.5]),
    ...                     gap=np.array([10.0]), within=30, until=60).round(4).tolist()
    [0.2162]
    """
    calendar = merchant * 1e6 + days
    reach = np.searchsorted(calendar, merchant * 1e6 + days + within, side="right") - 1
    share = chance[merchant] * -np.expm1(-(days[reach] - days) / gap[merchant])
    whole = (days + within <= until).astype(np.float64)
    number = np.bincount(merchant, whole, len(chance))
    sums = np.bincount(merchant, share * whole, len(chance))
    return np.where(number > 0, sums / np.maximum(number, 1), np.nan)

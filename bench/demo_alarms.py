"""How often the diagnosis cries wolf on the product's own synthetic world, beside its truth.

Run: python -m bench.demo_alarms [seeds]. In the steady merchants of ``truth.json`` nothing moves
but luck (heavy tails, flops and viral shows, memory between sessions, sold-out stock, hosts
taking turns), so that a ``supported`` change there is false. What is read is what ``caopan
diagnose`` reads, orders and products included; only the sessions before a day are held back.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import ibis
import numpy as np

from bench.false_alarms import false_claims
from bench.large import world
from bench.row import Row
from caopan import Workspace
from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import everyone
from caopan.metrics.scope import Tables
from caopan.playbook.handbook import handbook
from caopan.units.verdict import Verdict
from caopan.workspace.gathering import gather
from caopan.workspace.grain import Grain
from caopan.workspace.spreading import read_of, with_metrics

SIZE, SEEDS = "medium", (1, 2, 3)
HISTORIES = (56, 90, 180)
"""Days of history; 28 of them are the period and 28 what it is compared with."""
SIDES = ((3, 5), (6, 12), (13, 28), (29, 10_000))
"""Sessions of the shorter side, from and to."""
BUDGET = 0.10
CLOCK = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was seen of a group of merchants."""

    subjects: int = 0
    alarmed: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    ranges: dict[str, list[bool]] = field(default_factory=dict)
    """By factor, whether each 80 % range of its amount holds the true one."""

    def add(self, one: Diagnosis) -> None:
        """Count one merchant in whom nothing changed."""
        claims = false_claims(one)
        self.subjects += 1
        self.alarmed += bool(claims)
        self.claims.update(claims)
        for factor in one.change.factors:
            if factor.interval is not None and factor.id != "sessions":
                self.ranges.setdefault(factor.id, []).append(factor.interval.holds(0.0))

    def line(self, name: str) -> str:
        """Return the tally as a line of the table."""
        held = [one for ranges in self.ranges.values() for one in ranges]
        return (f"{name:34}{rate(self.alarmed, self.subjects):34}"
                f"{rate(sum(held), len(held)):34}")


@dataclass(slots=True, kw_only=True)
class Planted:
    """What was seen of the merchants with one known change."""

    found: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)

    def add(self, one: Diagnosis, factor: str, ratio: float) -> None:
        """Count one merchant; nothing where its identity does not name the factor."""
        for seen in one.change.factors:
            if seen.id == factor and seen.interval is not None:
                self.asked[factor] += 1
                self.found[factor] += seen.verdict is Verdict.SUPPORTED
                self.held[factor] += seen.interval.holds(_worth(one, ratio))


def wilson(hits: int, n: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share, after Wilson.

    >>> [round(one, 3) for one in wilson(10, 100)]
    [0.055, 0.174]
    """
    middle = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(hits * (n - hits) / n + z * z / 4)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def rate(hits: int, n: int) -> str:
    """Return a share as text: with its interval, and of how many.

    >>> rate(10, 100)
    '0.100 [0.055, 0.174] n=100'
    """
    if not n:
        return "— n=0"
    low, high = wilson(hits, n)
    return f"{hits / n:.3f} [{low:.3f}, {high:.3f}] n={n}"


def diagnoses(folder: Path, *, days: int, ids: frozenset[str]) -> list[Diagnosis]:
    """Return the diagnoses of some merchants of a world that knows its last ``days`` alone."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    book = handbook()
    with Workspace.open(folder) as opened:
        store = opened.store
        tables = _since(store.tables(), date.fromisoformat(truth["until"]) - timedelta(days=days))
        inputs = gather(tables, store.fetch, grain=Grain.MERCHANT)
        inputs = with_metrics(inputs, tables, store.fetch, grain=Grain.MERCHANT,
                              wanted=read_of(book.rules))
        wanted = [at for at, subject in enumerate(inputs.subjects) if subject.id in ids]
        return everyone(inputs, rules=book.rules, ladder=book.ladder, only=wanted)


def table(seeds: tuple[int, ...] = SEEDS) -> dict[int, Tally]:
    """Print the table and return what was measured, by days of history."""
    found = {days: Tally() for days in HISTORIES}
    sides = {bounds: Tally() for bounds in SIDES}
    planted = Planted()
    for seed in seeds:
        folder = world(SIZE, seed=seed, folder=Path(f".cache/{SIZE}-{seed}"))
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        steady = frozenset(truth["steady"])
        changes = {one["merchant_id"]: one for one in truth["changes"]}
        for days in HISTORIES:
            asked = steady | changes.keys() if days == HISTORIES[-1] else steady
            for one in diagnoses(folder, days=days, ids=asked):
                if one.change.refused is not None:
                    continue
                if one.subject.id not in steady:
                    planted.add(one, changes[one.subject.id]["factor"],
                                changes[one.subject.id]["ratio"])
                    continue
                found[days].add(one)
                if days == HISTORIES[-1]:
                    sides[_bounds(one)].add(one)
    _print(found, sides, planted, seeds)
    return found


def rows(seeds: tuple[int, ...] = SEEDS) -> Iterator[Row]:
    """Print the table, then yield the share of steady merchants with a false alarm."""
    for days, made in table(seeds).items():
        allowed = BUDGET + 1.96 * np.sqrt(BUDGET * (1 - BUDGET) / made.subjects)
        yield Row(name=f"false alarms a steady merchant, {days} days of history (demo)",
                  ours=made.alarmed / made.subjects, theirs=None, limit=float(allowed), unit=" ")


def _print(found: dict[int, Tally], sides: dict[tuple[int, int], Tally], planted: Planted,
           seeds: tuple[int, ...]) -> None:
    print(f"synthetic world: caopan demo --size {SIZE}, seeds {', '.join(map(str, seeds))}; "
          "steady merchants")
    print(f"{'days of history':34}{'with a false alarm [95 %]':34}{'80 % ranges that hold 0':34}")
    for days, made in found.items():
        print(made.line(f"{days}"))
    print(f"\nsessions of the shorter side, {HISTORIES[-1]} days")
    for (least, most), made in sides.items():
        print(made.line(f"{least}-{most}" if most < SIDES[-1][1] else f"{least} and more"))
    whole = found[HISTORIES[-1]]
    print("\n80 % ranges by factor: " + "; ".join(
        f"{name} {rate(sum(held), len(held))}" for name, held in sorted(whole.ranges.items())))
    print("false claims: " + ", ".join(f"{name} {n}" for name, n in whole.claims.most_common()))
    print("\nplanted changes: found; 80 % ranges that hold the true amount")
    for factor, n in sorted(planted.asked.items()):
        print(f"{factor:34}{rate(planted.found[factor], n):34}{rate(planted.held[factor], n)}")


def _since(tables: Tables, day: date) -> Tables:
    sessions = tables["sessions"]
    first = datetime(day.year, day.month, day.day, tzinfo=CLOCK)
    known = sessions.filter(sessions.started_at >= ibis.literal(first, "timestamp('UTC', 6)"))
    return {**tables, "sessions": known}


def _bounds(one: Diagnosis) -> tuple[int, int]:
    shorter = min(one.change.n_before, one.change.n_after)
    return next(bounds for bounds in SIDES if bounds[0] <= shorter <= bounds[1])


def _worth(one: Diagnosis, ratio: float) -> float:
    """Return what the true ratio of a factor is worth between the GMV of both periods."""
    before, after = float(one.change.before), float(one.change.after)
    between = (after - before) / np.log(after / before) if after != before else before
    return float(between * np.log(ratio))


if __name__ == "__main__":
    table(tuple(range(1, int(sys.argv[1]) + 1)) if len(sys.argv) > 1 else SEEDS)

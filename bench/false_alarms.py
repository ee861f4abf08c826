"""How often the diagnosis cries wolf, and whether its ranges hold, on worlds without a change.

Run: python -m bench.false_alarms [subjects]. In every world both periods come from one process:
heavy-tailed traffic and baskets, overdispersed rates, weekday effects, neighbours that resemble
each other (AR 0.3 unless said). A claim that a step, or a metric against the period before or own
history, changed is false by construction.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from caopan.diagnose.diagnosis import Diagnosis, Subject
from caopan.diagnose.everyone import everyone
from caopan.diagnose.inputs import Inputs, Sessions, sessions
from caopan.playbook.handbook import handbook
from caopan.playbook.signal import Against
from caopan.units.verdict import Verdict

FIRST = np.datetime64("2026-02-01T16:00", "us")
"""Midnight of the first business day; 56 follow."""
MICROSECONDS = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What makes a world: sessions a side, correlation, and which log scatter sessions have."""

    least: int = 5
    most: int = 60
    correlation: float = 0.3
    scatter: float = 0.8
    change: float = 0.0
    """Log change of the exposure of a session in the period."""
    alike: bool = False
    """Whether all subjects are one: then no gap to peers is real either."""
    counted: bool = False
    """Whether the exports carry minutes, viewers and units alone: sales are counted, not priced."""


def rows(world: World, *, subjects: int, rng: np.random.Generator) -> Sessions:
    """Return the sessions of all subjects over twice 28 days."""
    count = np.round(np.exp(rng.uniform(np.log(world.least), np.log(world.most), subjects)))
    owner, age = [], []
    for subject, n in enumerate(count.astype(int)):
        for start in (0, 28):
            days = np.sort(rng.integers(0, 28, n)) + rng.random(n) * 0.9
            owner += [subject] * n
            age += (start + days).tolist()
    subject = np.array(owner)
    place = np.array(age)
    latent = [_walk(subject, world.correlation, rng) for _ in range(7)]
    day = np.floor(place).astype(int)
    apart = 0.0 if world.alike else 1.0
    weekday = apart * rng.normal(0, 0.25, (subjects, 7))[subject, day % 7]

    def own(mean: float, spread: float) -> np.ndarray:
        return rng.normal(mean, apart * spread, subjects)[subject]

    def share(mean: float, wave: np.ndarray, scatter: float) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(own(mean, 0.3) + scatter * wave)))

    hours = np.exp(own(1.0, 0.3) + 0.3 * latent[0])
    late = world.change * (place >= 28)
    exposed = rng.poisson(np.exp(own(8.0, 1.0) + weekday + late + world.scatter * latent[1])) + 1
    viewers = rng.binomial(exposed, share(-1.0, latent[2], 0.3))
    shown = rng.binomial(viewers, share(0.8, latent[3], 0.3))
    clicked = rng.binomial(shown, share(-1.3, latent[4], 0.35))
    buyers = rng.binomial(clicked, share(-2.0, latent[5], 0.45))
    basket = np.exp(own(8.5, 0.5) + 0.35 * latent[6])
    gmv = np.round(buyers * basket * rng.gamma(np.maximum(buyers, 1) * 2.0)
                   / (np.maximum(buyers, 1) * 2.0))
    columns = {
        "minutes": hours * 60 + 10, "room_viewers_exposed": exposed, "viewers": viewers,
        "product_viewers": shown, "product_clickers": clicked, "buyers": buyers,
        "orders": buyers, "units": buyers, "gmv": gmv, "views": viewers,
        "new_followers": rng.binomial(viewers, 0.02)}
    if world.counted:
        units = buyers + rng.poisson(0.4 * buyers)
        columns = {"minutes": columns["minutes"], "viewers": viewers, "units": units}
    return sessions(
        subject=subject, session_id=[f"s{i}" for i in range(len(subject))],
        started_at=FIRST + (place * MICROSECONDS).astype("timedelta64[us]"), columns=columns)


def inputs(world: World, *, subjects: int, seed: int) -> Inputs:
    """Return a world as the diagnosis reads it: one category, streamers of one currency."""
    rng = np.random.default_rng(seed)
    made = tuple(Subject(kind="streamer", id=f"z{i}", name=f"主播{i}", currency="CNY")
                 for i in range(subjects))
    return Inputs(subjects=made, categories=("fruit",) * subjects,
                  sessions=rows(world, subjects=subjects, rng=rng))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was measured over all subjects of one world."""

    subjects: int
    alarmed: float
    """Share of subjects with at least one false ``supported``, the number of sessions aside."""
    alarmed_factors: float
    claims: float
    """False claims a subject."""
    coverage: dict[str, float]
    """By factor of the main identity, share of ranges that hold the true amount (zero)."""
    peers: float
    """Share of subjects with a rule that claims a gap to peers: false where all are alike."""


MOVED = frozenset("exposed_per_session viewers_per_session views_per_session viewers_per_hour "
                  "views_per_hour impressions_per_session gmv_per_session gmv_per_hour "
                  "orders_per_hour mix price gmv".split())
"""What really changes with exposure; any other claim of a change stays false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What was measured in a world where exposure really changed, and nothing else."""

    found: float
    """Share of subjects for whom the change of exposure is ``supported``."""
    false_proportion: float
    """Mean over subjects of the share of false ones among the claims of a change."""
    coverage: float
    """Share of ranges of the exposure's amount that hold the true amount."""
    coverage_others: float
    """Share of ranges of all other factors' amounts that hold zero."""


def power(world: World, *, subjects: int, seed: int) -> Power:
    """Return how often a real change is found, and what else is claimed with it."""
    book = handbook()
    found = [one for one in everyone(inputs(world, subjects=subjects, seed=seed),
                                     rules=book.rules, ladder=book.ladder)
             if one.change.refused is None]
    factors = [{factor.id: factor for factor in one.change.factors} for one in found]
    mean = float(np.mean([one.change.before / one.change.n_before for one in found]))
    held, others = [], []
    for one, named in zip(found, factors, strict=True):
        change = one.change
        true = _true_amount(mean * change.n_before, mean * np.exp(world.change) * change.n_after,
                            world.change)
        for name, factor in named.items():
            if factor.interval is not None and name != "sessions":
                target = true if name == "exposed_per_session" else 0.0
                (held if name == "exposed_per_session" else others).append(
                    factor.interval.holds(target))
    return Power(
        found=float(np.mean([named["exposed_per_session"].verdict is Verdict.SUPPORTED
                             for named in factors])),
        false_proportion=float(np.mean([_false_share(one) for one in found])),
        coverage=float(np.mean(held)), coverage_others=float(np.mean(others)))


def _true_amount(before: float, after: float, change: float) -> float:
    """Return what a log change is worth between two expected GMVs."""
    return (after - before) / np.log(after / before) * change if before != after else 0.0


def _false_share(one: Diagnosis) -> float:
    names = false_claims(one)
    wrong = [name for name in names if name.split()[1] not in MOVED and not any(
        finding.rule == name.split()[1] and finding.signal.metric in MOVED
        for finding in one.findings)]
    return len(wrong) / len(names) if names else 0.0


def measure(world: World, *, subjects: int, seed: int) -> Result:
    """Return how often anything is claimed in a world where nothing changed."""
    book = handbook()
    found = everyone(inputs(world, subjects=subjects, seed=seed), rules=book.rules,
                     ladder=book.ladder)
    told = [one for one in found if one.change.refused is None]
    false = [false_claims(one) for one in told]
    factors = [sum(name.startswith("factor") for name in names) for names in false]
    return Result(
        subjects=len(told), alarmed=float(np.mean([bool(names) for names in false])),
        alarmed_factors=float(np.mean([count > 0 for count in factors])),
        claims=float(np.mean([len(names) for names in false])), coverage=_coverage(told),
        peers=float(np.mean([_claims_a_gap(one) for one in told])))


def _claims_a_gap(one: Diagnosis) -> bool:
    return any(finding.signal.against is Against.PEERS and finding.verdict is Verdict.SUPPORTED
               for finding in one.findings)


def false_claims(one: Diagnosis) -> list[str]:
    """Return what is claimed to have changed, the number of sessions (a known count) aside."""
    changes = [f"factor {factor.id}" for tree in (one.change, *one.trees)
               for factor in tree.factors
               if factor.verdict is Verdict.SUPPORTED and factor.id != "sessions"]
    changes += [f"total {one.change.measure}"] if one.change.verdict is Verdict.SUPPORTED else []
    steps = [f"step {step.metric}" for step in one.funnel if step.verdict is Verdict.SUPPORTED]
    moved = (Against.PREVIOUS, Against.OWN)
    rules = [f"rule {finding.rule}" for finding in one.findings
             if finding.verdict is Verdict.SUPPORTED and finding.signal.against in moved
             and finding.signal.metric not in {"sessions_per_week", "live_days_per_week"}]
    return [*changes, *steps, *rules]


def _coverage(told: list[Diagnosis]) -> dict[str, float]:
    held: dict[str, list[bool]] = {}
    for one in told:
        for factor in one.change.factors:
            if factor.interval is not None and factor.id != "sessions":
                held.setdefault(factor.id, []).append(factor.interval.holds(0.0))
    return {name: float(np.mean(values)) for name, values in held.items()}


def _walk(subject: np.ndarray, correlation: float, rng: np.random.Generator) -> np.ndarray:
    """Return a stationary autoregression of order one for every subject's sessions."""
    noise = rng.standard_normal(len(subject))
    first = np.ones(len(subject), dtype=bool)
    first[1:] = subject[1:] != subject[:-1]
    wave = noise.copy()
    for i in np.flatnonzero(~first):
        wave[i] = correlation * wave[i - 1] + np.sqrt(1 - correlation**2) * noise[i]
    return wave


WORLDS = {
    "5-60 sessions a side, AR 0.3": World(),
    "3-5 sessions a side, AR 0.3": World(least=3, most=5),
    "6-12 sessions a side, AR 0.3": World(least=6, most=12),
    "30-60 sessions a side, AR 0.3": World(least=30, most=60),
    "5-60, no correlation": World(correlation=0.0),
    "5-60, very heavy tails": World(scatter=1.3),
    "5-60, units alone": World(counted=True),
    "6-12, units alone": World(least=6, most=12, counted=True),
    "3-5, units alone": World(least=3, most=5, counted=True),
}


SUBJECTS = 1500


def table(subjects: int) -> dict[str, Result]:
    """Print the table and return what was measured in the worlds without a change."""
    found = {}
    print(f"{'world':34}{'n':>6}{'alarmed':>9}{'factors':>9}{'claims':>8}  coverage of 80 % ranges")
    for name, world in WORLDS.items():
        made = found[name] = measure(world, subjects=subjects, seed=7)
        held = " ".join(f"{factor}={value:.2f}" for factor, value in made.coverage.items())
        print(f"{name:34}{made.subjects:6}{made.alarmed:9.3f}{made.alarmed_factors:9.3f}"
              f"{made.claims:8.2f}  {held}")
    made = measure(World(alike=True), subjects=subjects, seed=7)
    print(f"\nall subjects alike: a gap to peers is claimed for {made.peers:.3f} of them")
    print(f"\n{'exposure really changed':34}{'found':>7}{'false share':>13}"
          f"{'coverage':>10}{'others':>8}")
    for least, most in ((6, 12), (13, 28), (30, 60)):
        for change in (-0.3, -0.7):
            world = World(least=least, most=most, change=change, alike=True)
            got = power(world, subjects=subjects, seed=7)
            name = f"{least}-{most} sessions a side, {np.expm1(change):+.0%}"
            print(f"{name:34}{got.found:7.3f}{got.false_proportion:13.3f}{got.coverage:10.3f}"
                  f"{got.coverage_others:8.3f}")
    return found


if __name__ == "__main__":
    table(int(sys.argv[1]) if len(sys.argv) > 1 else SUBJECTS)

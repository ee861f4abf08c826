"""Everything that is computed for all subjects at once, before a single record is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.diagnose import facts as plain
from caopan.diagnose import mix_change, tables
from caopan.diagnose.change import FEWEST, Whole, whole
from caopan.diagnose.cleaning import Apart, set_apart
from caopan.diagnose.column import Column, Key
from caopan.diagnose.control import TOTAL_SHARE, asked_for, level_of_facts, supported
from caopan.diagnose.facts import Scene
from caopan.diagnose.funnel import metrics
from caopan.diagnose.identity import Family
from caopan.diagnose.inputs import Inputs, Sessions
from caopan.diagnose.mix import Mix, mix
from caopan.diagnose.moneyless import parted
from caopan.diagnose.peer_sides import PeerSides
from caopan.diagnose.peers import Peers, beside, groups
from caopan.diagnose.periods import chosen
from caopan.diagnose.readings import READINGS
from caopan.diagnose.sides import Both, Sides, one_side, sides
from caopan.diagnose.signals import by_itself, changed
from caopan.diagnose.split import Split, closes, split
from caopan.diagnose.stage import Months, months, rungs
from caopan.diagnose.whole_months import months_before, undated, whole_months
from caopan.diagnose.windows import Windows, fixed, merged
from caopan.playbook.ladder import Ladder
from caopan.playbook.rule import Rule
from caopan.playbook.screen import Columns, Firing, screen
from caopan.playbook.signal import Against
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.contrast import alone
from caopan.units.period import Period

HISTORY = 182
"""Days before a period that count as a subject's own history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked: rules and ladder of the handbook, and how sure an answer has to be.

    ``period`` and ``compared`` are chosen for every subject where None; ``level`` is that of every
    range; ``false_discovery`` bounds the share of claims that are false.
    """

    rules: tuple[Rule, ...]
    ladder: Ladder
    period: Period | None = None
    compared: Period | None = None
    against: Against = Against.PREVIOUS
    level: float = 0.8
    false_discovery: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All arrays of one diagnosis of all subjects of one measure."""

    scene: Scene
    pair: Both
    last: Months
    total: Whole
    main: Ints
    """Position in the measure's trees of each subject's main identity, -1 where none closes."""
    others: dict[Family, Ints]
    splits: dict[int, Split]
    mix: Mix | None
    parts: dict[str, Column]
    columns: dict[Key, Column]
    values: dict[str, Column]
    peers: dict[str, Peers]
    verdicts: dict[Key, Bools]
    firings: list[Firing]


def windows(inputs: Inputs, *, period: Period | None = None,
            compared: Period | None = None) -> Windows:
    """Return the two stretches of days of every subject: those asked for, else chosen ones.

    Subjects of another measure, or of whose sessions no day is known, are chosen for apart.

    >>> from datetime import date
    >>> from caopan.diagnose.inputs import sessions
    >>> nobody = Inputs(subjects=(), categories=(), sessions=sessions(
    ...     subject=[], session_id=[], started_at=[], columns={}))
    >>> len(windows(nobody).start)
    0
    """
    if period is not None:
        made = fixed(period, compared, subjects=len(inputs.subjects))
        return made if compared is not None or not len(inputs.sessions) else months_before(
            made, period, undated(inputs.sessions, np.ones(len(inputs.sessions), dtype=np.bool_),
                                  subjects=len(inputs.subjects)))
    return merged([(_chosen(part.inputs.sessions, len(part.inputs.subjects)), part.places)
                   for part in parted(inputs)])


def _chosen(rows: Sessions, subjects: int) -> Windows:
    """Return the periods of subjects of one measure: whole months where no days are known."""
    kept = set_apart(rows) == Apart.KEPT
    vague = undated(rows, kept, subjects=subjects)
    parts = []
    for choose, there in ((chosen, ~vague), (whole_months, vague)):
        if not there.any() and subjects:
            continue
        mine = there[rows.subject]
        mine &= kept | (not (kept & mine).any())  # where nothing counts, the days of the data
        number = np.cumsum(there) - 1
        made = choose(number[rows.subject[mine]], rows.day[mine], subjects=int(there.sum()))
        parts.append((made, np.flatnonzero(there)))
    return merged(parts)


def read(inputs: Inputs, ask: Ask) -> Reading:
    """Return all arrays of a diagnosis of subjects of one measure."""
    scene = _scene(inputs, windows(inputs, period=ask.period, compared=ask.compared))
    last = months(scene, level=ask.level)
    both = scene.sides
    currencies = tuple(subject.currency for subject in inputs.subjects)
    group = groups(inputs, rungs(last, currencies, ask.ladder))
    pair: Both = both
    if ask.against is Against.PEERS:
        main, pair = _peer_trees(both, group)
        others: dict[Family, Ints] = {}
    else:
        main, others = _trees(both)
    used = sorted({int(one) for one in (main, *others.values()) for one in np.unique(one)} - {-1})
    splits = {tree: split(both.measure.trees[tree], pair, _owners(tree, main, others),
                          level=ask.level) for tree in used}
    made = mix(inputs.products, both) if inputs.products is not None else None
    parts = mix_change.columns(made, both, level=ask.level) if made else {}
    values = {metric: by_itself(metric, both, level=ask.level) for metric in metrics(both.measure)}
    keys = _asked(ask.rules)
    peers = _peers(inputs, both, group, keys, ask.level)
    columns = _columns(scene, keys, used, peers, ask)
    columns |= {parts[part].key: parts[part] for part in mix_change.TESTED if part in parts}
    verdicts = supported(list(columns.values()), _main_factors(main, columns, both),
                         rate=ask.false_discovery)
    total = whole(pair, both, level=ask.level, rate=ask.false_discovery * TOTAL_SHARE)
    both.release()
    board = {key: _board(one, verdicts[key]) for key, one in columns.items()}
    return Reading(
        scene=scene, pair=pair, last=last, total=total, main=main,
        others=others, splits=splits, mix=made, parts=parts, columns=columns, values=values,
        peers=peers, verdicts=verdicts, firings=screen(board, ask.rules))


def _scene(inputs: Inputs, made: Windows) -> Scene:
    apart = set_apart(inputs.sessions)
    side = made.side(inputs.sessions.subject, inputs.sessions.day)
    counted = np.where(apart == Apart.KEPT, side, -1)
    return Scene(inputs=inputs, apart=apart, windows=made, side=side,
                 sides=sides(inputs.sessions, counted, subjects=len(inputs.subjects)))


def _history(scene: Scene) -> Sides:
    """Return the period beside all of the subject's own history of half a year before it."""
    sessions, start = scene.inputs.sessions, scene.windows.start[scene.inputs.sessions.subject]
    before = (sessions.day < start) & (sessions.day >= start - HISTORY)
    side = np.where(scene.side == 1, 1, np.where(before, 0, -1))
    counted = np.where(scene.apart == Apart.KEPT, side, -1)
    return sides(sessions, counted, subjects=scene.sides.subjects)


def _trees(both: Sides) -> tuple[Ints, dict[Family, Ints]]:
    """Return each subject's main tree, and the finest of every other family; -1 = none."""
    enough = (both.count >= FEWEST).all(axis=1)
    trees = both.measure.trees
    closed = np.stack([closes(tree, both).all(axis=1) & enough for tree in trees], axis=1)
    main = _first(closed)
    others = {}
    for family in Family:
        inside = np.array([tree.family is family for tree in trees])
        finest = _first(closed & inside)
        same = np.isin(main, np.flatnonzero(inside))
        others[family] = np.where(same, -1, finest)
    return main, others


def _peer_trees(both: Sides, group: Ints) -> tuple[Ints, PeerSides]:
    """Return each subject's tree against the average of the peers that close on the same one."""
    enough, trees = both.count[:, 1] >= FEWEST, both.measure.trees
    own = _first(np.stack([closes(tree, both)[:, 1] & enough for tree in trees], axis=1))
    same = np.unique(group * (len(trees) + 1) + own + 1, return_inverse=True)[1]
    pair = PeerSides(own=both, group=same.astype(np.int64))
    main = np.full(both.subjects, -1, dtype=np.int64)
    for tree in np.unique(own[own >= 0]).tolist():
        closed = closes(trees[tree], pair).all(axis=1)
        main[(own == tree) & closed] = tree
    return main, pair


def _first(closed: Bools) -> Ints:
    return np.where(closed.any(axis=1), closed.argmax(axis=1), -1).astype(np.int64)


def _owners(tree: int, main: Ints, others: dict[Family, Ints]) -> Ints:
    return np.flatnonzero(np.logical_or.reduce([one == tree for one in (main, *others.values())]))


def _asked(rules: Sequence[Rule]) -> set[Key]:
    return {clause.key for rule in rules for clause in rule.condition.clauses()}


def _columns(
    scene: Scene, keys: set[Key], used: list[int], peers: dict[str, Peers], ask: Ask,
) -> dict[Key, Column]:
    """Return every signal that a rule, a factor or a step of the funnel asks for."""
    both, level = scene.sides, ask.level
    factors = {factor for tree in used for factor in both.measure.trees[tree].factors}
    steps = set(metrics(both.measure))
    previous = (set(asked_for(keys, Against.PREVIOUS)) & set(READINGS)) | factors | steps
    made = [changed(one, both, against=Against.PREVIOUS, level=level) for one in sorted(previous)]
    own = [one for one in asked_for(keys, Against.OWN) if one in READINGS]
    if own:
        history = _history(scene)
        made += [changed(one, history, against=Against.OWN, level=level) for one in own]
    facts = [one for one in plain.facts(scene, level=level) if one.key in keys]
    alone_ = asked_for(keys - {one.key for one in facts}, Against.LEVEL)
    strict = level_of_facts(rate=ask.false_discovery, claims=len(alone_))
    made += [by_itself(one, both, level=strict) for one in alone_ if one in READINGS]
    priced = _priced(both)
    for table in scene.inputs.metrics:
        made += [tables.against_previous(table, priced, level=level),
                 tables.by_itself(table, level=strict)]
    made += [one.column for one in peers.values()]
    return {one.key: one for one in (*facts, *made)}


def _peers(
    inputs: Inputs, both: Sides, group: Ints, keys: set[Key], level: float,
) -> dict[str, Peers]:
    sold = np.nan_to_num(both.sold[:, 1])
    wanted = dict.fromkeys((*metrics(both.measure), *(one for one in asked_for(keys, Against.PEERS)
                                        if one in READINGS)))
    found = {one: _reading_beside(one, both, group, sold, level) for one in wanted}
    for table in inputs.metrics:
        found[table.metric] = tables.against_peers(table, _priced(both), group=group, level=level)
    return found


def _priced(both: Sides) -> Floats:
    """Return what shares of GMV are shares of: GMV of the period; NaN where it is not known."""
    sold = np.nan_to_num(both.sold[:, 1])
    return sold if both.measure.priced else np.full(len(sold), np.nan)


def _reading_beside(
    reading: str, both: Sides, group: Ints, sold: Floats, level: float,
) -> Peers:
    made = one_side(both.ratio(reading), 1)
    variance, freedom = alone(made, correlation=both.correlation(reading))
    known = READINGS[reading]
    return beside(reading, made, variance, freedom, group=group, per=known.per, sold=sold,
                  level=level, worth=known.worth)


def _main_factors(main: Ints, columns: dict[Key, Column], both: Sides) -> dict[Key, Bools]:
    """Return for every factor whose main identity it belongs to."""
    found: dict[Key, Bools] = {}
    for tree in np.unique(main[main >= 0]).tolist():
        for factor in both.measure.trees[tree].factors:
            key = (factor, Against.PREVIOUS)
            if key in columns:
                before = found.get(key, np.zeros(both.subjects, dtype=np.bool_))
                found[key] = before | (main == tree)
    return found


def _board(one: Column, carried: Bools) -> Columns:
    """Return a signal as rules read it: where nothing was counted there is no value."""
    return Columns(
        value=np.where(one.n > 0, one.value, np.nan), comparison=one.comparison,
        low=one.middle - one.half, high=one.middle + one.half, percentile=one.percentile,
        n=one.n.astype(np.int64), n_comparison=one.n_comparison.astype(np.int64),
        supported=carried)

"""The diagnosis of every subject: arrays first, then one record each."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from caopan.diagnose import change as changes
from caopan.diagnose import mix_change
from caopan.diagnose.cleaning import Apart
from caopan.diagnose.column import known
from caopan.diagnose.counts import Counted, Counts, compare
from caopan.diagnose.diagnosis import Change, Diagnosis, Finding
from caopan.diagnose.findings import Context, finding, ranked
from caopan.diagnose.funnel import funnel, steps
from caopan.diagnose.headline import headline
from caopan.diagnose.inputs import Inputs, day_of
from caopan.diagnose.moneyless import parted
from caopan.diagnose.notes import apart_counts, notes, other_goods
from caopan.diagnose.reading import Ask, Reading, read
from caopan.diagnose.readings import READINGS
from caopan.diagnose.split import listed
from caopan.diagnose.stage import short_history, stage
from caopan.playbook.ladder import Ladder
from caopan.playbook.rule import Rule
from caopan.playbook.signal import Against
from caopan.playbook.vocabulary import READINGS as VOCABULARY
from caopan.stats.arrays import Floats, Ints
from caopan.stats.false_discovery import discoveries
from caopan.units.message import Message
from caopan.units.period import Period

FEW = 500
"""Up to so many subjects every finding carries a full evidence table."""
FULL, BRIEF = 24, 3
"""Sessions in a full evidence table, and in one of very many."""


def everyone(
    inputs: Inputs, *, rules: Sequence[Rule], ladder: Ladder, period: Period | None = None,
    compared: Period | None = None, against: str = "previous", level: float = 0.8,
    false_discovery: float = 0.1, only: Iterable[int] | None = None,
) -> list[Diagnosis]:
    """Return the diagnosis of every subject, in the order of the subjects.

    Args:
        inputs: the sessions of all subjects; peers are taken from all of them.
        rules: of the handbook.
        ladder: of the handbook.
        period: to look at; chosen for every subject where None.
        compared: to compare it with; the period of equal length just before where None.
        against: ``previous`` or ``peers``: what the change in sales is measured from.
        level: of every range.
        false_discovery: share of the claims about a subject that may be false.
        only: positions of the subjects that are wanted; all where None.

    >>> from caopan.diagnose.inputs import sessions
    >>> from caopan.playbook.handbook import handbook
    >>> nobody = Inputs(subjects=(), categories=(), sessions=sessions(
    ...     subject=[], session_id=[], started_at=[], columns={}))
    >>> everyone(nobody, rules=(), ladder=handbook().ladder)
    []
    """
    ask = Ask(rules=tuple(rules), ladder=ladder, period=period, compared=compared,
              against=Against(against), level=level, false_discovery=false_discovery)
    return list(each(inputs, ask, only=only))


def each(inputs: Inputs, ask: Ask, *, only: Iterable[int] | None = None) -> Iterator[Diagnosis]:
    """Yield the diagnoses of ``everyone`` one by one, for whoever writes them as they come.

    >>> each.__name__
    'each'
    """
    if not inputs.subjects:
        return
    wanted = range(len(inputs.subjects)) if only is None else tuple(only)
    rows, asked = FULL if len(wanted) <= FEW else BRIEF, set(wanted)
    with _uncollected():
        found: dict[int, tuple[_Writer, int]] = {}
        for part in parted(inputs):
            mine = [(place, own) for own, place in enumerate(part.places.tolist())
                    if place in asked]
            if mine:
                writer = _Writer(part.inputs, ask, read(part.inputs, ask), rows=rows)
                found |= {place: (writer, own) for place, own in mine}
        for subject in wanted:
            writer, own = found[subject]
            yield writer.diagnosis(own)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector of cycles: records hold none, and it would walk all of them again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Writer:
    """Writes the record of one subject after the other from the arrays of all."""

    def __init__(self, inputs: Inputs, ask: Ask, made: Reading, *, rows: int) -> None:
        """Keep the arrays, and what is looked up by subject."""
        self.inputs, self.ask, self.made = inputs, ask, made
        units = {metric: one.unit for metric, one in VOCABULARY.items()}
        units |= {metric: one.unit for metric, one in READINGS.items()}
        units |= {table.metric: table.unit for table in inputs.metrics}
        self.context = Context(columns=made.columns, units=units, sides=made.scene.sides, rows=rows)
        self.counts = apart_counts(made.scene)
        self.measure = made.scene.sides.measure
        self.steps = steps(self.measure, columns=made.columns, values=made.values, peers=made.peers,
                           verdicts=made.verdicts)
        self.totals = changes.totals(made.total, made.pair)
        self.listed = {tree: listed(one) for tree, one in made.splits.items()}
        self.apart: dict[int, list[list[bool]]] = {
            tree: discoveries(one.probability, rate=ask.false_discovery).tolist()
            for tree, one in made.splits.items()} if ask.against is Against.PEERS else {}
        self.changed = {key[0]: made.verdicts[key].tolist() for key in made.columns
                        if key[1] is Against.PREVIOUS}
        self.sold = np.nan_to_num(made.scene.sides.sold)
        self.places = {tree: _places(one.subjects, len(inputs.subjects))
                       for tree, one in made.splits.items()}
        self.fired: dict[int, list[tuple[Rule, bool]]] = defaultdict(list)
        for firing in made.firings:
            for row, sure in zip(firing.rows.tolist(), firing.supported.tolist(), strict=True):
                self.fired[row].append((firing.rule, sure))
        self.shown = np.flatnonzero(made.scene.side >= 0)
        self.bounds = np.searchsorted(inputs.sessions.subject[self.shown],
                                      np.arange(len(inputs.subjects) + 1))
        self.figures = {one: made.scene.sides.value(one, 1) for one in self.measure.figures}
        self.day = inputs.sessions.day

    def diagnosis(self, subject: int) -> Diagnosis:
        """Return one subject's record."""
        made, who = self.made, self.inputs.subjects[subject]
        now, then = made.scene.windows.period(subject), made.scene.windows.compared(subject)
        periods = (now, now) if self.ask.against is Against.PEERS else (now, then)
        counted = self._counted(subject)
        change = self._change(subject, periods, counted)
        trees = self._trees(subject, periods)
        known_part, unknown = headline(change, currency=who.currency, counted=counted)
        return Diagnosis(
            subject=who, period=periods[0], compared_period=periods[1], headline=known_part,
            unknown=unknown, change=change, trees=trees,
            stage=stage(made.last, subject, currency=who.currency, ladder=self.ask.ladder,
                        level=self.ask.level),
            funnel=funnel(subject, made=self.steps),
            findings=self._findings(subject), sessions=self._sessions(subject),
            notes=self._notes(subject, (change, *trees)), figures=self._figures(subject))

    def _change(
        self, subject: int, periods: tuple[Period, Period], counted: Counts | None,
    ) -> Change:
        tree = int(self.made.main[subject])
        if tree >= 0:
            flags = changes.dominating(
                subject, sides=self.made.scene.sides, total=self.totals,
                currency=self.inputs.subjects[subject].currency, against=self.ask.against.value)
            return self._split(tree, subject, periods, flags)
        before, after = self.made.scene.sides.count[subject]
        sold = round(float(self.sold[subject, 0])), round(float(self.sold[subject, 1]))
        return changes.refused(periods=periods, sold=sold, counts=(int(before), int(after)),
                               flags=(counted.sentence,) if counted else (),
                               against=self.ask.against.value, measure=self.measure)

    def _split(
        self, tree: int, subject: int, periods: tuple[Period, Period],
        flags: tuple[Message, ...] = (),
    ) -> Change:
        made = self.listed[tree]
        place = self.places[tree][subject]
        return changes.change(
            made, place, total=self.totals, periods=periods, level=self.ask.level, flags=flags,
            verdicts=self._verdicts(tree, subject, place), against=self.ask.against.value)

    def _verdicts(self, tree: int, subject: int, place: int) -> dict[str, bool]:
        """Return by factor whether the data carry its change."""
        made = self.listed[tree]
        if self.ask.against is Against.PEERS:
            return dict(zip(made.factors, self.apart[tree][place], strict=True))
        return {factor: self.changed[factor][subject] for factor in made.tree.factors}

    def _trees(self, subject: int, periods: tuple[Period, Period]) -> tuple[Change, ...]:
        made = self.made
        if made.main[subject] < 0:
            return ()
        found = [self._split(int(other[subject]), subject, periods)
                 for other in made.others.values() if other[subject] >= 0]
        if made.mix is not None and made.mix.there[subject]:
            verdicts = {part: bool(made.verdicts[part, Against.PREVIOUS][subject])
                        for part in mix_change.TESTED}
            found.append(mix_change.change(
                made.mix, made.parts, subject, total=self.totals,
                periods=periods, verdicts=verdicts, level=self.ask.level))
        return tuple(found)

    def _counted(self, subject: int) -> Counts | None:
        """Return what two counted sides show where there are too few sessions to split."""
        both = self.made.scene.sides
        counts = both.count[subject]
        few = 1 <= counts.min() < changes.FEWEST
        if not few or self.ask.against is Against.PEERS:
            return None
        for visitors, buyers in (("viewers", "buyers"), ("viewers", "orders"),
                                 ("views", "orders"), ("views", "units")):
            came, bought = both.total(visitors)[subject], both.total(buyers)[subject]
            if np.isfinite(came + bought).all() and (bought <= came).all():
                first, last = (Counted(visitors=int(a), buyers=int(b))
                               for a, b in zip(came, bought, strict=True))
                return compare(first, last, level=self.ask.level)
        return None

    def _findings(self, subject: int) -> tuple[Finding, ...]:
        currency = self.inputs.subjects[subject].currency
        return ranked([finding(rule, subject, supported=sure, context=self.context,
                               currency=currency)
                       for rule, sure in self.fired.get(subject, ())])

    def _sessions(self, subject: int) -> tuple[dict[str, object], ...]:
        """Return the sessions of both periods for the calendar; no day where none is known."""
        scene, columns = self.made.scene, self.inputs.sessions.columns
        rows = self.shown[self.bounds[subject]:self.bounds[subject + 1]]
        names, dated = self.inputs.sessions.session_id, self.inputs.sessions.dated
        return tuple(
            {"session_id": names[row], "day": day_of(self.day[row]) if dated[row] else None,
             "gmv": _whole(columns["gmv"][row]), **self._units(row),
             "minutes": known(columns["minutes"][row]),
             "set_aside": bool(scene.apart[row]),
             **({"why": Apart(int(scene.apart[row])).name.lower()} if scene.apart[row] else {})}
            for row in rows.tolist())

    def _units(self, row: int) -> dict[str, object]:
        """Return the units of a session where those are what is counted."""
        sold = self.inputs.sessions.columns["units"][row]
        return {} if self.measure.priced else {"units": _whole(sold)}

    def _notes(self, subject: int, split: tuple[Change, ...]) -> tuple[Message, ...]:
        made = notes(self.made.scene, subject, counts=self.counts,
                     currency=self.inputs.subjects[subject].currency)
        listed_ = self.made.mix is not None and self.made.mix.there[subject]
        goods = None if listed_ or self.ask.against is Against.PEERS else other_goods(*split)
        short = (self.measure.priced and not self.made.last.whole(subject)
                 and self.made.scene.sides.count[subject].any())
        month = short_history(int(self.made.last.days[subject])) if short else None
        return (*made, *(note for note in (goods, month) if note is not None))

    def _figures(self, subject: int) -> dict[str, float | None]:
        """Return the figures by id; GMV is null, and the units said, where those are counted."""
        sold = float(self.sold[subject, 1])
        figures: dict[str, float | None] = {"gmv": sold} if self.measure.priced else {
            "gmv": None, self.measure.id: sold}
        return figures | {name: known(one[subject]) for name, one in self.figures.items()}


def _places(subjects: Ints, size: int) -> list[int]:
    places = np.full(size, -1, dtype=np.int64)
    places[subjects] = np.arange(len(subjects))
    return list(places.tolist())


def _whole(value: Floats | float) -> int | None:
    return int(value) if np.isfinite(value) else None

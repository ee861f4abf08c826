"""Many subjects at a glance: one row each, the largest change first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.report.dates import span
from caopan.report.findings_axis import axis_for, prize_bar
from caopan.report.headline import told, tone
from caopan.report.known import sides
from caopan.report.measure import fit
from caopan.report.scale import Scale
from caopan.report.section import named
from caopan.report.words import Words, capital
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

SENTENCE = 80.0
"""Width of a headline that a row of the overview holds, in ems (one Chinese character each)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """One subject in a row; ``anchor`` is empty where it has no section of its own."""

    anchor: str
    name: str
    stage: str
    gmv: str
    before: str
    change: str
    span: str
    tone: str
    bar: Markup
    headline: str
    unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the subjects of one currency (or units) and one pair of periods sold together."""

    label: str
    now: str
    before: str
    apart: str
    """How many subjects counted alike are left out; empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The rows, the sentence above them, and what was left out."""

    known: str
    unknown: str
    totals: tuple[Total, ...]
    rows: tuple[OverviewRow, ...]
    rest: int
    level: str
    """The level of the intervals, in brackets; empty where they differ or there are none."""
    measure: str
    """``units`` where all subjects' sales are counted in units, else ``gmv``."""


def ranked(diagnoses: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
    """Return the subjects by the size of their change, those that surely changed first.

    Currency by currency, that of most subjects first: amounts of two cannot be compared. Those
    whose sales are counted in units stand among themselves.

    >>> ranked(())
    ()
    """
    often = Counter(map(_counted_in, diagnoses))
    return tuple(sorted(diagnoses, key=lambda diagnosis: (
        -often[_counted_in(diagnosis)], _counted_in(diagnosis),
        told(diagnosis.change) is Verdict.CANNOT_TELL, not any(sides(diagnosis.change)),
        -abs(diagnosis.change.after - diagnosis.change.before), diagnosis.subject.id)))


def _counted_in(diagnosis: Diagnosis) -> str:
    """Return what amounts can be compared with: those of the currency, or other units."""
    unit = diagnosis.change.unit
    return diagnosis.subject.currency if unit is Unit.MONEY else unit.value


def overview(
    diagnoses: tuple[Diagnosis, ...], *, anchors: dict[str, str], most: int, words: Words,
) -> Overview:
    """Return the overview of ranked subjects; ``anchors`` maps subject ids to their sections."""
    axes = {kind: _axis(diagnoses, kind) for kind in set(map(_counted_in, diagnoses))}
    shown = diagnoses[:most]
    known, unknown = _sentence(diagnoses, words)
    return Overview(
        known=known, unknown=unknown, totals=_totals(diagnoses, words),
        rows=tuple(_row(diagnosis, anchors.get(diagnosis.subject.id, ""),
                        axes[_counted_in(diagnosis)], words) for diagnosis in shown),
        rest=len(diagnoses) - len(shown), level=_level(diagnoses),
        measure="units" if all(one.change.unit is Unit.UNITS for one in diagnoses) else "gmv")


def _level(diagnoses: tuple[Diagnosis, ...]) -> str:
    levels = {diagnosis.change.interval.level for diagnosis in diagnoses
              if diagnosis.change.interval}
    return number.level(levels.pop()) if len(levels) == 1 else ""


def _sentence(diagnoses: tuple[Diagnosis, ...], words: Words) -> tuple[str, str]:
    return sentence(Counter(tone(diagnosis.change) for diagnosis in diagnoses), words=words)


def sentence(tones: Mapping[str, int], *, words: Words) -> tuple[str, str]:
    """Return what is known of many subjects, and what is not, from how many went which way.

    >>> sentence({"unknown": 3}, words=Words(language="en"))[0]
    ''
    """
    tones = Counter(tones)
    open_ = tones["unknown"]
    if open_ == tones.total():
        return "", words("overview.only_unknown", n=open_)
    up, down = (words(f"overview.{way}", n=tones[tone_]) if tones[tone_]
                else words(f"overview.{way}.none")
                for way, tone_ in (("up", "gain"), ("down", "loss")))
    known = capital(words("overview.known", up=up, down=down))
    return known, words("overview.unknown", n=open_) if open_ else words("overview.all_known")


def _totals(diagnoses: tuple[Diagnosis, ...], words: Words) -> tuple[Total, ...]:
    """Return one total a currency, over the subjects of its most frequent pair of periods."""
    found = []
    for kind in dict.fromkeys(map(_counted_in, diagnoses)):
        known = [one for one in diagnoses
                 if _counted_in(one) == kind and any(sides(one.change))]
        if known:
            found.append(_total(known, words))
    return tuple(found)


def _total(known: list[Diagnosis], words: Words) -> Total:
    currency, change = known[0].subject.currency, known[0].change
    times = Counter((one.period, one.compared_period) for one in known)
    common = max(times, key=lambda pair: (times[pair], pair[0].end))
    same = [one.change for one in known if (one.period, one.compared_period) == common]
    sums = (sum(getattr(one, side) for one in same) for side in ("after", "before"))
    now, before = (number.value(sold, unit=change.unit, currency=currency,
                                language=words.language) for sold in sums)
    apart = len(known) - len(same)
    period = span(common[0], language=words.language)
    return Total(label=words.of("overview.total", change.measure, period=period),
                 now=now, before=words("figure.before", amount=before),
                 apart=words("overview.apart", n=apart) if apart else "")


def _axis(diagnoses: tuple[Diagnosis, ...], kind: str) -> Scale | None:
    return axis_for(_reach(diagnosis) for diagnosis in diagnoses
                    if _counted_in(diagnosis) == kind)


def _reach(diagnosis: Diagnosis) -> Interval | None:
    """Return the change as a range: its interval, else the bare amount; None without sales."""
    change = diagnosis.change
    if not any(sides(change)):
        return None
    amount = float(change.after - change.before)
    return change.interval or Interval(low=amount, mid=amount, high=amount, level=0.5)


def _range(change: Change, words: Words) -> str:
    """Return the range of a change, or which side has no sessions."""
    if change.interval is not None:
        return number.change_span(change.interval, unit=change.unit, language=words.language)
    has_before, has_now = sides(change)
    if has_before == has_now:
        return ""
    return words("overview.no_after" if has_before else "overview.no_before")


def _row(diagnosis: Diagnosis, anchor: str, axis: Scale | None, words: Words) -> OverviewRow:
    change, currency = diagnosis.change, diagnosis.subject.currency
    name, reach = named(diagnosis.subject, words=words), _reach(diagnosis)
    amount = number.MISSING if reach is None else number.change(
        change.after - change.before, unit=change.unit, currency=currency, language=words.language)
    has_before, has_now = sides(change)
    range_ = _range(change, words)
    stage = diagnosis.stage
    bar = Markup("") if axis is None else prize_bar(
        reach, axis=axis, verdict=Verdict(told(change)),
        title=words("overview.bar", name=name, amount=amount, span=range_ or number.MISSING))
    said, unknown = words.said(diagnosis.headline), words.said(diagnosis.unknown)
    return OverviewRow(
        anchor=anchor, name=name, change=amount, span=range_, tone=tone(change), bar=bar,
        stage=words.said(stage.name) if stage.rung is not None else number.MISSING,
        gmv=number.value(change.after if has_now else None, unit=change.unit,
                         currency=currency, language=words.language),
        before=number.value(change.before if has_before else None, unit=change.unit,
                            currency=currency, language=words.language),
        headline=fit(said, size=1.0, room=SENTENCE),
        unknown=fit(unknown, size=1.0, room=SENTENCE))

"""The next session of every host (下一场) as the report shows it: ranges, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caopan.report.words import Words, clean
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit

MOST_HOSTS, LONGEST_NAME = 40, 60
"""How much is printed; the rest is in report.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One outcome of a host's next session; ``interval`` is None where it cannot be told.

    ``subject`` is the host's id, ``when`` and ``reason`` are finished sentences, ``n`` the
    sessions known of the host.
    """

    subject: str
    name: str
    when: Text
    outcome: Text
    unit: Unit
    currency: str | None
    n: int
    interval: Interval | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadRow:
    """One host: its name, when it goes live, a cell an outcome, n, and why; as words."""

    name: str
    when: str
    cells: tuple[tuple[str, str], ...]
    n: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadView:
    """The table of next sessions; ``outcomes`` head its columns, ``more`` hosts are not shown."""

    outcomes: tuple[str, ...]
    rows: tuple[AheadRow, ...]
    more: int
    note: str


def ahead_view(told: Sequence[Ahead], note: Text | None, *, words: Words) -> AheadView:
    """Return the table of next sessions, in the order of what was told.

    >>> ahead_view((), None, words=Words(language="en")).rows
    ()
    """
    outcomes = tuple(dict.fromkeys(one.outcome.plain(words.language) for one in told))
    hosts: dict[str, list[Ahead]] = {}
    for one in told:
        hosts.setdefault(f"{one.subject}\x1f{one.when.zh}", []).append(one)
    shown = list(hosts.values())[:MOST_HOSTS]
    return AheadView(outcomes=outcomes, more=len(hosts) - len(shown), note=words.said(note),
                     rows=tuple(_row(each, outcomes, words) for each in shown))


def _row(told: Sequence[Ahead], outcomes: tuple[str, ...], words: Words) -> AheadRow:
    by = {one.outcome.plain(words.language): one for one in told}
    return AheadRow(
        name=clean(told[0].name, most=LONGEST_NAME), when=words.said(told[0].when),
        cells=tuple(_cell(by.get(outcome), words) for outcome in outcomes),
        n=str(max(one.n for one in told)),
        reasons=tuple(dict.fromkeys(words.said(one.reason) for one in told if one.reason)))


def _cell(one: Ahead | None, words: Words) -> tuple[str, str]:
    """Return the middle and the range of an outcome."""
    if one is None:
        return words("missing"), ""
    if one.interval is None:
        return words("ahead.unknown"), ""
    currency, language = one.currency or "CNY", words.language
    return (number.value(one.interval.mid, unit=one.unit, currency=currency, language=language),
            number.interval(one.interval, unit=one.unit, currency=currency, language=language))

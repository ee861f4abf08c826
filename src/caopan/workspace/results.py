"""Results (结果) that are kept: everyone's diagnosis of one state of the facts, and answers asked.

What is kept lies under ``results/diagnosis/<mark>``; the mark names the imports that count, the
handbook in force and the way diagnoses are made, so that the same state is never worked out twice
and another state never reads it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

import caopan
from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.packed import shape, unpacked
from caopan.playbook.reader import shipped
from caopan.report.document import in_unit, subject
from caopan.store.shelf import FILE, Listed, Shelf, Wanted
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.unit import Unit
from caopan.workspace.defining import definitions

__all__ = ["Kept", "Listed", "Moment", "Results", "UnknownCurrencyError", "Wanted", "kept", "line",
           "mark_of", "results", "sold_in"]

FORMAT = 1
"""The version of what stands on a shelf."""
KIND = "diagnosis"
UNITS = "units"
"""Stands where a currency would, for subjects whose files carry units and no money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Of which moment numbers are: the data reach to ``until``, and were read at ``made_at``.

    ``covered`` is False where other imports count by now. ``seconds`` is how long it took.
    """

    until: date | None
    made_at: datetime
    covered: bool
    seconds: float = 0.0

    def document(self) -> dict[str, object]:
        """Return the moment as JSON."""
        return {"until": self.until, "made_at": self.made_at, "covered": self.covered,
                "seconds": self.seconds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everyone's kept diagnoses: the shelf, and of which moment it is.

    ``grains`` holds, by grain, how many subjects each currency has, the largest first.
    """

    shelf: Shelf
    mark: str
    moment: Moment
    grains: dict[str, dict[str, int]]

    def subjects(self, grain: str) -> int:
        """Return how many subjects a grain has."""
        return sum(self.grains.get(grain, {}).values())

    def document(self) -> dict[str, object]:
        """Return of which moment the results are, and how many subjects there are by currency."""
        return {"mark": self.mark, "moment": self.moment.document(), "grains": self.grains}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One subject's diagnosis and its moment; ``currencies`` are all it sells in."""

    diagnosis: Diagnosis
    moment: Moment
    currencies: tuple[str, ...] = ()

    def document(self, language: Language) -> dict[str, object]:
        """Return the diagnosis and its moment as JSON."""
        return {"moment": self.moment.document(), "currencies": list(self.currencies),
                "diagnosis": subject(self.diagnosis, language=language,
                                     definitions=definitions((self.diagnosis,)))}


def line(one: Listed) -> dict[str, object]:
    """Return one subject of the ranked list as a JSON row."""
    card, unit = one.card, Unit.UNITS if one.currency == UNITS else Unit.MONEY
    currency = None if unit is Unit.UNITS else one.currency

    def said(value: float | None) -> str | float | None:
        return in_unit(value, unit, one.currency)

    low, mid, high, level = card["range"] or (None,) * 4
    span = None if level is None else {"low": said(low), "mid": said(mid), "high": said(high),
                                       "level": level, "currency": currency}
    first, last = card["period"]
    return {"grain": one.grain, "id": one.id, "name": one.name, "currency": currency,
            "unit": unit.value, "way": one.way, "at_stake": said(one.stake),
            "headline": _both(card["headline"]), "unknown": _both(card["unknown"]),
            "stage": _both(card["stage"]), "supported": card["supported"],
            "cannot_tell": card["unclear"], "before": said(card["before"]),
            "after": said(card["after"]), "interval": span,
            "period": {"from": first, "to": last}}


def folder_of(store: Store) -> Path:
    """Return where the results of all states lie."""
    return store.folder.results / KIND


def mark_of(store: Store) -> str:
    """Return the mark of what a diagnosis would be made from now."""
    told = [FORMAT, shape(), caopan.__version__, _shipped(), _own(store),
            list(store.counting())]
    return sha256(json.dumps(told).encode()).hexdigest()[:20]


def results(store: Store) -> Results | None:
    """Return the kept results of the present state, else the newest there are; None without any."""
    mark, root = mark_of(store), folder_of(store)
    shelf = Shelf.at(root / mark)
    if shelf is not None:
        return _results(shelf, mark, covered=True)
    made = sorted(root.glob(f"*/{FILE}"), key=lambda file: file.stat().st_mtime)
    for file in reversed(made):
        found = _results(Shelf(file=file), file.parent.name, covered=False)
        if found is not None:
            return found
    return None


def sold_in(diagnosis: Diagnosis) -> str:
    """Return what a diagnosis counts in: its currency, or ``units`` where no amounts are known."""
    unit = diagnosis.change.unit
    return UNITS if unit is Unit.UNITS else diagnosis.subject.currency


def kept(found: Results, grain: str, id_: str, *, currency: str | None = None) -> Kept | None:
    """Return one subject's kept diagnosis; None where the results know nobody of that id.

    Of a subject that sells in several currencies the one of most money is meant unless one is
    named.

    Raises:
        UnknownCurrencyError: the results cover the facts, and nothing was sold in it.
    """
    bodies = found.shelf.find(grain, id_)
    body = bodies.get(currency) if currency else next(iter(bodies.values()), None)
    if body is None and bodies and found.moment.covered:
        raise UnknownCurrencyError(currency or "", tuple(bodies))
    if body is None:
        return None
    return Kept(diagnosis=unpacked(body), moment=found.moment, currencies=tuple(bodies))


def sessions_of(store: Store) -> int:
    """Return about how many sessions there are, from the ledger alone."""
    return sum(batch.tables["sessions"].added for batch in store.batches()
               if batch.is_active and "sessions" in batch.tables)


def _results(shelf: Shelf, mark: str, *, covered: bool) -> Results | None:
    about = shelf.about()
    if about.get("shape") != [FORMAT, shape()]:
        return None
    until = about["until"]
    moment = Moment(until=date.fromisoformat(until) if until else None, covered=covered,
                    made_at=datetime.fromisoformat(about["made_at"]), seconds=about["seconds"])
    return Results(shelf=shelf, mark=mark, moment=moment, grains=about["grains"])


def _both(pair: list[str] | None) -> dict[str, str] | None:
    return None if pair is None else {"zh": pair[0], "en": pair[1]}


@cache
def _shipped() -> str:
    digest = sha256()
    for file in _files(shipped()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        found += _files(entry) if entry.is_dir() else [entry]
    return [file for file in found if file.name.endswith(".toml")]


def _own(store: Store) -> str:
    """Return the mark of the workspace's own pages of the handbook."""
    digest = sha256()
    for file in sorted((store.folder.root / "playbook").rglob("*.toml")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


class UnknownCurrencyError(CaopanError):
    """Raised for a currency in which a subject sold nothing."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        """Name it and those there are."""
        super().__init__(Message(
            key="unknown_subject_currency",
            values={"asked": asked, "known": ", ".join(known)},
            text=Text(zh="这里没有用 {asked} 卖的场次", en="nothing was sold here in {asked}"),
            hint=Text(zh="有这些币种：{known}", en="there are: {known}")))

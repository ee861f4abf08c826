"""A question of one's own: one subject, other days or another comparison; the answer is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from caopan.diagnose.packed import packed, unpacked
from caopan.playbook.signal import Against
from caopan.store.store import Store
from caopan.workspace import diagnosing
from caopan.workspace.asked import Asked
from caopan.workspace.grain import Grain
from caopan.workspace.keeping import until_of
from caopan.workspace.measuring import period
from caopan.workspace.progress import Progress
from caopan.workspace.results import (
    Kept,
    Moment,
    UnknownCurrencyError,
    folder_of,
    mark_of,
    sold_in,
)

PREVIOUS, PEERS = "previous", "peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose diagnosis is asked, over which days ``[start, end)``, and against what.

    Without days the period is chosen from the data; without a currency the one of most money is
    meant.
    """

    grain: str
    id: str
    start: date | None = None
    end: date | None = None
    against: str = PREVIOUS
    currency: str | None = None

    @property
    def is_usual(self) -> bool:
        """Return whether it is what the results of everyone answer."""
        return self.start is None and self.end is None and self.against == PREVIOUS

    def name(self) -> str:
        """Return the name under which the answer is kept, the same for every currency.

        >>> Question(grain="merchant", id="m1").name() == Question(grain="merchant", id="m1",
        ...     currency="CNY").name()
        True
        """
        told = [self.grain, self.id, str(self.start), str(self.end), self.against]
        return f"asked-{sha256(json.dumps(told).encode()).hexdigest()[:20]}"


def check(question: Question) -> None:
    """Refuse a question that nobody can answer, before any work is done.

    >>> check(Question(grain="merchant", id="m1"))

    Raises:
        HalfPeriodError: one end of the period is missing.
        EmptyPeriodError: the end is not after the start.
    """
    if (question.start is None) != (question.end is None):
        raise diagnosing.HalfPeriodError
    period(question.start, question.end)


def answered(store: Store, question: Question) -> Kept | None:
    """Return the kept answer of the facts as they are now; None where it was not asked yet."""
    file = _file(store, mark_of(store), question)
    if not file.is_file():
        return None
    head, _, rest = file.read_bytes().partition(b"\n")
    told = json.loads(head)
    bodies, at = {}, 0
    for currency, size in told["sizes"]:
        bodies[currency] = rest[at:at + size]
        at += size
    body = bodies.get(question.currency) if question.currency else next(iter(bodies.values()))
    if body is None:
        raise UnknownCurrencyError(question.currency or "", tuple(bodies))
    until = told["until"]
    return Kept(diagnosis=unpacked(body), currencies=tuple(bodies),
                moment=Moment(until=date.fromisoformat(until) if until else None, covered=True,
                              made_at=datetime.fromisoformat(told["made_at"])))


def answer(store: Store, question: Question, *, now: datetime, progress: Progress) -> Kept:
    """Work a question out, keep the answer, and return it.

    Raises:
        CaopanError: nobody has that id, or the period is none.
    """
    check(question)
    found = answered(store, question)
    if found is not None:
        return found
    mark = mark_of(store)
    streamer = question.grain == Grain.STREAMER
    asked = Asked(streamer=question.id if streamer else None,
                  merchant=None if streamer else question.id, start=question.start,
                  end=question.end, against=Against(question.against))
    made = diagnosing.stream(store, asked, progress=progress).whole()
    ordered = sorted(made.diagnoses, key=lambda one: (-abs(one.change.after), sold_in(one)))
    bodies = [(sold_in(one), packed(one)) for one in ordered]
    head = {"made_at": now.isoformat(), "until": until_of(store),
            "sizes": [[currency, len(body)] for currency, body in bodies]}
    _write(_file(store, mark, question),
           json.dumps(head).encode() + b"\n" + b"".join(body for _, body in bodies))
    kept = answered(store, replace(question))
    if kept is None:
        # an import was committed meanwhile: the answer is of the state before it
        chosen = next((one for one in ordered
                       if question.currency in {None, sold_in(one)}), None)
        if chosen is None:
            raise UnknownCurrencyError(question.currency or "",
                                       tuple(currency for currency, _ in bodies))
        return Kept(diagnosis=chosen, currencies=tuple(currency for currency, _ in bodies),
                    moment=Moment(until=None, made_at=now, covered=False))
    return kept


def _file(store: Store, mark: str, question: Question) -> Path:
    return folder_of(store) / mark / question.name()


def _write(file: Path, body: bytes) -> None:
    """Write a file whole: a reader never sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(body)
    fresh.replace(file)

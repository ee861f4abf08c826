"""The results step: everyone of both grains is diagnosed once, and what came out is kept."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from time import perf_counter
from typing import Any

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.diagnose.packed import packed, shape
from caopan.report.headline import tone
from caopan.report.known import sides, without_zeros
from caopan.report.section import named
from caopan.report.words import Words
from caopan.store.shelf import Entry, Fill, clear, filling
from caopan.store.store import Store
from caopan.units.clock import business_day
from caopan.units.interval import Interval
from caopan.units.message import CaopanError, Message, Text
from caopan.units.verdict import Verdict
from caopan.workspace import diagnosing
from caopan.workspace.asked import Asked
from caopan.workspace.grain import Grain
from caopan.workspace.progress import Progress
from caopan.workspace.results import FORMAT, Results, folder_of, mark_of, results, sold_in

STEPS = {Grain.STREAMER: Text(zh="逐个主播诊断", en="diagnosing every streamer"),
         Grain.MERCHANT: Text(zh="逐个商家诊断", en="diagnosing every merchant")}
EVERY = 200
"""Subjects between two words of progress."""
STATES = 3
"""States of the facts whose results stay: the present one and what an undo may lead back to."""


def keep(store: Store, *, now: datetime, progress: Progress) -> Results:
    """Diagnose everyone as the facts are now, keep it, and return what is kept.

    Nothing is done where it is kept already.
    """
    found = results(store)
    if found is not None and found.moment.covered:
        return found
    mark, start = mark_of(store), perf_counter()
    with filling(folder_of(store) / mark) as fill:
        grains = {grain.value: told for grain in Grain
                  if (told := _fill(fill, store, grain, progress))}
        fill.say({"shape": [FORMAT, shape()], "made_at": now.isoformat(), "grains": grains,
                  "until": until_of(store), "seconds": round(perf_counter() - start, 1)})
    _clean(store, mark)
    made = results(store)
    if made is None:
        raise LostResultsError
    return made


def entry(diagnosis: Diagnosis) -> Entry:
    """Return a diagnosis as it stands on the shelf.

    >>> entry.__name__
    'entry'
    """
    about, change = diagnosis.subject, diagnosis.change
    return Entry(
        grain=about.kind, id=about.id, currency=sold_in(diagnosis), way=tone(change),
        name=named(about, words=Words(language="zh")), stake=at_stake(diagnosis),
        size=abs(change.after - change.before), card=_card(without_zeros(diagnosis)),
        body=packed(diagnosis))


def at_stake(diagnosis: Diagnosis) -> int:
    """Return the largest amount, minor units, that the data show to be lost; 0 without one.

    Amounts of findings overlap, so they are never added up.
    """
    change = diagnosis.change
    lost = [found.stake.mid for found in diagnosis.findings
            if found.stake is not None and found.verdict is Verdict.SUPPORTED]
    if change.verdict is Verdict.SUPPORTED:
        lost.append(change.after - change.before)
    return max((round(-amount) for amount in lost if amount < 0), default=0)


def until_of(store: Store) -> str | None:
    """Return the last business day of the data as text; None without a session."""
    sessions = store.tables()["sessions"]
    last = store.fetch(sessions.aggregate(last=sessions.started_at.max())).to_pylist()[0]["last"]
    day: date | None = None if last is None else business_day(last)
    return day.isoformat() if day else None


def _fill(fill: Fill, store: Store, grain: Grain, progress: Progress) -> dict[str, int]:
    """Put everyone of a grain on the shelf and return how many there are by currency."""
    try:
        made = diagnosing.stream(store, Asked(grain=grain), progress=progress)
    except (diagnosing.NoSessionsError, diagnosing.NobodyNamedError):
        return {}
    money: Counter[str] = Counter()
    for done, kept in enumerate(made.each(entry)):
        if done % EVERY == 0:
            progress(STEPS[grain], done, made.count)
        fill.put(kept)
        money[kept.currency] += 1
    return dict(money.most_common())


def _card(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return what a list shows of a subject."""
    change = diagnosis.change
    before, after = sides(change)
    verdicts = Counter(found.verdict for found in diagnosis.findings)
    return {
        "headline": _both(diagnosis.headline), "unknown": _both(diagnosis.unknown),
        "stage": _both(diagnosis.stage.name if diagnosis.stage.rung is not None else None),
        "supported": verdicts[Verdict.SUPPORTED], "unclear": verdicts[Verdict.CANNOT_TELL],
        "before": change.before if before else None, "after": change.after if after else None,
        "range": _range(change),
        "period": [diagnosis.period.start.isoformat(), diagnosis.period.end.isoformat()]}


def _range(change: Change) -> list[float] | None:
    span: Interval | None = change.interval
    return None if span is None else [span.low, span.mid, span.high, span.level]


def _both(text: Text | None) -> list[str] | None:
    return None if text is None else [text.zh, text.en]


def _clean(store: Store, mark: str) -> None:
    root = folder_of(store)
    newest = sorted((path for path in root.iterdir() if path.is_dir()),
                    key=lambda path: path.stat().st_mtime, reverse=True)[:STATES]
    clear(root, keep=frozenset({mark, *(path.name for path in newest)}))


class LostResultsError(CaopanError):
    """Raised when results that were written just now are not there."""

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__(Message(
            key="lost_results",
            text=Text(zh="刚写好的诊断结果不见了，多半是 results 文件夹被别的程序清理了",
                      en="the results written just now are gone; another program may have "
                         "cleared the results folder"),
            hint=Text(zh="确认工作区文件夹没有被清理，再试一次",
                      en="make sure nothing clears the workspace folder, and try again")))

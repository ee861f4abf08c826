"""诊断 · What the diagnosis pages show in rows, to take away: who needs me, sessions, steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.words import Words
from caopan.units.clock import to_the_minute
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.diagnosis_list import Choice, choice_of
from caopan.web.console.diagnosis_parts import diagnosis_of, label
from caopan.web.console.diagnosis_query import PARTS, PATH, Asked
from caopan.web.console.tables import Table, major, taken
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.defining import definition
from caopan.workspace.results import UNITS, Listed, Results

AT_ONCE = 1_000
"""Subjects read at a time."""


def subjects(visit: Visit) -> Response:
    """Return everybody who fits the list's address, most money at stake first, as CSV."""
    found = visit.workspace.results()
    if found is None or not any(found.grains.values()):
        return visit.go(PATH)
    return taken(visit, "subjects", {"subjects": partial(_subjects, found)}, of="diagnosis")


def one(visit: Visit) -> Response:
    """Return one table of a subject's page as CSV.

    Raises:
        CaopanError: nobody has that id, or the page has no such table.
    """
    asked = Asked.of(visit)
    diagnosis = diagnosis_of(visit, asked)
    if diagnosis is None:
        return visit.go(asked.address())
    tables = {"sessions": partial(_sessions, diagnosis), "steps": partial(_steps, diagnosis),
              "behind": partial(_behind, diagnosis)}
    return taken(visit, visit.path("table"), tables, of=f"diagnosis-{diagnosis.subject.id}")


def _subjects(found: Results, visit: Visit) -> Table:
    choice, words = choice_of(visit, found), Words(language=visit.language)
    return Table(
        head=(Text(zh="编号", en="Id"), Text(zh="名称", en="Name"),
              Text(zh="成长阶段", en="Growth stage"), Text(zh="一句话", en="Headline"),
              Text(zh="说不清的", en="Not told"), Text(zh="币种或件", en="Currency or units"),
              Text(zh="之前", en="Before"), Text(zh="本期", en="This period"),
              Text(zh="变化", en="Change"), Text(zh="低", en="Low"), Text(zh="高", en="High"),
              Text(zh="区间水平", en="Level of the interval"),
              Text(zh="有据的损失", en="Supported loss"),
              Text(zh="有据的发现", en="Supported findings"),
              Text(zh="无法判断的发现", en="Findings that cannot be told")),
        rows=(_subject(listed, words) for listed in _all(found, choice)))


def _all(found: Results, choice: Choice) -> Iterator[Listed]:
    wanted, at = choice.wanted(), 0
    while page := found.shelf.listed(wanted, most=AT_ONCE, skip=at):
        yield from page
        at += len(page)


def _subject(listed: Listed, words: Words) -> list[object]:
    card, way = listed.card, words.language == "en"
    low, mid, high, level = card["range"] or (None, None, None, None)
    if mid is None and (card["before"] is not None or card["after"] is not None):
        mid = (card["after"] or 0) - (card["before"] or 0)

    def plain(amount: float | None) -> float | None:
        return amount if listed.currency == UNITS else major(amount, listed.currency)

    return [listed.id, listed.name, *(card[name] and card[name][way]
                                      for name in ("stage", "headline", "unknown")),
            listed.currency, *map(plain, (card["before"], card["after"], mid, low, high)), level,
            plain(listed.stake or None), card["supported"], card["unclear"]]


def _sessions(diagnosis: Diagnosis, visit: Visit) -> Table:
    money = diagnosis.subject.currency

    def rows() -> Iterator[list[object]]:
        for session in reversed(diagnosis.sessions):
            day, gmv = session["day"], session["gmv"]
            now = isinstance(day, date) and diagnosis.period.start <= day < diagnosis.period.end
            yield [session["session_id"], day,
                   visit.say(_NOW if now else _BEFORE),
                   major(gmv, money) if isinstance(gmv, int) else None, money,
                   session["minutes"], visit.say(_ASIDE) if session["set_aside"] else None]

    return Table(
        head=(Text(zh="场次", en="Session"), Text(zh="日期", en="Day"),
              Text(zh="哪一期", en="Period"), Text(zh="成交金额", en="GMV"),
              Text(zh="币种", en="Currency"), Text(zh="分钟", en="Minutes"),
              Text(zh="另放", en="Set aside")), rows=rows())


def _steps(diagnosis: Diagnosis, visit: Visit) -> Table:
    money = diagnosis.subject.currency

    def plain(value: float | None, metric: str) -> float | None:
        known = definition(metric)
        return major(value, money) if known is not None and known.unit is Unit.MONEY else value

    return Table(
        head=(Text(zh="步骤", en="Step"), Text(zh="编号", en="Id"), Text(zh="本期", en="Now"),
              Text(zh="之前", en="Before"), Text(zh="同行 25 %", en="Peers 25 %"),
              Text(zh="同行 50 %", en="Peers 50 %"), Text(zh="同行 75 %", en="Peers 75 %"),
              Text(zh="超过的同行", en="Peers below"), Text(zh="同行数", en="Peers")),
        rows=([visit.say(step.name), step.metric,
               *(plain(value, step.metric) for value in (
                   step.value, step.comparison, *(step.peers or (None, None, None)))),
               step.percentile, step.n_peers] for step in diagnosis.funnel))


def _behind(diagnosis: Diagnosis, visit: Visit) -> Table:
    found, words = visit.workspace.behind(
        diagnosis, metric=visit.query.get("metric", "")), Words(language=visit.language)
    heads = [label(name, words) for name in (found.numerator, found.denominator, found.metric)]
    rows: Any = found.document(currency=diagnosis.subject.currency)["rows"]
    return Table(
        head=(Text(zh="场次", en="Session"), Text(zh="开播", en="Went live"),
              Text(zh="哪一期", en="Period"), *(Text(zh=head, en=head) for head in heads),
              Text(zh="币种", en="Currency"), Text(zh="另放", en="Set aside")),
        rows=([row["session_id"], to_the_minute(row["started_at"]),
               visit.say(_NOW if row["side"] == "after" else _BEFORE), row["numerator"],
               row["denominator"], row["value"], diagnosis.subject.currency,
               None if row["counts"] else visit.say(_ASIDE)] for row in reversed(rows)))


_NOW, _BEFORE = Text(zh="本期", en="now"), Text(zh="之前", en="before")
_ASIDE = Text(zh="另放", en="set aside")
SCREENS = (
    Screen(path=f"{PATH}.csv", action=Action.EXPORT, show=subjects),
    Screen(path=PARTS + "/{table}.csv/{grain}/{id:path}", action=Action.EXPORT, show=one),
)

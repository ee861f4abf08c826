"""诊断 · Who needs me: every subject, most money at stake first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from caopan.access.action import Action
from caopan.report.findings_axis import axis_for, axis_labels, prize_bar
from caopan.report.overview import sentence
from caopan.report.words import Words
from caopan.units import number
from caopan.units.clock import to_the_minute
from caopan.units.interval import Interval
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.diagnosis_query import GRAINS, PATH, page_of
from caopan.web.console.diagnosis_view import said_until
from caopan.web.refreshing import refreshed
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.results import UNITS, Listed, Results, Wanted

A_PAGE, DIGITS = 50, 6
WAYS = ("loss", "gain", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One subject in the list."""

    to: str
    name: str
    id: str
    stage: str
    headline: str
    unknown: str
    stake: str
    change: str
    span: str
    tone: str
    bar: Markup
    supported: int
    unclear: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the list is narrowed to, as its address says it."""

    grain: str
    currency: str
    way: str
    text: str
    at: int

    def address(self, ending: str = "", **other: str) -> str:
        """Return the address of the list with something chosen otherwise, from its first page."""
        said = {"grain": self.grain, "currency": self.currency, "way": self.way, "q": self.text,
                **other}
        return f"{PATH}{ending}?{urlencode({name: value for name, value in said.items() if value})}"

    def wanted(self) -> Wanted:
        """Return it as the shelf reads it."""
        return Wanted(grain=self.grain, currency=self.currency, way=self.way, text=self.text)


def page(visit: Visit) -> Response:
    """Show who needs me; a single subject is shown at once."""
    job, found = refreshed(visit.house), visit.workspace.results()
    words = Words(language=visit.language)
    if found is None or not any(found.grains.values()):
        empty = not any(batch.is_active for batch in visit.workspace.batches())
        return visit.show("diagnosis/nothing.html", empty=empty, job=job, w=words)
    choice = choice_of(visit, found)
    wanted = choice.wanted()
    count = found.shelf.count(wanted)
    listed = found.shelf.listed(wanted, most=A_PAGE, skip=A_PAGE * (choice.at - 1))
    if found.subjects(choice.grain) == 1 and not choice.text and listed:
        return visit.go(page_of(choice.grain, listed[0].id))
    ways = found.shelf.ways(choice.grain, choice.currency)
    template = "diagnosis/subjects.html" if visit.is_fragment else "diagnosis/list.html"
    return visit.show(
        template, choice=choice, count=count, w=words, ways=ways, job=job,
        said=sentence(ways, words=words), grains=found.grains, subjects=found.subjects,
        until=said_until(found.moment.until, words=words), covered=found.moment.covered,
        made=to_the_minute(found.moment.made_at),
        lines=list(lines(listed, words)), axis=axis_said(listed, words),
        pages=max(-(-count // A_PAGE), 1), a_page=A_PAGE)


def choice_of(visit: Visit, found: Results) -> Choice:
    """Return what is chosen; what does not exist is as if it were not asked."""
    query = visit.query
    grain = query.get("grain", "")
    if not found.grains.get(grain):
        grain = next(one for one in GRAINS if found.grains.get(one))
    money = found.grains[grain]
    currency = query.get("currency", "")
    way, at = query.get("way", ""), query.get("page", "1")
    return Choice(
        grain=grain, text=query.get("q", "").strip()[:80], way=way if way in WAYS else "",
        currency=currency if currency in money else next(iter(money)),
        at=int(at) if at.isdecimal() and at.isascii() and 0 < len(at) <= DIGITS and int(at)
        else 1)


def lines(listed: tuple[Listed, ...], words: Words) -> Iterator[Line]:
    """Yield the subjects of a list as its template lays them out, on one axis."""
    axis = axis_for(_range(one.card) for one in listed)
    for one in listed:
        card, span = one.card, _range(one.card)
        amount = _amount(card, one.currency, words)
        said = "" if card["range"] is None or span is None else number.change_interval(
            span, unit=_unit(one.currency), language=words.language)
        verdict = Verdict.CANNOT_TELL if one.way == "unknown" else Verdict.SUPPORTED
        bar = Markup("") if axis is None else prize_bar(
            span, axis=axis, verdict=verdict,
            title=words("overview.bar", name=one.name, amount=amount, span=said or number.MISSING))
        yield Line(
            to=page_of(one.grain, one.id), name=one.name, id=one.id, bar=bar,
            stage=_said(card["stage"], words), headline=_said(card["headline"], words),
            unknown=_said(card["unknown"], words), change=amount, span=said, tone=one.way,
            stake=number.value(one.stake, unit=_unit(one.currency), currency=one.currency,
                               language=words.language) if one.stake else number.MISSING,
            supported=card["supported"], unclear=card["unclear"])


def _range(card: Any) -> Interval | None:  # noqa: ANN401 - JSON
    """Return the change of a card as a range, the bare amount where it has none."""
    if card["range"] is not None:
        low, mid, high, level = card["range"]
        return Interval(low=low, mid=mid, high=high, level=level)
    if card["before"] is None and card["after"] is None:
        return None
    amount = float((card["after"] or 0) - (card["before"] or 0))
    return Interval(low=amount, mid=amount, high=amount, level=0.5)


def _unit(currency: str) -> Unit:
    return Unit.UNITS if currency == UNITS else Unit.MONEY


def _amount(card: Any, currency: str, words: Words) -> str:  # noqa: ANN401 - JSON
    span = _range(card)
    return number.MISSING if span is None else number.change(
        span.mid, unit=_unit(currency), currency=currency, language=words.language)


def axis_said(listed: tuple[Listed, ...], words: Words) -> Markup:
    """Return the labels of the axis that the bars of a list share."""
    axis = axis_for(_range(one.card) for one in listed)
    if axis is None:
        return Markup("")
    return axis_labels(axis, words=words, unit=_unit(listed[0].currency))


def _said(pair: list[str] | None, words: Words) -> str:
    return "" if pair is None else pair[words.language == "en"]


SCREENS = (Screen(path=PATH, action=Action.READ, show=page),)

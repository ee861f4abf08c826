"""The headline (头条) of a session: what it sold, beside what its host usually sells."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.report import svg
from caopan.report.scale import Scale
from caopan.report.svg import share
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.columns import COLUMNS
from caopan.workspace.show import Show
from caopan.workspace.usual import Standing, Usual

HEIGHT, MIDDLE, TALL, EDGE = 18.0, 9.0, 8.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One large number; ``under`` says where it stands, ``strip`` draws it."""

    name: Text
    metric: Metric | None
    value: str
    change: str
    usual: str
    under: str
    strip: Markup | None


def sentence(show: Show, *, language: Language) -> tuple[str, str]:
    """Return what is known of a session in one sentence, and what it does not tell.

    >>> sentence.__name__
    'sentence'
    """
    known = next((one for one in show.standings if one.column in _SAID), None)
    unknown = _ASIDE.say(language, why=show.aside.plain(language)) if show.aside else (
        _NO_CAUSE.plain(language))
    if known is None:
        return _NOTHING.plain(language), unknown
    said = _SAID[known.column].say(language, value=_value(known, show, language))
    if known.usual is None:
        return f"{said}{_ALONE.plain(language)}", unknown
    difference = known.value - known.usual.median
    more = _SAME if not difference else _MORE if difference > 0 else _LESS
    return said + more.say(
        language, size=_said(abs(difference), known, show, language), n=known.usual.n,
        below=known.usual.below), unknown


def headlines(show: Show, *, language: Language) -> tuple[Headline, ...]:
    """Return the large numbers of a session.

    >>> headlines.__name__
    'headlines'
    """
    return tuple(_headline(one, show, language) for one in show.standings)


def _headline(one: Standing, show: Show, language: Language) -> Headline:
    column, usual = COLUMNS[one.column], one.usual
    value = _value(one, show, language)
    if usual is None:
        return Headline(name=column.name, metric=METRICS.get(column.metric or ""), value=value,
                        change="", usual="", under=_FEW.plain(language), strip=None)
    low, high, median = (_said(end, one, show, language)
                         for end in (usual.low, usual.high, usual.median))
    under = _BELOW.say(language, below=usual.below, n=usual.n)
    said = _USUAL.say(language, low=low, high=high)
    title = f"{value} · {said} · {_MEDIAN.say(language, median=median)}"
    return Headline(
        name=column.name, metric=METRICS.get(column.metric or ""), value=value,
        change=_change(one, show, language), usual=said, under=under,
        strip=strip(one.value, usual, title=title))


def strip(value: float, usual: Usual, *, title: str) -> Markup:
    """Return a line with the middle half of the other sessions, their median, and this one.

    >>> found = Usual(low=2, median=3, high=4, least=1, most=9, n=8, below=5)
    >>> strip(5, found, title="t").count("<circle")
    1
    """
    low, high = min(value, usual.least), max(value, usual.most)
    axis = Scale(low=low, high=high if high > low else low + 1.0, start=EDGE, end=100.0 - EDGE)
    band = axis.at(usual.high) - axis.at(usual.low)
    parts = [
        svg.line((share(EDGE), MIDDLE), (share(100.0 - EDGE), MIDDLE), "grid"),
        svg.tag("rect", x=share(axis.at(usual.low)), y=MIDDLE - TALL / 2, width=share(band),
                height=TALL, rx=2, class_="usual"),
        svg.line((share(axis.at(usual.median)), MIDDLE - TALL), (share(axis.at(usual.median)),
                                                                 MIDDLE + TALL), "median"),
        svg.tag("circle", cx=share(axis.at(value)), cy=MIDDLE, r=5.0, class_="dot now")]
    return svg.strip(*parts, height=HEIGHT, title=title, kind="standing")


def _value(one: Standing, show: Show, language: Language) -> str:
    return _said(one.value, one, show, language)


def _said(value: float, one: Standing, show: Show, language: Language) -> str:
    return number.value(value, unit=_unit(one), currency=show.room.currency, language=language)


def _change(one: Standing, show: Show, language: Language) -> str:
    return number.change(one.difference, unit=_unit(one), currency=show.room.currency,
                         language=language)


def _unit(one: Standing) -> Unit:
    return Unit.UNITS if one.column == "units" else COLUMNS[one.column].unit or Unit.COUNT


_SAID: dict[str, Text] = {
    "gmv": Text(zh="这一场卖了 {value}", en="This session sold {value}"),
    "units": Text(zh="这一场卖了 {value}", en="This session sold {value}"),
    "viewers": Text(zh="这一场来了 {value} 人", en="{value} people came to this session"),
    "views": Text(zh="这一场被看了 {value} 次", en="This session was viewed {value} times"),
    "orders": Text(zh="这一场成交 {value} 单", en="This session took {value} orders"),
    "buyers": Text(zh="这一场 {value} 人下单", en="{value} people bought in this session")}
_MORE = Text(zh="，比自己的中位多 {size}，高过另外 {n} 场里的 {below} 场。",
             en=", {size} more than the host's own median and above {below} of the other {n}.")
_LESS = Text(zh="，比自己的中位少 {size}，高过另外 {n} 场里的 {below} 场。",
             en=", {size} less than the host's own median and above {below} of the other {n}.")
_SAME = Text(zh="，和自己的中位一样，高过另外 {n} 场里的 {below} 场。",
             en=", as much as the host's own median and above {below} of the other {n}.")
_ALONE = Text(zh="；其他场次不足 3 场，还不知道平常是多少。",
              en="; with fewer than 3 other sessions, what is usual is not known yet.")
_NOTHING = Text(zh="这一场没有成交和观看的数。", en="Nothing is known of what this session sold "
                                                   "or who came.")
_NO_CAUSE = Text(zh="一场的高低是事实，不是原因。",
                 en="How one session stands is a fact, not a cause.")
_ASIDE = Text(zh="这一场另放，不算进平常：{why}。",
              en="It is set aside and counts for nothing usual: {why}.")
_FEW = Text(zh="其他场次不足 3 场，不比", en="fewer than 3 others to compare with")
_USUAL = Text(zh="平常 {low}–{high}", en="usually {low}–{high}")
_MEDIAN = Text(zh="中位 {median}", en="median {median}")
_BELOW = Text(zh="高过 {below} / {n} 场", en="above {below} of {n}")

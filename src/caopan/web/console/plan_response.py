"""规划 · Plan: what is put in and what comes out (投多少卖多少), or why that cannot be told."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.forecast.responding import Found
from caopan.units import number
from caopan.units.message import CaopanError, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.response import Point, Trial
from caopan.web.console.chart.response import Response as Curve
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.grain import Grain
from caopan.workspace.responding import ResponseResult
from caopan.workspace.response_words import ATTRIBUTED, reason, said, settles

SHOWN = 50
"""How many hosts a page lists."""
STEPS = 24
"""Points of the drawn curve."""
BEYOND = 1.25
"""The curve is drawn so far beyond the largest drawn spend: there it is extrapolated."""


def page(visit: Visit) -> Response:
    """Show the curve of everyone or of one host; none without the experiment that carries it."""
    host = visit.query.get("host") or None
    result, refused = None, None
    try:
        result = visit.house.figures.ask(("response", visit.revision, host),
                                         lambda: visit.workspace.response(streamer=host))
    except CaopanError as refusal:
        refused = refusal.message
    language = visit.language
    sure = result is not None and result.found.marginal is not None
    return visit.show(
        "plan/response.html" if visit.is_fragment else "plan/page.html", tab="response",
        refused=refused, result=result, hosts=_hosts(visit, result),
        host=(_names(visit).get(host) or host) if host else None,
        told=said(result.found, result.found.marginal, currency=result.currency, language=language)
        if result and sure and result.found.marginal else None,
        why=reason(result.found) if result and not sure else None,
        settled=settles(result.design, currency=result.currency, language=language)
        if result and not sure else None,
        attributed=_attributed(visit, result),
        curve=curve(result) if result and sure else None)


def curve(result: ResponseResult) -> Curve:
    """Return the curve as a picture, up to a little beyond what was tried.

    >>> curve.__name__
    'curve'
    """
    found, level = result.found, result.level
    spends = [found.tried_to * BEYOND * at / STEPS for at in range(STEPS + 1)]
    points = tuple(Point(spend=spend, result=found.curve.value(spend, level=level))
                   for spend in spends) if found.curve else ()
    chosen = (Point(spend=found.at_spend, result=found.curve.value(found.at_spend, level=level))
              if found.curve and found.at_spend else None)
    edge = (Trial(spend=found.tried_to, n=found.drawn,
                  result=found.curve.value(found.tried_to, level=level)),) if found.curve else ()
    return Curve(title=Text(zh="每场投多少，多卖多少", en="Extra sales of a session by its spend"),
                 unit=Unit.MONEY, currency=result.currency, points=points, trials=edge,
                 chosen=chosen,
                 note=Text(zh="和一分不投相比", en="beside no spend at all"))


def _hosts(visit: Visit, result: ResponseResult | None) -> list[tuple[Found, str, str]]:
    """Return the hosts with name and what can be said of their marginal return, surest first."""
    if result is None or not result.hosts:
        return []
    ranked = sorted(result.hosts, key=lambda one: (one.marginal is None, -one.drawn, -one.n))
    names = _names(visit)
    return [(one, names.get(one.name) or one.name,
             number.interval(one.marginal, unit=Unit.TIMES, language=visit.language))
            for one in ranked[:SHOWN]]


def _names(visit: Visit) -> dict[str, str]:
    rows = visit.workspace.rooms.everyone(Grain.STREAMER).rows
    return dict(zip(rows["id"].to_pylist(), rows["name"].to_pylist(), strict=True))


def _attributed(visit: Visit, result: ResponseResult | None) -> str | None:
    if result is None or result.attributed is None or result.attributed.ratio is None:
        return None
    return ATTRIBUTED.say(visit.language, ratio=f"{result.attributed.ratio:.2f}",
                          n=result.attributed.n)


SCREENS = (Screen(path="/plan/response", action=Action.READ, show=page),)

"""规划 · Plan: how good the forecast would have been on the own history (回测)."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units import number
from caopan.units.message import CaopanError, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.calibration import Calibration
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.backtest_words import NAMES, NO_PLAN, OUTCOME_NAMES, sentence, too_few
from caopan.workspace.backtesting import BacktestResult

LEVEL = 0.8
FAR = 0.06
"""So far from its level a share of kept ranges is called too high or too low."""


def page(visit: Visit) -> Response:
    """Show the backtest of one outcome; of long histories when it is ready."""
    outcome = visit.query.get("outcome") or "gmv"
    result, refused = None, None
    try:
        result = visit.house.figures.ask(
            ("backtest", visit.revision, outcome),
            lambda: visit.workspace.backtest(outcome=outcome, level=LEVEL))
    except CaopanError as refusal:
        refused = refusal.message
    own = result.found.own if result else None
    told = sentence(result.found, own, outcome=outcome) if result and own else None
    return visit.show(
        "plan/backtest.html" if visit.is_fragment else "plan/page.html", tab="backtest",
        outcome=outcome, outcomes=OUTCOME_NAMES, refused=refused, result=result, told=told,
        why=too_few(result.found) if result and own is None else None,
        warning=NO_PLAN if own and result and not result.planned else None,
        level=number.level(LEVEL)[1:-1], names=NAMES, far=FAR,
        calibration=calibration(result) if result and own else None)


def calibration(result: BacktestResult) -> Calibration:
    """Return how often what came lay below each quantile.

    >>> calibration.__name__
    'calibration'
    """
    below = result.found.below
    return Calibration(
        title=Text(zh="说的分位和实际", en="Quantiles told and what came"), unit=Unit.RATIO,
        n=result.found.n,
        points=tuple((at / (len(below) + 1), share) for at, share in enumerate(below, start=1)))


SCREENS = (Screen(path="/plan/backtest", action=Action.READ, show=page),)

"""What spend brings the hosts of a workspace, or what would have to be done to tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.forecast.ladder import Ladder, ladder, scatter_of
from caopan.forecast.responding import Found, Why, prior_curve, responses
from caopan.forecast.response_model import CARRY_PRIOR
from caopan.forecast.spending import CHOSEN, Spending
from caopan.report.document import in_unit
from caopan.stats.arrays import Floats
from caopan.store.store import Store
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.workspace.ad_rows import AdRows
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.grain import Grain
from caopan.workspace.progress import Progress
from caopan.workspace.range_level import check_level
from caopan.workspace.response_words import (
    ATTRIBUTED,
    ATTRIBUTED_LABEL,
    HOSTS,
    POINT,
    UNMATCHED,
    money_range,
    reason,
    said,
    settles,
)
from caopan.workspace.spending import Attributed, Spent, spent

GATHERING = Text(zh="汇总投放与成交", en="gathering spend and sales")
FITTING = Text(zh="估计投产曲线", en="estimating the curves")
SEED = 20_261
STEPS = 9
"""Points of the curve, from nothing to the largest spend that was drawn."""
LEARNT = 1.3
"""Errors of a return beside those of a slope on the drawn multiple: how the curve bends, what is
left of earlier spend and how hosts differ are learnt with it (``python -m bench responding``)."""
KEPT = 1.0 / (1.0 + np.exp(-CARRY_PRIOR[0]))
"""Share of a spend that is left after a day, as far as is thought before any experiment."""
SHOWN = 3
"""Points of the curve that are said to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseResult:
    """What is known of one host's response to spend, or of all hosts together.

    ``hosts`` holds every host's answer where all were asked for. ``design`` is the experiment
    that would settle it, None where something is claimed or where no spend gives it a scale.
    """

    found: Found
    hosts: tuple[Found, ...]
    attributed: Attributed | None
    design: Ladder | None
    currency: str
    unknown: int
    elsewhere: int
    ads: AdRows
    level: float
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line; money is decimal text."""
        found = self.found
        why = None if found.why is None else reason(found).plain(language)
        return {
            "synthetic": self.synthetic, "streamer_id": found.name or None,
            "status": "ok" if found.why is None else "cannot_tell", "reason": why,
            "key": found.why and found.why.value, "currency": self.currency, "n": found.n,
            "n_drawn": found.drawn, "spend_unknown": self.unknown, "elsewhere": self.elsewhere,
            "ad_rows": {"rows": self.ads.rows, "by_time": self.ads.by_time,
                        "without_session": self.ads.left,
                        "spend_without_session": self._money(self.ads.left_spend)},
            "curve": [self._point(spend) for spend in self._spends()],
            "marginal": self._marginal(found),
            "tried_to": self._money(found.tried_to) if found.curve else None,
            "attributed_roi": self._attributed(language),
            "experiment": self.design and design_document(self.design, self.currency),
            "settles": None if found.why is None else settles(
                self.design, currency=self.currency, language=language),
            "hosts": [{"streamer_id": one.name, "n": one.n, "n_drawn": one.drawn,
                       "status": "ok" if one.why is None else "cannot_tell",
                       "key": one.why and one.why.value,
                       "reason": None if one.why is None else reason(one).plain(language),
                       "marginal": self._marginal(one)} for one in self.hosts]}

    def lines(self, language: Language) -> list[str]:
        """Return the result as lines for a person."""
        head = Text(zh="【合成数据】", en="[synthetic data] ").say(language) if (
            self.synthetic) else ""
        found = self.found
        if found.marginal is None or found.curve is None:
            lines = [head + reason(found).plain(language),
                     settles(self.design, currency=self.currency, language=language)]
        else:
            lines = [head + said(found, found.marginal, currency=self.currency,
                                 language=language)]
            spends = self._spends()[1:]
            lines += [POINT.say(
                language, spend=number.money(spend, currency=self.currency, language=language),
                range=money_range(found.curve.value(spend, level=self.level),
                                  currency=self.currency, language=language))
                for spend in spends[1::len(spends) // SHOWN]]
        if self.attributed is not None and self.attributed.ratio is not None:
            lines.append(ATTRIBUTED.say(language, ratio=f"{self.attributed.ratio:.2f}",
                                        n=self.attributed.n))
        if self.ads.left:
            lines.append(UNMATCHED.say(
                language, n=self.ads.left, rows=self.ads.rows, spend=number.money(
                    self.ads.left_spend, currency=self.currency, language=language)))
        if self.hosts:
            told = sum(one.why is None for one in self.hosts)
            lines.append(HOSTS.say(language, told=told, untold=len(self.hosts) - told))
            lines += [said(one, one.marginal, currency=self.currency, language=language)
                      for one in self.hosts if one.marginal is not None]
        return lines

    def _spends(self) -> list[float]:
        if self.found.curve is None:
            return []
        return [float(one) for one in np.round(np.linspace(0.0, self.found.tried_to, STEPS))]

    def _point(self, spend: float) -> dict[str, object]:
        curve = self.found.curve
        value = None if curve is None else curve.value(spend, level=self.level)
        return {"spend": self._money(spend), **self._range(value, Unit.MONEY)}

    def _marginal(self, one: Found) -> dict[str, object] | None:
        if one.marginal is None:
            return None
        return {"at_spend": self._money(one.at_spend), **self._range(one.marginal, Unit.TIMES),
                "level": one.marginal.level}

    def _range(self, value: Interval | None, unit: Unit) -> dict[str, object]:
        return {name: in_unit(None if value is None else getattr(value, name), unit,
                              self.currency) for name in ("low", "mid", "high")}

    def _money(self, amount: float | None) -> object:
        return in_unit(amount, Unit.MONEY, self.currency)

    def _attributed(self, language: Language) -> dict[str, object] | None:
        one = self.attributed
        if one is None:
            return None
        return {"value": one.ratio, "n": one.n, "label": ATTRIBUTED_LABEL.plain(language)}


def run(store: Store, *, streamer: str | None, level: float, progress: Progress
        ) -> ResponseResult:
    """Return what spend brings one host, or all.

    Raises:
        RangeLevelError: no range has that level.
        UnknownSubjectError: no host with sessions has that id.
    """
    check_level(level)
    progress(GATHERING, 0, None)
    known = spent(store)
    if streamer is not None and streamer not in known.everyone:
        raise UnknownSubjectError(streamer, Grain.STREAMER)
    progress(FITTING, 0, None)
    pooled, *hosts = responses(known.sessions, np.random.default_rng(SEED), level=level)
    found = pooled if streamer is None else next(
        (one for one in hosts if one.name == streamer),
        Found(name=streamer, n=0, drawn=0, why=Why.NO_SPEND))
    return ResponseResult(
        found=found, hosts=tuple(hosts) if streamer is None else (), level=level,
        attributed=_attributed(known, streamer), currency=known.currency,
        design=None if found.why is None else design_of(known.sessions, found, level=level),
        unknown=known.unknown, elsewhere=known.elsewhere, ads=known.ads,
        synthetic=bool(store.setting("synthetic")))


def design_of(sessions: Spending, found: Found, *, level: float, count: int | None = None,
              detect: float | None = None) -> Ladder | None:
    """Return the experiment for a host, or for all; None where no spend gives it a scale."""
    if found.at_spend is None:
        return None
    names = np.array(sessions.names, dtype=object)
    mine = np.ones(len(sessions), dtype=np.bool_) if not found.name else np.asarray(
        names[sessions.subject] == found.name)
    spending = np.isin(sessions.subject, sessions.subject[mine & (sessions.spend > 0)])
    bought, sold = (float(of[mine & spending].sum()) for of in (sessions.spend, sessions.sold))
    sales = found.at_spend * sold / bought
    scatter = LEARNT * _scatter(sessions, np.asarray(mine & spending))
    if not (sales > 0 and np.isfinite(scatter)):
        return None
    gap = _gap(sessions, np.asarray(mine & spending))
    curve = found.curve or prior_curve(np.random.default_rng(SEED), sales=sales,
                                       spend=found.at_spend, gap=gap)
    more = {} if detect is None else {"detect": detect}
    return ladder(curve, spend=found.at_spend, sales=sales, scatter=scatter, sessions=count,
                  left=KEPT ** gap, level=level, **more)


def _gap(sessions: Spending, mine: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """Return the usual days between sessions of a host, 1 where nothing says."""
    days = np.diff(sessions.start[mine])[np.diff(sessions.subject[mine]) == 0]
    return float(np.median(days[days > 0])) if (days > 0).any() else 1.0


def _scatter(sessions: Spending, mine: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """Return the median over hosts of how far sessions fall from the host's usual rate."""
    found: Floats = np.array([
        scatter_of(sessions.sold[own], sessions.hours[own])
        for at in np.unique(sessions.subject[mine])
        if (own := mine & (sessions.subject == at) & (sessions.rung == CHOSEN)).any()])
    return float(np.nanmedian(found)) if np.isfinite(found).any() else float("nan")


def _attributed(known: Spent, streamer: str | None) -> Attributed | None:
    if streamer is not None:
        return known.attributed.get(streamer)
    every = known.attributed.values()
    return Attributed(revenue=sum(one.revenue for one in every),
                      spend=sum(one.spend for one in every),
                      n=sum(one.n for one in every)) if every else None


def design_document(one: Ladder, currency: str) -> dict[str, object]:
    """Return an experiment as JSON; money is decimal text."""
    return {"rungs": [0, 1, 2], "sessions": one.sessions, "power": one.power,
            "detect": one.detect, "spend": in_unit(one.spend, Unit.MONEY, currency),
            "cost": {**{name: in_unit(getattr(one.cost, name), Unit.MONEY, currency)
                        for name in ("low", "mid", "high")}, "level": one.cost.level}}

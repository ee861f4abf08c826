"""What a forecast answers with: distributions of sessions to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from caopan.facts.issue import Issue
from caopan.forecast.outlook import Status
from caopan.report.ahead import Ahead
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.workspace.backtest_words import OUTCOME_NAMES
from caopan.workspace.forecast_words import (
    BESIDE_USUAL,
    LABEL,
    LINE,
    TERMS,
    UNKNOWN,
    next_session,
)
from caopan.workspace.models import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one term of a plan does to the middle of a forecast, beside what is usual.

    ``planned`` and ``usual`` in the term's own unit, ``amount`` in that of the outcome (money in
    minor units).
    """

    term: str
    planned: float
    usual: float
    amount: float

    def say(self, unit: Unit, currency: str, language: Language) -> str:
        """Return what the term does as words.

        >>> Move(term="hours", planned=4.0, usual=2.5, amount=120_000.0).say(
        ...     Unit.MONEY, "CNY", "en")
        '4 hours (usually 2.5) +¥1,200'
        """
        def said(value: float) -> str:
            if self.term != "spend":
                return f"{round(value, 1):g}"
            return number.value(round(value * 100), unit=Unit.MONEY, currency=currency,
                                language=language)

        about = TERMS[self.term].say(language, planned=said(self.planned), usual=said(self.usual))
        amount = number.change(self.amount, unit=unit, currency=currency, language=language)
        return f"{about} {amount}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The distribution of one outcome of one session to come (预估).

    ``session_id`` and ``started_at`` are None for a host's next session of which no plan is known.
    ``quantiles``: nineteen, ascending, >= 0, money in minor units of ``currency``; None where
    nothing can be told. ``reason``: why it stands as it does; None where there is nothing to add.
    ``weights``: what each model had earned in the average; nothing where no model was asked.
    """

    session_id: str | None
    streamer_id: str
    name: str
    started_at: datetime | None
    outcome: str
    unit: Unit
    currency: str | None
    status: Status
    n_history: int
    level: float
    quantiles: tuple[float, ...] | None = None
    interval: Interval | None = None
    rule: str | None = None
    reason: Text | None = None
    moves: tuple[Move, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)

    def document(self, language: Language) -> dict[str, object]:
        """Return the forecast as a JSON row: money as decimal text in major units."""
        found = self.interval
        return {
            "session_id": self.session_id, "streamer_id": self.streamer_id, "name": self.name,
            "started_at": self.started_at and self.started_at.isoformat(),
            "outcome": self.outcome, "unit": self.unit.value, "currency": self.currency,
            "status": self.status.value, "n_history": self.n_history, "level": self.level,
            "low": found and self._said(found.low), "mid": found and self._said(found.mid),
            "high": found and self._said(found.high),
            "quantiles": self.quantiles and {
                f"{at / 20:g}": self._said(value)
                for at, value in enumerate(self.quantiles, start=1)},
            "rule": self.rule, "weights": self.weights,
            "reason": self.reason and self.reason.plain(language),
            "moves": [{"term": one.term, "planned": one.planned, "usual": one.usual,
                       "amount": self._said(one.amount)} for one in self.moves]}

    def ahead(self) -> Ahead:
        """Return the forecast as the report shows it."""
        return Ahead(
            subject=self.streamer_id, name=self.name, when=next_session(self.started_at),
            outcome=OUTCOME_NAMES[self.outcome], unit=self.unit, currency=self.currency,
            n=self.n_history, interval=self.interval, reason=self.reason)

    def moved(self, language: Language) -> str:
        """Return what each term changes beside what is usual, the largest first; "" for none."""
        terms = (one.say(self.unit, self.currency or "CNY", language) for one in self.moves)
        return ("，" if language == "zh" else ", ").join(terms)

    def line(self, language: Language) -> str:
        """Return the forecast as a line for a person."""
        when = next_session(self.started_at).plain(language)
        told = UNKNOWN.say(language) if self.interval is None else number.interval(
            self.interval, unit=self.unit, currency=self.currency or "CNY", language=language)
        said = LINE.say(language, name=self.name, when=when, told=told, n=self.n_history,
                        outcome=OUTCOME_NAMES[self.outcome].say(language))
        gap = "；" if language == "zh" else "; "
        told_why = self.reason.plain(language) if self.reason else ""
        moved = BESIDE_USUAL.say(language) + self.moved(language) if self.moves else ""
        reason = gap.join(filter(None, (told_why, moved)))
        if not reason:
            return said
        return f"{said}（{reason}）" if language == "zh" else f"{said} ({reason})"

    def _said(self, value: float) -> str | float | int:
        if self.unit is not Unit.MONEY:
            return int(value) if float(value).is_integer() else value
        return f"{Decimal(round(value)).scaleb(-2):.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastResult:
    """The forecasts of a plan, a session and outcome each, and what was wrong with other rows.

    ``note``: what holds for all of them, finished; None where there is nothing. ``models``: what
    they were told by, one an outcome; none where rate × hours told alone.
    """

    forecasts: tuple[Forecast, ...]
    level: float
    issues: tuple[Issue, ...] = field(default=())
    synthetic: bool = False
    note: Text | None = None
    models: tuple[Model, ...] = ()

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line and the API."""
        return {"synthetic": self.synthetic, "level": self.level,
                "note": self.note and self.note.plain(language),
                "models": [one.document() for one in self.models],
                "forecasts": [one.document(language) for one in self.forecasts],
                "issues": [issue.document(language) for issue in self.issues]}

    def lines(self, language: Language) -> list[str]:
        """Return the forecasts as lines for a person."""
        head = [LABEL.say(language)] if self.synthetic else []
        note = [] if self.note is None else [self.note.plain(language)]
        return [*head, *(one.line(language) for one in self.forecasts), *note]

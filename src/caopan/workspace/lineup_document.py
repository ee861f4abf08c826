"""A proposed line-up as a JSON document and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caopan.plan.item import CLASS_WORDS, TYPE_WORDS
from caopan.plan.lineup_bound import gap
from caopan.plan.run_sheet_document import written
from caopan.plan.timing import slots
from caopan.report.document import amount
from caopan.units import number
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.workspace.lineup_words import (
    GMV,
    HEAD,
    LENGTHS,
    MISSED,
    NO_COSTS,
    PROFIT,
    ROW,
    UNTOLD,
)
from caopan.workspace.traffic_curve import WORDS

if TYPE_CHECKING:
    from caopan.workspace.lineup import LineUpResult


def document(found: LineUpResult, language: Language) -> dict[str, object]:
    """Return a line-up as JSON: a run sheet, its value and bound, what does not hold."""
    currency, sheet = found.sheet.currency, written(found.sheet)
    return {
        "session_id": found.session.session_id, "streamer_id": found.session.streamer_id,
        **sheet, "seconds": found.sheet.seconds,
        "value": amount(found.value, currency=currency),
        "bound": amount(found.bound, currency=currency),
        "gap": gap(found.value, found.bound),
        "violations": [{"rule": one.rule, "demanded": one.demanded, "amount": one.amount,
                        **one.message.document(language)} for one in found.violations],
        "basis": {"value": "profit" if found.basis.profit else "gmv",
                  "products": found.basis.n, "products_with_history": found.basis.known,
                  "traffic": found.basis.curve.source.value,
                  "traffic_sessions": found.basis.curve.n,
                  "traffic_curve": [round(float(one), 4) for one in found.basis.curve.parts],
                  "notes": _notes(found, language)},
        "issues": [one.document(language) for one in found.issues],
        "synthetic": found.synthetic}


def lines(found: LineUpResult, language: Language) -> list[str]:
    """Return a line-up as lines: the value, each item with its time, what it rests on."""
    def paid(minor: float) -> str:
        return number.money(minor, currency=found.sheet.currency, language=language)

    said = [HEAD.say(
        language, session=found.session.session_id, n=found.basis.n,
        minutes=round(found.sheet.seconds / 60), bound=paid(found.bound), value=paid(found.value),
        what=(PROFIT if found.basis.profit else GMV).say(language),
        gap=number.percent(gap(found.value, found.bound)))]
    for slot in slots(found.sheet.items, start=found.session.started_at):
        item, units = slot.item, slot.item.target.units
        kind = TYPE_WORDS[item.type] if item.line_class is None else CLASS_WORDS[item.line_class]
        said.append(ROW.say(
            language, at=slot.starts_at.astimezone(BUSINESS_ZONE).strftime("%H:%M"),
            minutes=f"{item.seconds / 60:g}", kind=kind.say(language), title=item.title,
            target="" if units is None else number.interval(units, unit=Unit.UNITS,
                                                            language=language)).rstrip())
    said += [MISSED.say(language) + one.message.say(language) for one in found.violations]
    return said + _notes(found, language)


def _notes(found: LineUpResult, language: Language) -> list[str]:
    """Return what the line-up rests on that nobody measured."""
    basis = found.basis
    said = [WORDS[basis.curve.source].say(language, n=basis.curve.n)]
    said += [] if basis.profit else [NO_COSTS.say(language)]
    said += [] if basis.known == basis.n else [UNTOLD.say(language, n=basis.n - basis.known)]
    return [*said, LENGTHS.say(language, power=basis.rules.length_power)]

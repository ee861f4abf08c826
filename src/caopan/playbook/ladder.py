"""The growth ladder: which stage a room stands on by its monthly GMV, and what holds it there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from caopan.facts.issue import Issue, Level
from caopan.playbook.fields import NUMBERS, Fields
from caopan.playbook.rule import Confidence
from caopan.playbook.source import Source
from caopan.units.message import Text
from caopan.units.money import CURRENCIES, MINOR_DIGITS

MINOR = 10**MINOR_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One stage (阶段): its usual bottleneck, the first moves, and the gate to the next."""

    id: str
    name: Text
    bottleneck: Text
    first_moves: Text
    gate: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The growth ladder (成长阶梯).

    ``limits`` holds, by currency, the monthly GMV at which the next rung begins, minor units,
    ascending, one fewer than the rungs. A currency that is not there has no ladder.
    """

    rungs: tuple[Rung, ...]
    limits: dict[str, tuple[int, ...]]
    source: Text
    confidence: Confidence
    files: tuple[str, ...] = ()

    def rung(self, gmv: float, *, currency: str) -> int | None:
        """Return the index of the rung for a monthly GMV in minor units.

        None where the ladder claims nothing for the currency. A GMV equal to a limit stands on the
        upper rung.
        """
        limits = self.limits.get(currency)
        return None if limits is None else bisect_right(limits, gmv)

    def bounds(self, rung: int, *, currency: str) -> tuple[int | None, int | None]:
        """Return where a rung begins and ends, ``[low, high)`` in minor units; None = open.

        Raises:
            KeyError: the ladder claims nothing for the currency.
        """
        limits = self.limits[currency]
        return (
            limits[rung - 1] if rung > 0 else None,
            limits[rung] if rung < len(limits) else None,
        )


def read_ladder(
    source: Source, *, files: tuple[str, ...] = ()
) -> tuple[Ladder | None, list[Issue]]:
    """Return the ladder of a file, None where an error stands against it, and every issue.

    ``files`` are the files beneath this one.

    >>> read_ladder(Source(file="x.toml", text="", data={}))[0] is None
    True
    """
    issues: list[Issue] = []
    fields = Fields(source=source, issues=issues, data=source.data)
    nothing = Text(zh="–", en="–")
    rungs = tuple(_rung(inner) for inner in fields.tables("rungs"))
    if not rungs:
        fields.complain("missing_field", "rungs")
    ladder = Ladder(
        rungs=rungs,
        limits=_limits(fields.table("limits", required=True), wanted=len(rungs) - 1),
        source=fields.text("source", required=True) or nothing,
        confidence=fields.choice("confidence", Confidence, required=True) or Confidence.WEAK,
        files=(*files, source.file),
    )
    fields.finish()
    refused = any(issue.level is Level.ERROR for issue in issues)
    return (None if refused else ladder), issues


def _rung(fields: Fields) -> Rung:
    nothing = Text(zh="–", en="–")
    rung = Rung(
        id=fields.string("id", required=True) or "–",
        name=fields.text("name", required=True) or nothing,
        bottleneck=fields.text("bottleneck", required=True) or nothing,
        first_moves=fields.text("first_moves", required=True) or nothing,
        gate=fields.text("gate", required=True) or nothing,
    )
    fields.finish()
    return rung


def _limits(fields: Fields | None, *, wanted: int) -> dict[str, tuple[int, ...]]:
    """Return the limits by currency, minor units; the file writes whole major units."""
    found: dict[str, tuple[int, ...]] = {}
    if fields is None:
        return found
    for currency in fields.data:
        values = fields.raw(currency)
        if currency not in CURRENCIES:
            fields.complain("unknown_choice", currency, value=currency, choices="CNY, IDR, THB, …")
        elif not (isinstance(values, list) and all(_amount(value) for value in values)):
            fields.complain(
                "wrong_type", currency, value=values, wanted_zh=NUMBERS[0], wanted_en=NUMBERS[1]
            )
        elif len(values) != wanted:
            fields.complain("wrong_count", currency, found=len(values), wanted=wanted)
        elif values != sorted(set(values)):
            fields.complain("not_ascending", currency, value=values)
        else:
            found[currency] = tuple(value * MINOR for value in values)
    return found


def _amount(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0

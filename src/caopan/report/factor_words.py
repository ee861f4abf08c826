"""How one factor of a decomposition is written: its values, its amount and its range."""

from __future__ import annotations

from caopan.diagnose.diagnosis import Factor
from caopan.report.scale import Word
from caopan.units import number
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

ARROW = "→"
_WHOLE = frozenset({Unit.COUNT, Unit.PEOPLE})
_WORDS = ("万", "亿", "K", "M", "B", "%", " 小时", " 分钟", " 天", " h", " min", " d")


def before_after(factor: Factor, *, currency: str, language: Language) -> tuple[str, str]:
    """Return both values of a factor; a shared unit word and the currency are written once.

    Means of counts that only differ behind the point are written with it.

    >>> from caopan.units.message import Text
    >>> rate = Factor(id="enter_rate", name=Text(zh="进房率", en="Entry rate"), unit=Unit.RATIO,
    ...               before=0.081, after=0.082, amount=1, interval=None, p_value=None,
    ...               verdict=Verdict.CANNOT_TELL)
    >>> before_after(rate, currency="CNY", language="zh")
    ('8.10', '8.20%')
    >>> slower = Factor(id="viewers_per_hour", name=Text(zh="", en=""), unit=Unit.PEOPLE,
    ...                 before=3.36, after=3.02, amount=-51, interval=None, p_value=None,
    ...                 verdict=Verdict.CANNOT_TELL)
    >>> before_after(slower, currency="CNY", language="zh")
    ('3.36', '3.02')
    """
    first, second = (number.value(side, unit=factor.unit, currency=currency, language=language)
                     for side in (factor.before, factor.after))
    if number.MISSING in {first, second}:
        return first, second
    if first == second and factor.before != factor.after and factor.unit in _WHOLE:
        first, second = number.times(factor.before), number.times(factor.after)
    ending = next((word for word in _WORDS if first.endswith(word) and second.endswith(word)), "")
    if factor.unit is Unit.MONEY:
        second = second.removeprefix(number.symbol(currency))
    return first.removesuffix(ending), second


def joined(factor: Factor, *, currency: str, language: Language, gap: str = "") -> str:
    """Return both values with an arrow between them; one dash where neither is known.

    >>> from caopan.units.message import Text
    >>> joined(Factor(id="x", name=Text(zh="", en=""), unit=Unit.COUNT, before=None, after=None,
    ...               amount=1, interval=None, p_value=None, verdict=Verdict.CANNOT_TELL),
    ...        currency="CNY", language="zh")
    '—'
    """
    before, after = before_after(factor, currency=currency, language=language)
    if before == after == number.MISSING:
        return number.MISSING
    return f"{before}{gap}{ARROW}{gap}{after}"


def amount(factor: Factor, *, word: Word, unit: Unit = Unit.MONEY) -> str:
    """Return what the factor was worth, signed, without the word all numbers share.

    ``unit`` is that of the change: money in minor units, or units.

    >>> from caopan.units.message import Text
    >>> amount(Factor(id="x", name=Text(zh="", en=""), unit=Unit.COUNT, before=1, after=2,
    ...               amount=-9_800_000, interval=None, p_value=None,
    ...               verdict=Verdict.SUPPORTED), word=Word(text="万", divisor=1e4, digits=1))
    '−9.8'
    """
    return word.change(factor.amount / unit.parts)


def ends(factor: Factor, *, word: Word, unit: Unit = Unit.MONEY) -> tuple[str, str] | None:
    """Return both ends of the factor's range without the shared word; None where it has none.

    ``unit`` is that of the change: money in minor units, or units.

    >>> from caopan.units.interval import Interval
    >>> from caopan.units.message import Text
    >>> ends(Factor(id="x", name=Text(zh="", en=""), unit=Unit.COUNT, before=1, after=2, amount=0,
    ...             interval=Interval(low=-100_00, mid=0, high=50_00, level=0.8), p_value=None,
    ...             verdict=Verdict.CANNOT_TELL), word=Word(text="", divisor=1, digits=0))
    ('−100', '+50')
    """
    if factor.interval is None:
        return None
    low, high = factor.interval.low / unit.parts, factor.interval.high / unit.parts
    return word.change(low), word.change(high)


def tone(factor: Factor) -> str:
    """Return how a factor is coloured: ``loss``, ``gain``, or ``unknown``.

    The last is for what nobody can tell, and for what moved nothing.

    >>> from caopan.units.message import Text
    >>> tone(Factor(id="x", name=Text(zh="", en=""), unit=Unit.COUNT, before=1, after=2, amount=-1,
    ...             interval=None, p_value=None, verdict=Verdict.SUPPORTED))
    'loss'
    """
    if factor.verdict is Verdict.CANNOT_TELL or not factor.amount:
        return "unknown"
    return "loss" if factor.amount < 0 else "gain"

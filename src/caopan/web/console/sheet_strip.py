"""The strip above a run sheet (整晚条): every item as wide as it is long, hours beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caopan.plan.item import CLASS_WORDS, TYPE_WORDS, Item
from caopan.plan.sheet_figures import Line
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language, Text

WORD_FROM, LETTER_FROM = {"zh": 3.2, "en": 6.0}, 1.3
"""Percent of the strip from which a block has room for its word, for one letter."""
TICKS = (15, 30, 60, 120, 240, 480)
MOST_TICKS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One item of the strip; ``x`` and ``width`` in percent of it."""

    item: Item
    x: float
    width: float
    word: str
    letter: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A time below the strip; ``x`` in percent."""

    x: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The whole evening; ``end``: where the planned length ends, percent; None: not planned."""

    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    end: float | None


def kind_of(item: Item) -> Text:
    """Return what an item is called in short: its class, else its type.

    >>> from caopan.plan.item import ItemType, LineClass
    >>> kind_of(Item(id="a", type=ItemType.PRODUCT, title="x", seconds=60,
    ...              line_class=LineClass.HERO)).zh
    '主推'
    """
    if item.line_class is None:
        return TYPE_WORDS[item.type]
    words = CLASS_WORDS[item.line_class]
    return Text(zh=words.zh.removesuffix("款"), en=words.en)


def strip(lines: Sequence[Line], *, start: datetime | None, minutes: float | None,
          language: Language) -> Strip:
    """Return the strip of a run sheet's lines.

    >>> strip((), start=None, minutes=60, language="zh").end
    100.0
    """
    planned = None if minutes is None else minutes * 60.0
    whole = max(lines[-1].ends if lines else 0.0, planned or 0.0) or 1.0

    def percent(seconds: float) -> float:
        return round(seconds / whole * 100.0, 3)

    blocks = []
    for one in lines:
        word, width = kind_of(one.item).say(language), percent(one.ends - one.begins)
        blocks.append(Block(
            item=one.item, x=percent(one.begins), width=width,
            word=word if width >= WORD_FROM[language] else "",
            letter=word[:1] if width >= LETTER_FROM else "", at=moment(one.begins, start)))
    return Strip(blocks=tuple(blocks), ticks=tuple(_ticks(whole, start, percent=100.0 / whole)),
                 end=None if planned is None else percent(planned))


def _ticks(whole: float, start: datetime | None, *, percent: float) -> list[Tick]:
    step = next((one for one in TICKS if whole / 60 / one < MOST_TICKS), TICKS[-1]) * 60
    first = 0.0
    if start is not None:
        local = start.astimezone(BUSINESS_ZONE)
        past = (local.hour * 3600 + local.minute * 60 + local.second) % step
        first = float(-past % step)
    return [Tick(x=round(seconds * percent, 3), said=moment(seconds, start))
            for at in range(int((whole - first) // step) + 1)
            if (seconds := first + at * step) <= whole]


def moment(seconds: float, start: datetime | None) -> str:
    """Return when something begins: the time of day, or since the beginning where that is unknown.

    >>> moment(3900, None)
    '1:05'
    """
    if start is not None:
        return f"{(start + timedelta(seconds=seconds)).astimezone(BUSINESS_ZONE):%H:%M}"
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}"

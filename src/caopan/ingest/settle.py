"""What is settled once a file: its currency, its zone, the year of dates without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank, currency, timetext, window, word
from caopan.ingest.column import Reader
from caopan.ingest.context import Context
from caopan.ingest.grid import Block
from caopan.ingest.layout import Layout
from caopan.ingest.messages import message, refusal
from caopan.ingest.moment import Calendar, without_offset
from caopan.ingest.options import Options
from caopan.units.money import Money

SHANGHAI = "Asia/Shanghai"
DEFAULT_CURRENCY = "CNY"
_LOOKED_AT = 2_000
"""Cells of a column looked at for a currency sign."""

Bound = tuple[Reader, int]
"""How a column is read, and where it stands (0-based)."""


def checked(options: Options) -> None:
    """Refuse a zone or a currency that nobody knows, before anything is read.

    Raises:
        FileRefusedError: ``timezone`` is no IANA name.
        UnknownCurrencyError: ``currency`` is no code that amounts may carry.
    """
    if options.currency is not None:
        Money(minor=0, currency=options.currency)
    if options.timezone is not None:
        try:
            ZoneInfo(options.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise refusal(key="unknown_zone", zone=options.timezone) from None


def spoken_currency(block: Block, bound: Sequence[Bound], *, layout: Layout,
                    given: str | None) -> str:
    """Return the currency of a file: given, the layout's, its column's, its signs', its header's.

    The default is CNY, which is what Chinese platforms write without a sign.
    """
    if given or layout.currency:
        return given or layout.currency or DEFAULT_CURRENCY
    money = [(how, at) for how, at in bound if how.name == "money"]
    said = [*(_coded(block, at) for how, at in bound if how.name == "currency"),
            *(_signed(block, at) for _, at in money),
            *(_headed(how.field.header) for how, _ in money)]
    return next((each for each in said if each), DEFAULT_CURRENCY)


def zone(context: Context, *, layout: Layout) -> ZoneInfo:
    """Return the zone of a file: given, the layout's, the one its currency implies, Shanghai.

    A zone that was implied is said in one warning.
    """
    given = context.options.timezone or layout.timezone
    if given:
        return ZoneInfo(given)
    implied = currency.ZONES.get(context.currency, SHANGHAI)
    if context.currency != DEFAULT_CURRENCY:
        context.problems.once(message("implied_zone", currency=context.currency, zone=implied))
    return ZoneInfo(implied)


def warn_of_naive_times(context: Context, block: Block, bound: Sequence[Bound]) -> None:
    """Warn once where an exchange file has times without offset."""
    if context.options.timezone:
        return
    for how, at in bound:
        if how.name == "instant" and without_offset(block.columns[at]):
            context.problems.once(message("naive_times", zone=context.zone.key),
                                  column=how.field.header)
            return


def calendar(context: Context, first: Block, bound: Sequence[Bound],
             blocks: Iterable[Block]) -> Calendar:
    """Return how times are read; dates without a year get one, with one warning a file.

    ``--year``, else the one year of the file's other dates (titles, dated columns), else the
    latest year that puts no row into the future.

    Args:
        context: the file.
        first: its first rows: whether any year is missing is decided on them.
        bound: its columns.
        blocks: all its rows, read only where the last rule is needed.
    """
    found = Calendar(zone=context.zone, year=context.options.year)
    times = [at for how, at in bound if how.name in {"instant", "day"}]
    example = next((text for at in times for text in _yearless(first, at, most=_LOOKED_AT)),
                   None)
    if example is None or found.year is not None:
        return found
    named = window.years(context.titles) or _years(first, times)
    year = named.pop() if len(named) == 1 else _latest(context, times, blocks)
    context.problems.once(message("year_assumed", example=example, year=year))
    return replace(found, year=year)


def _coded(block: Block, at: int) -> str | None:
    codes = word.currency(block.columns[at])[0].drop_null()
    return str(codes[0]) if len(codes) else None


def _signed(block: Block, at: int) -> str | None:
    texts = block.columns[at].texts
    if texts is None:
        return None
    seen = blank.trimmed(texts[:_LOOKED_AT]).drop_null().unique()
    return currency.spoken(seen.to_pylist())


def _headed(header: str) -> str | None:
    """Return the currency that a header names in brackets: ``GPM (Rp)``."""
    inside = header.rpartition("(")[2].rstrip(") ")
    meant = currency.meant(inside) if inside else ()
    return meant[0] if meant else None


def _latest(context: Context, times: Sequence[int], blocks: Iterable[Block]) -> int:
    """Return the latest year that leaves every date of the file in the past."""
    now = context.options.now.astimezone(context.zone).replace(tzinfo=None)
    last = max((text for block in blocks for at in times for text in _yearless(block, at)),
               key=_in_leap_year)
    for year in range(now.year, now.year - 9, -1):
        written = timetext.iso(pa.array([last]), year=year)[0].as_py()
        if timetext.possible(written) and datetime.fromisoformat(written) <= now:
            return year
    return now.year - 1


def _in_leap_year(text: str) -> str:
    return str(timetext.iso(pa.array([text]), year=2000)[0])


def _yearless(block: Block, at: int, *, most: int | None = None) -> list[str]:
    """Return the latest date without a year in one column, in a list; an empty list for none.

    ``most`` rows are looked at; None: all.
    """
    texts = block.columns[at].texts
    if texts is None:
        return []
    seen = blank.trimmed(texts[:most], words=blank.NUMBER).drop_null().unique()
    bare = seen.filter(timetext.yearless(seen))
    if not len(bare):
        return []
    written = timetext.iso(bare, year=2000)
    return [bare[pc.index(written, pc.max(written)).as_py()].as_py()]


def _years(block: Block, times: Sequence[int]) -> set[int]:
    """Return the years that other dates of the file name."""
    found: set[int] = set()
    for at in times:
        cells = block.columns[at]
        if cells.moments is not None:
            found |= set(pc.year(cells.moments).drop_null().unique().to_pylist())
        if cells.texts is not None:
            written = timetext.iso(blank.trimmed(cells.texts).drop_null().unique())
            years = pc.utf8_slice_codeunits(written.filter(timetext.iso_mask(written)), 0, 4)
            found |= {int(year) for year in years.unique().to_pylist()}
    return found

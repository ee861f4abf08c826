"""A layout (版式): how one kind of file maps to canonical columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.units.message import Text

Shape = Callable[[pa.Table, Context], Iterable[Chunk]]
"""Turns the typed rows of one stretch of a file into canonical tables.

The table holds one column for every field found (named by ``Field.to``) and ``_row`` (int64, the
1-based row of the file); rows with a bad cell are already gone. Columns of optional fields that
the file lacks are absent. A chunk may carry canonical columns, ``x_…`` columns and ``_row`` (keep
it where a row comes from one row of the file: later issues then name it); anything else is a
mistake of the layout and raises.
"""


class LayoutMistakeError(ValueError):
    """Raised where a layout contradicts itself: a fault of the program, never of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a file and the canonical column it fills.

    ``header`` as the platform writes it (compared after trimming and folding of runs of white
    space, full width and case; ``nth`` tells apart equal headers, from 0). ``to`` is the canonical
    column of ``Layout.table``, or an ``x_…`` name kept as text, or None for a column that is known
    and dropped; any other name is scratch for ``shape`` and needs ``kind`` or ``read``. ``read``
    names the cell reader where the canonical kind is not enough: ``minutes``/``seconds``/``hours``
    (durations as numbers or clock texts into seconds), ``words_duration`` (``4小时46分钟49秒`` into
    seconds), ``percent`` (``5.17%`` and ``0.0517`` into a ratio), ``id``, ``buyer`` (hashed),
    ``own_buyer`` (hashed unless it is one of our hashes: the exchange format only), ``province``
    (of an address, its province alone). ``blank`` lists cell texts that mean null besides the
    general ones. ``scale`` multiplies a number after reading.
    """

    header: str
    to: str | None
    nth: int = 0
    read: str | None = None
    required: bool = True
    """Whether its absence makes the layout unrecognised (a renamed column stops the file)."""
    blank: tuple[str, ...] = ()
    scale: float = 1.0
    kind: Kind | None = None
    """The kind of a scratch column; None: the kind of the canonical column ``to``."""
    signed: bool = False
    """Whether a negative value is allowed here (refund columns, net changes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One export layout of one platform.

    A file is recognised when every required header is present and no header is unknown; when most
    are present, the file stops with the difference between expected and found headers. ``shape``
    turns the typed rows of one stretch into canonical tables (derive ids, split channels); None
    where the plain mapping of ``fields`` onto ``table`` is enough.
    """

    name: str
    """Stable id, ``platform.export``: ``douyin.sessions``."""
    platform: str
    title: Text
    table: str
    fields: tuple[Field, ...]
    header_row: int | None = None
    """1-based row of the header where the platform fixes it: told to people, not needed."""
    currency: str | None = None
    """The currency of the export where it is fixed; None: from the cells or the options."""
    timezone: str | None = None
    """The zone of its times where it is fixed; None: options, then currency, then Shanghai."""
    notes: tuple[Text, ...] = field(default=())
    verified: bool = True
    """Whether the layout was read from a real file."""
    shape: Shape | None = None
    stem: str | None = None
    """The file stem that settles a tie between layouts whose headers both fit (canonical only)."""
    constants: tuple[tuple[str, str], ...] = ()
    """Text columns with one value for every row: ``(("platform", "douyin"),)``."""

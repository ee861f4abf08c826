"""A layout (版式): how one kind of file maps to canonical columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from caopan.units.message import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a file and the canonical column it fills.

    ``header`` as the platform writes it (compared after trimming and folding of runs of white
    space, full width and case; ``nth`` tells apart equal headers, from 0). ``to`` is the canonical
    column of ``Part.table``, or an ``x_…`` name kept as text, or None for a column that is known
    and dropped. ``read`` names the cell reader where the canonical kind is not enough:
    ``minutes``/``seconds``/``hours`` (durations as numbers into seconds), ``words_duration``
    (``4小时46分钟49秒``), ``percent``. ``blank`` lists cell texts that mean null besides the general
    ones. ``scale`` multiplies a number after reading.
    """

    header: str
    to: str | None
    nth: int = 0
    read: str | None = None
    required: bool = True
    """Whether its absence makes the layout unrecognised (a renamed column stops the file)."""
    blank: tuple[str, ...] = ()
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One export layout of one platform.

    A file is recognised when every required header is present; when most are, the file stops with
    the difference between expected and found headers. ``parts`` says which canonical table each
    field goes to. ``shape`` turns the typed rows of one chunk into canonical tables (derive ids,
    split channels); it is a function of ``(rows, context)`` where the plain mapping is enough
    None.
    """

    name: str
    """Stable id, ``platform.export``: ``douyin.sessions``."""
    platform: str
    title: Text
    table: str
    fields: tuple[Field, ...]
    header_row: int | None = None
    """1-based row of the header where it is fixed; None: looked for."""
    currency: str | None = None
    """The currency of the export where it is fixed; None: from the cells or the options."""
    timezone: str | None = None
    notes: tuple[Text, ...] = field(default=())
    verified: bool = True
    """Whether the layout was read from a real file."""

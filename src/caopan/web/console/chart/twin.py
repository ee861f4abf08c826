"""The table twin: every number of a chart as rows of finished cells."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.units.message import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading; figures stand to the right."""

    name: str
    figures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Headings and rows; the first column names the row.

    >>> Twin(columns=(Column(name="天", figures=False),), rows=(("一",), ("二", "多"))).rows
    Traceback (most recent call last):
        ...
    ValueError: a row of 2 cells under 1 headings: ('二', '多')
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a row that does not fill the headings."""
        for row in self.rows:
            if len(row) != len(self.columns):
                message = f"a row of {len(row)} cells under {len(self.columns)} headings: {row}"
                raise ValueError(message)


def columns(first: Text, *others: Text, language: Language) -> tuple[Column, ...]:
    """Return the headings of a twin: the row's name, then figures.

    >>> columns(Text(zh="日", en="Day"), Text(zh="场次", en="Sessions"), language="en")[1]
    Column(name='Sessions', figures=True)
    """
    return (Column(name=first.plain(language), figures=False),
            *(Column(name=other.plain(language)) for other in others))

"""How well a layout fits a header."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from caopan.facts.schema import EXTRA_PREFIX
from caopan.ingest.header import Header, folded
from caopan.ingest.layout import Field, Layout
from caopan.ingest.personal import personal

NEAR = 0.6
"""Share of required columns from which a misfit counts as a near miss."""
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A field and the column of the file (0-based) it is read from."""

    field: Field
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A layout held against a header: what was found, what is missing, what is unknown."""

    layout: Layout
    header: Header
    bindings: tuple[Binding, ...]
    missing: tuple[Field, ...]
    unknown: tuple[str, ...]
    twice: tuple[str, ...] = ()
    """Columns that are known, and stand in the header once too often."""

    @property
    def whole(self) -> bool:
        """Return whether every required column is there, no column unknown, none twice."""
        return bool(self.bindings) and not (self.missing or self.unknown or self.twice)

    @property
    def near(self) -> bool:
        """Return whether it fits well enough to be worth naming the difference."""
        required = sum(each.required for each in self.layout.fields)
        found = required - len(self.missing)
        known = len(self.bindings)
        return (known >= _FEWEST and found >= NEAR * required
                and known >= NEAR * (known + len(self.unknown)))

    @property
    def spare(self) -> tuple[Field, ...]:
        """Return the fields that no column of the file was found for."""
        bound = {id(binding.field) for binding in self.bindings}
        return tuple(each for each in self.layout.fields if id(each) not in bound)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return what orders fits: the most required columns, then columns, then the tightest."""
        required = sum(binding.field.required for binding in self.bindings)
        return required, len(self.bindings), -len(self.layout.fields)


def fit(layout: Layout, header: Header) -> Fit:
    """Return how a layout fits a header; ``x_…`` columns are always known.

    One about a person is known and dropped.

    >>> from caopan.units.message import Text
    >>> layout = Layout(name="p.t", platform="p", title=Text(zh="", en=""), table="products",
    ...                 fields=(Field(header="商品 ID", to="product_id"),))
    >>> found = fit(layout, Header(row=1, names=("商品 id", "价格"), titles=()))
    >>> found.whole, found.unknown
    (False, ('价格',))
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(header.names):
        places[folded(name)].append(at)
    bindings, missing, taken = [], [], set()
    for each in layout.fields:
        where = places.get(folded(each.header), [])
        if each.nth < len(where):
            bindings.append(Binding(field=each, at=where[each.nth]))
            taken.add(where[each.nth])
        elif each.required:
            missing.append(each)
    extras, unknown, twice = _others(header, taken)
    return Fit(layout=layout, header=header, bindings=(*bindings, *extras),
               missing=tuple(missing), unknown=tuple(unknown), twice=tuple(twice))


def _others(header: Header, taken: set[int]) -> tuple[list[Binding], list[str], list[str]]:
    """Return the columns that no field took: own ones, unknown ones, those that repeat."""
    extras, unknown, twice = [], [], []
    known = {folded(header.names[at]) for at in taken}
    for at, name in enumerate(header.names):
        if at in taken or not name:
            continue
        if folded(name) in known:
            twice.append(name)
        elif folded(name).startswith(EXTRA_PREFIX):
            to = None if personal(name) else name.strip()
            extras.append(Binding(field=Field(header=name, to=to), at=at))
            known.add(folded(name))
        else:
            unknown.append(name)
    return extras, unknown, twice

"""A mapping (列对应): which column of a file is what, made once by a person, saved by name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as Lookup
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from caopan.facts.schema import EXTRA_PREFIX, TABLES
from caopan.ingest.catalogue import layouts
from caopan.ingest.completion import SCRATCH, completed
from caopan.ingest.header import folded
from caopan.ingest.layout import Field, Layout
from caopan.ingest.personal import betrays, personal
from caopan.units.message import CaopanError, Message, Text

READERS = frozenset({"seconds", "minutes", "hours", "words_duration", "percent", "id", "buyer",
                     "province"})
"""The cell readers a person may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One column of the file: the canonical column it fills, or None to leave it out."""

    header: str
    to: str | None = None
    nth: int = 0
    read: str | None = None
    scale: float = 1.0
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How one person's file maps onto one canonical table.

    Every column of the file is listed, those left out with ``to`` None: a later file with the
    same header is recognised, one with another header stops with the difference.

    A mapping ``based_on`` a layout is that layout under other names (改名的列): what a column
    becomes is what the layout calls it, and all that the layout does besides reading names stays:
    units, equal rows, false starts, ids, joins.

    >>> mapping = Mapping(name="my shop", table="orders", columns=(
    ...     Mapped(header="订单号", to="order_id"), Mapped(header="付款时间", to="paid_at")))
    >>> mapping.layout().name
    'mapping.my shop'
    """

    name: str
    table: str
    columns: tuple[Mapped, ...]
    platform: str = "other"
    currency: str | None = None
    timezone: str | None = None
    based_on: str | None = None
    """The layout whose columns these are under other names; None: a table of its own."""

    def __post_init__(self) -> None:
        """Refuse what cannot be read."""
        if self.table not in TABLES:
            raise BadMappingError(self.name, f"table {self.table!r}")
        targets = [column.to for column in self.columns if column.to]
        base = self.base
        known = ({field.to for field in base.fields} if base else
                 {*TABLES[self.table].names, *SCRATCH.get(self.table, ())})
        for column in self.columns:
            extra = column.to is not None and column.to.startswith(EXTRA_PREFIX)
            if column.to is not None and column.to not in known and not extra:
                raise BadMappingError(self.name, f"{column.header!r} → {column.to!r}")
            if column.read is not None and column.read not in READERS:
                raise BadMappingError(self.name, f"read = {column.read!r}")
        told = next((each for each in self.columns
                     if betrays(each.header, table=self.table, to=each.to)
                     and not _own(base, each)), None)
        if told is not None:
            raise PersonalColumnError(self.name, told)
        twice = sorted({to for to in targets if targets.count(to) > 1})
        if twice or not targets:
            raise BadMappingError(self.name, f"{twice or 'no columns'}")

    def layout(self) -> Layout:
        """Return the layout that files of this mapping follow."""
        base = self.base
        if base is not None:
            return self._renamed(base)
        return Layout(
            name=f"mapping.{self.name}", platform=self.platform, table=self.table,
            title=Text(zh=f"自定义：{self.name}".replace("{", "("), en=f"mapping {self.name}"
                       .replace("{", "(")),
            fields=tuple(_field(column) for column in self.columns),
            currency=self.currency, timezone=self.timezone, shape=completed(self.table))

    @property
    def base(self) -> Layout | None:
        """Return the layout this mapping stands on."""
        if self.based_on is None:
            return None
        for each in layouts():
            if each.name == self.based_on and each.table == self.table:
                return each
        raise BadMappingError(self.name, f"based_on = {self.based_on!r}")

    def _renamed(self, base: Layout) -> Layout:
        """Return a layout under the names of these columns, all else as it is."""
        known = {field.to: field for field in base.fields if field.to}
        taken = {column.to for column in self.columns}
        said = {folded(column.header) for column in self.columns}
        free = [field for field in base.fields
                if field.to and not field.required and field.to not in taken
                and folded(field.header) not in said]
        name = self.name.replace("{", "(")
        return replace(
            base, name=f"mapping.{self.name}",
            title=Text(zh=f"自定义：{name}（按{base.title.zh}）",
                       en=f"mapping {name} (as {base.title.en})"),
            fields=(*(_on(known.get(column.to or ""), column) for column in self.columns), *free),
            currency=self.currency or base.currency, timezone=self.timezone or base.timezone)

    def signature(self) -> tuple[str, ...]:
        """Return the headers as they are compared, sorted."""
        return tuple(sorted(folded(column.header) for column in self.columns))

    def as_dict(self) -> dict[str, object]:
        """Return the mapping as plain values (JSON), as it is saved."""
        return asdict(self)


def from_dict(body: Lookup[str, object]) -> Mapping:
    """Return the mapping that plain values describe.

    >>> from_dict({"name": "m", "table": "products",
    ...            "columns": [{"header": "货号", "to": "product_id"}]}).columns[0].to
    'product_id'

    Raises:
        BadMappingError: something is missing or of another type.
    """
    try:
        rows = body["columns"]
        if not isinstance(rows, (list, tuple)):
            raise BadMappingError(str(body.get("name", "?")), f"columns: {rows!r}")
        columns = tuple(Mapped(**{**row, "blank": tuple(row.get("blank", ()))}) for row in rows)
        rest = {key: value for key, value in body.items() if key != "columns"}
        return Mapping(columns=columns, **rest)  # type: ignore[arg-type]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadMappingError(str(body.get("name", "?")), str(error)) from None


def from_file(path: Path) -> Mapping:
    """Return the mapping of a TOML or JSON file (told apart by content); its name is the stem's.

    Raises:
        BadMappingError: the file cannot be read as a mapping.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        body = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise BadMappingError(str(path), str(error)) from None
    return from_dict({"name": path.stem, **body})


def _field(column: Mapped) -> Field:
    kind = None
    read = column.read
    if column.to == "duration_seconds" and read is None:
        read = "seconds"
    if column.to == "buyer_id":
        read = "buyer"
    if column.to == "province" and personal(column.header):
        read = "province"
    return Field(header=column.header, to=column.to, nth=column.nth, read=read, kind=kind,
                 scale=column.scale, blank=column.blank, required=column.to is not None)


def _on(field: Field | None, column: Mapped) -> Field:
    """Return a layout's field under the header of a column; what a person said of it counts."""
    if field is None:
        return _field(column)
    scale = column.scale if column.scale != 1.0 else field.scale
    return replace(field, header=column.header, nth=column.nth, read=column.read or field.read,
                   scale=scale, blank=(*field.blank, *column.blank))


def _own(base: Layout | None, column: Mapped) -> bool:
    """Return whether a layout itself reads a column so."""
    return base is not None and any(
        field.to == column.to and folded(field.header) == folded(column.header)
        for field in base.fields)


class BadMappingError(CaopanError):
    """Raised where a mapping names what does not exist."""

    def __init__(self, name: str, what: str) -> None:
        """Name the mapping and what is wrong in it."""
        super().__init__(Message(
            key="bad_mapping", values={"name": name, "what": what},
            text=Text(zh="列对应“{name}”不能用：{what}",
                      en="the mapping {name} cannot be used: {what}"),
            hint=Text(zh="每一列写 header 和 to；to 必须是该表的列、x_ 开头的名字，或不写",
                      en="give each column header and to; to is a column of the table, an x_ "
                         "name, or absent")))


class PersonalColumnError(CaopanError):
    """Raised where a mapping would store what identifies a person."""

    def __init__(self, name: str, column: Mapped) -> None:
        """Name the mapping, the column and what it was to fill."""
        super().__init__(Message(
            key="personal_column", values={"name": name, "header": column.header, "to": column.to},
            text=Text(zh="列对应“{name}”要把个人信息列“{header}”存为 {to}，不允许",
                      en="the mapping {name} would store {header}, which is about a person, as "
                         "{to}"),
            hint=Text(zh="这一列不要写 to；若它用来认买家，对到 buyer_id（只存哈希）",
                      en="leave its to out; where it tells buyers apart, map it to buyer_id, which "
                         "keeps a hash only")))

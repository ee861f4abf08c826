"""Quote what goes into SQL, and name the files a query reads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

_WILD = "[*?"


def literal(text: str) -> str:
    """Return a SQL string.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return a SQL name.

    >>> identifier("from")
    '"from"'
    """
    return '"' + name.replace('"', '""') + '"'


def names(columns: Iterable[str], *, of: str | None = None) -> str:
    """Return a list of columns, each with the alias of its table where one is given.

    >>> names(["day", "from"], of="s")
    's."day", s."from"'
    """
    prefix = f"{of}." if of else ""
    return ", ".join(prefix + identifier(column) for column in columns)


def parquet(files: Sequence[Path], *, types: Mapping[str, str]) -> str:
    """Return the SQL that reads Parquet files, for a FROM clause.

    The types are stated, so that no file is opened to learn them and a column that an older file
    lacks is null. Characters that DuckDB takes for wild cards stand for themselves.

    >>> parquet([Path("a[1]/b.parquet")], types={"n": "BIGINT"})[:43]
    "read_parquet(['a[[]1]/b.parquet'], schema=M"
    """
    columns = ", ".join(
        f"{literal(name)}: {{name: {literal(name)}, type: {literal(kind)}, default_value: NULL}}"
        for name, kind in types.items())
    return f"read_parquet({_listed(files)}, schema=MAP {{{columns}}}, hive_partitioning=false)"


def parquet_by_name(files: Sequence[Path]) -> str:
    """Return the SQL that reads Parquet files in the columns that any of them has.

    >>> parquet_by_name([Path("a.parquet")])
    "read_parquet(['a.parquet'], union_by_name=true, hive_partitioning=false)"
    """
    return f"read_parquet({_listed(files)}, union_by_name=true, hive_partitioning=false)"


def empty(types: Mapping[str, str]) -> str:
    """Return a SELECT of no rows with the given columns.

    >>> empty({"n": "BIGINT"})
    'SELECT CAST(NULL AS BIGINT) AS "n" WHERE false'
    """
    return f"SELECT {typed(types, present=())} WHERE false"


def typed(types: Mapping[str, str], *, present: Container[str]) -> str:
    """Return a list of columns; those that are not present are null.

    >>> typed({"n": "BIGINT", "day": "DATE"}, present=["n"])
    '"n", CAST(NULL AS DATE) AS "day"'
    """
    return ", ".join(identifier(name) if name in present else
                     f"CAST(NULL AS {kind}) AS {identifier(name)}"
                     for name, kind in types.items())


def same(columns: Iterable[str], *, left: str, right: str) -> str:
    """Return the condition that two rows agree in every column; null agrees with null.

    >>> same(["line"], left="a", right="b")
    'a."line" IS NOT DISTINCT FROM b."line"'
    """
    return " AND ".join(f"{left}.{identifier(c)} IS NOT DISTINCT FROM {right}.{identifier(c)}"
                        for c in columns)


def _listed(files: Sequence[Path]) -> str:
    return "[" + ", ".join(literal(_tame(file)) for file in files) + "]"


def _tame(file: Path) -> str:
    return "".join(f"[{c}]" if c in _WILD else c for c in file.as_posix())

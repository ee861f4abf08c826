"""Rows that say the same twice, and rows that only share a key.

Rows equal in everything are one row. Different rows under one derived key are both kept: the
second and later get a rank behind the key, by what they hold and not by where they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.issue import Level
from caopan.ingest.problems import Problems
from caopan.ingest.seen import Seen
from caopan.units.message import Message, Text

ROW = "_row"
"""The column that says in which row of the file a row stood."""

Rank = tuple[tuple[tuple[bool, float], ...], str]

_EQUAL = Text(zh="有 {n} 行与前面的行完全相同，只算一次",
              en="{n} rows repeat an earlier row; they count once")
_EQUAL_HINT = Text(zh="不用处理；若它们确是不同的记录，请在导出里加上能区分的列",
                   en="nothing to do; if they are different facts, export a column that tells "
                      "them apart")
_SHARED = Text(zh="有 {n} 行与另一行同账号、同开播时间、同标题、同时长，但数值不同：都保留",
               en="{n} rows share everything that names them with another row but differ in value: "
                  "all are kept")
_SHARED_HINT = Text(zh="核对是不是同一场导出了两次；若是，请删掉旧的那行再导入",
                    en="check whether one show was exported twice; if so delete the older row and "
                       "import again")


def unique(rows: pa.Table, *, problems: Problems) -> pa.Table:
    """Return the rows without those equal to an earlier one in everything but their place.

    The first of equal rows stays; the others are counted in one warning.

    >>> rows = pa.table({"a": [1, 1, 2], "_row": [4, 5, 6]})
    >>> unique(rows, problems=Problems(file="f.csv"))["_row"].to_pylist()
    [4, 6]
    """
    values = [name for name in rows.column_names if name != ROW]
    places = rows.select([]).append_column("place", pa.array(range(rows.num_rows), pa.int64()))
    for name in values:
        places = places.append_column(name, rows[name])
    first = places.group_by(values).aggregate([("place", "min")])["place_min"]
    dropped = rows.num_rows - len(first)
    if not dropped:
        return rows
    problems.once(Message(key="equal_rows", text=_EQUAL, values={"n": dropped}, hint=_EQUAL_HINT),
                  level=Level.WARNING)
    return rows.take(first.combine_chunks().sort())


def told_apart(
    keys: pa.Array, rows: pa.Table, *, by: Sequence[str], problems: Problems | None = None,
    seen: Seen | None = None,
) -> pa.Array:
    """Return the keys with ``-2``, ``-3`` … behind all but the first of equal ones.

    Equal keys are ranked by the columns ``by`` (the largest first, null last; columns that are
    not there do not count), then by all they hold, so the order of the rows does not matter.
    With ``problems`` the rows that share a key are counted in one warning. With ``seen`` the ranks
    go on from the stretches of the file that were read before.

    >>> rows = pa.table({"gmv": [5, 9, 1]})
    >>> told_apart(pa.array(["k", "k", "m"]), rows, by=["gmv"]).to_pylist()
    ['k-2', 'k', 'm']
    """
    before = seen.counted(keys) if seen else np.zeros(len(keys), dtype=np.int64)
    counts = pc.value_counts(keys)
    shared = pc.filter(counts.field("values"), pc.greater(counts.field("counts"), 1))
    places = pc.indices_nonzero(pc.or_(pc.is_in(keys, value_set=shared), pa.array(before > 0)))
    if not len(places):
        return keys
    order = [name for name in by if name in rows.column_names]
    groups: defaultdict[str, list[tuple[Rank, int]]] = defaultdict(list)
    for place, row in zip(places.to_pylist(), rows.take(places).to_pylist(), strict=True):
        groups[keys[place].as_py()].append((_rank(row, order), place))
    result = keys.to_pylist()
    for twins in groups.values():
        for rank, (_, place) in enumerate(sorted(twins), start=1):
            if (whole := rank + int(before[place])) > 1:
                result[place] = f"{result[place]}-{whole}"
    if problems is not None:
        more = sum(map(len, groups.values())) - len(groups)
        problems.once(Message(key="shared_key", text=_SHARED, values={"n": more},
                              hint=_SHARED_HINT), level=Level.WARNING)
    return pa.array(result, pa.string())


def _rank(row: dict[str, Any], order: Sequence[str]) -> Rank:
    """Return a sort key: larger numbers first, unknown last, then whatever else the row holds."""
    numbers = tuple((row[name] is None, -(row[name] or 0)) for name in order)
    return numbers, str(sorted((name, str(value)) for name, value in row.items() if name != ROW))

"""The shortest hand-written import of the CSV: decode, clean and write, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

HAND = """
COPY (SELECT a AS order_id, CAST(round(CAST(replace(replace(replace(c, '¥', ''), ',', ''), '万', '')
      AS DOUBLE) * (CASE WHEN c LIKE '%万' THEN 1000000 ELSE 100 END)) AS BIGINT) AS amount, d AS
      province, try_strptime(e, '%Y-%m-%d %H:%M:%S') AS created_at,
      try_strptime(f, '%Y-%m-%d %H:%M:%S') AS paid_at,
      CAST(round(TRY_CAST(g AS DOUBLE) * 100) AS BIGINT) AS refund_amount,
      nullif(h, '--') AS x_note
      FROM read_csv(?, header = true, columns = {columns}, delim = ',', quote = '"',
                    auto_detect = false))
TO '{target}' (FORMAT parquet)
"""


def hand_written(file: Path) -> None:
    """Decode, clean and write with as little as it takes."""
    decoded = file.with_suffix(".utf8.csv")
    decoded.write_bytes(file.read_bytes().decode("gb18030").encode())
    with duckdb.connect() as connection:
        columns = dict.fromkeys("abcdefgh", "VARCHAR")
        connection.execute(HAND.format(target=file.with_suffix(".parquet"), columns=columns),
                           [str(decoded)])


if __name__ == "__main__":
    hand_written(Path(sys.argv[1]))

"""A million rows in: the product's import beside the shortest hand-written way."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.row import Row, best, seconds
from caopan import Workspace

ROWS = 1_000_000
HEADER = ["订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "订单付款时间",
          "退款金额", "备注"]
HAND = """
COPY (SELECT a AS order_id, CAST(round(CAST(replace(replace(replace(c, '¥', ''), ',', ''), '万', '')
      AS DOUBLE) * (CASE WHEN c LIKE '%万' THEN 1000000 ELSE 100 END)) AS BIGINT) AS amount, d AS
      province, try_strptime(e, '%Y-%m-%d %H:%M:%S') AS created_at,
      try_strptime(f, '%Y-%m-%d %H:%M:%S') AS paid_at,
      CAST(round(TRY_CAST(g AS DOUBLE) * 100) AS BIGINT) AS refund_amount
      FROM read_csv(?, header = true, all_varchar = true, names = ['a','b','c','d','e','f','g','h'],
                    delim = ',', quote = '"', auto_detect = false))
TO '{target}' (FORMAT parquet)
"""


def table() -> list[list[object]]:
    rng = np.random.default_rng(7)
    paid = rng.gamma(2.0, 60.0, ROWS).round(2)
    start = np.datetime64("2026-01-01T00:00:00")
    created = start + rng.integers(0, 90 * 86400, ROWS).astype("timedelta64[s]")
    provinces = np.array(["上海", "浙江省", "广东省", "四川省", "河南省"])[rng.integers(0, 5, ROWS)]
    unpaid = rng.random(ROWS) < 0.1
    when = np.datetime_as_string(created)
    later = np.datetime_as_string(created + np.timedelta64(40, "s"))
    return [[str(10**15 + i), f"{paid[i] + 5:.2f}", amount(paid[i], i), provinces[i],
             when[i].replace("T", " "), "" if unpaid[i] else later[i].replace("T", " "),
             "0.0" if i % 3 else f"{paid[i] / 2:.2f}", "--" if i % 2 else "老客"]
            for i in range(ROWS)]


def amount(value: float, i: int) -> str:
    if i % 50 == 0:
        return f"{value / 100:.2f}万"
    return f"¥{value:,.2f}" if i % 10 == 0 else f"{value:.2f}"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = table()
        text, sheet = folder / "orders.csv", folder / "orders.xlsx"
        with text.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([HEADER, *lines])
        yield Row(name="import of a 1 M-row GB18030 CSV, beside decode + DuckDB", limit=1.5,
                  ours=min(seconds(lambda i=i: ours(folder / f"csv{i}", text)) for i in range(3)),
                  theirs=best(lambda: hand_written(folder, text)))
        with xlsxwriter.Workbook(sheet, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for i, line in enumerate([HEADER, *lines]):
                page.write_row(i, 0, line)
        del lines
        yield Row(name="import of a 1 M-row spreadsheet, beside calamine alone", limit=1.3,
                  ours=seconds(lambda: ours(folder / "sheet", sheet)),
                  theirs=seconds(lambda: calamine(sheet)))


def ours(workspace: Path, file: Path) -> None:
    with Workspace.open(workspace) as opened:
        result = opened.import_files([file], mapping=MAPPING)
        assert sum(counts.added for counts in result.tables.values()) >= ROWS, result


def hand_written(folder: Path, file: Path) -> None:
    decoded = folder / "decoded.csv"
    decoded.write_bytes(file.read_bytes().decode("gb18030").encode())
    with duckdb.connect() as connection:
        connection.execute(HAND.format(target=folder / "hand.parquet"), [str(decoded)])


def calamine(file: Path) -> None:
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


MAPPING = {
    "name": "bench", "table": "orders",
    "columns": {"订单编号": "order_id", "总金额": None, "买家实际支付金额": "amount",
                "收货地址": "province", "订单创建时间": "created_at", "订单付款时间": "paid_at",
                "退款金额": "refund_amount", "备注": "x_note"},
}
"""What a user would have saved for this file."""

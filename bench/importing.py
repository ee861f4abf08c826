"""A million rows in: the product's import beside the shortest hand-written way."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import xlsxwriter

from bench.row import Row, seconds
from caopan import Workspace

ROWS = 1_000_000
HEADER = ["订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "订单付款时间",
          "退款金额", "备注"]


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
        mapping = folder / "bench.json"
        mapping.write_text(json.dumps(MAPPING, ensure_ascii=False), encoding="utf-8")
        yield row(text, mapping, "import of a 1 M-row GB18030 CSV, beside decode + DuckDB",
                  limit=1.5, theirs="bench.hand_csv", times=3)
        with xlsxwriter.Workbook(sheet, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for i, line in enumerate([HEADER, *lines]):
                page.write_row(i, 0, line)
        del lines
        yield row(sheet, mapping, "import of a 1 M-row spreadsheet, beside calamine alone",
                  limit=1.3, theirs="bench.hand_sheet", times=2)


def row(file: Path, mapping: Path, name: str, *, limit: float, theirs: str, times: int) -> Row:
    """Return one file's import beside the hand-written way, in turn, each in a fresh process.

    The hand-written way is a module that loads nothing of the product.
    """
    both = []
    for i in range(times):
        workspace = file.parent / f"{file.name}-{i}"
        own = fresh(["-m", "caopan", "--workspace", str(workspace), "--json", "import", str(file),
                     "--mapping", str(mapping)])
        check(workspace)
        both.append((own, fresh(["-m", theirs, str(file)])))
        shutil.rmtree(workspace)
    return Row(name=name, limit=limit, ours=min(one for one, _ in both),
               theirs=min(other for _, other in both))


def fresh(command: list[str]) -> float:
    """Return how long Python takes to run a command, its start included as a user waits for it.

    Bytecode is kept between runs, as Python does unless told otherwise; the shortest run counts.
    """
    kept = Path(tempfile.gettempdir()) / "caopan-bench-bytecode"
    environment = {name: value for name, value in os.environ.items()
                   if name != "PYTHONDONTWRITEBYTECODE"}
    return seconds(lambda: subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *command], check=True, stdout=subprocess.DEVNULL,
        env=environment | {"PYTHONPYCACHEPREFIX": str(kept)}))


def check(workspace: Path) -> None:
    """Pass where every row arrived."""
    with Workspace.open(workspace) as opened:
        added = sum(counts.added for counts in opened.batches()[-1].tables.values())
    if added < ROWS:
        message = f"{added} of {ROWS} rows arrived"
        raise ValueError(message)


MAPPING = {
    "name": "bench", "table": "orders",
    "columns": [
        {"header": "订单编号", "to": "order_id"}, {"header": "总金额"},
        {"header": "买家实际支付金额", "to": "amount"}, {"header": "收货地址", "to": "province"},
        {"header": "订单创建时间", "to": "created_at"}, {"header": "订单付款时间", "to": "paid_at"},
        {"header": "退款金额", "to": "refund_amount"}, {"header": "备注", "to": "x_note"},
    ],
}
"""What a user would have saved for this file."""

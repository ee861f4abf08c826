"""A million rows in: the product's import beside the shortest hand-written way."""

from __future__ import annotations

import csv
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import xlsxwriter

from bench.hand_csv import hand_written
from bench.hand_sheet import calamine
from bench.row import Row, seconds
from caopan import Workspace

ROWS = 1_000_000
SELF, CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
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
        with xlsxwriter.Workbook(sheet, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for i, line in enumerate([HEADER, *lines]):
                page.write_row(i, 0, line)
        del lines
        yield from judged(text, mapping, "1 M-row GB18030 CSV", hand_written, limit=1.5,
                          theirs="bench.hand_csv", times=5)
        yield from judged(sheet, mapping, "1 M-row spreadsheet, beside calamine alone", calamine,
                          limit=1.3, theirs="bench.hand_sheet", times=3)


def judged(file: Path, mapping: Path, name: str, by_hand: Callable[[Path], None], *, limit: float,
           theirs: str, times: int) -> Iterator[Row]:
    """Yield the work beside the hand-written way; what fresh processes take is printed first.

    The limit is of the work by the wall clock, on two cores: one process, everything loaded, as
    the reference was measured; processor time is printed beside it. A
    fresh process pays for its modules besides, once and whatever the size of the file; the
    hand-written way is then a module that loads nothing of the product.
    """
    fresh_ones = list(fresh_pairs(file, mapping, theirs=theirs, times=times))
    for clock, row in both_clocks(fresh_ones, name=name, limit=limit):
        print(f"      {name}, fresh processes, {clock}: {row.ours:.2f} s beside {row.theirs:.2f} s "
              f"({row.figure:.2f} ×)", flush=True)
    loaded = list(loaded_pairs(file, mapping, by_hand, times))
    judged_one, other = (row for _, row in both_clocks(loaded, name=name, limit=limit))
    print(f"      {other.name}: {other.ours:.2f} s beside {other.theirs:.2f} s "
          f"({other.figure:.2f} ×)", flush=True)
    yield judged_one


def both_clocks(pairs: list[tuple[Spent, Spent]], *, name: str,
                limit: float) -> Iterator[tuple[str, Row]]:
    """Yield the ratio by the wall clock and by processor time, each of the least that was seen."""
    for clock, of in (("wall", Spent.on_the_wall), ("user + system", Spent.on_processors)):
        yield clock, Row(name=f"{name}, {clock}", limit=limit,
                         ours=min(of(one) for one, _ in pairs),
                         theirs=min(of(other) for _, other in pairs))


def fresh_pairs(file: Path, mapping: Path, *, theirs: str,
                times: int) -> Iterator[tuple[Spent, Spent]]:
    """Yield what ours and theirs took, in turn, each in a fresh process."""
    for i in range(times):
        workspace = file.parent / f"{file.name}-{i}"
        own = fresh(["-m", "caopan", "--workspace", str(workspace), "--json", "import", str(file),
                     "--mapping", str(mapping)])
        check(workspace)
        yield own, fresh(["-m", theirs, str(file)])
        shutil.rmtree(workspace)


def loaded_pairs(file: Path, mapping: Path, by_hand: Callable[[Path], None],
                 times: int) -> Iterator[tuple[Spent, Spent]]:
    """Yield what ours and theirs took, in turn, in this one process with everything loaded.

    What else is loaded here is set aside from the collector while the hand-written way runs: to
    walk it is not its work. What it makes itself is collected as in any program.
    """
    for i in range(times + 1):
        folder = file.parent / f"loaded-{i}"
        with Workspace.open(folder) as workspace:
            own = spent(partial(workspace.import_files, [file], mapping=mapping), SELF)
        check(folder)
        gc.collect()
        gc.freeze()
        other = spent(partial(by_hand, file), SELF)
        gc.unfreeze()
        shutil.rmtree(folder)
        if i:  # the first of each loads what it needs
            yield own, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a piece of work took: seconds by the wall clock and of processors."""

    wall: float
    processors: float

    def on_the_wall(self) -> float:
        """Return the seconds by the wall clock."""
        return self.wall

    def on_processors(self) -> float:
        """Return the seconds of processors, those of the system included."""
        return self.processors


def spent(work: Callable[[], object], who: int) -> Spent:
    """Return what one call took of this process, or of its children."""
    before = resource.getrusage(who)
    wall = seconds(work)
    after = resource.getrusage(who)
    return Spent(wall=wall, processors=(after.ru_utime - before.ru_utime
                                        + after.ru_stime - before.ru_stime))


def fresh(command: list[str]) -> Spent:
    """Return what Python takes to run a command, its start included as a user waits for it.

    Bytecode is kept between runs, as Python does unless told otherwise; the shortest run counts.
    """
    kept = Path(tempfile.gettempdir()) / "caopan-bench-bytecode"
    environment = {name: value for name, value in os.environ.items()
                   if name != "PYTHONDONTWRITEBYTECODE"}
    return spent(lambda: subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *command], check=True, stdout=subprocess.DEVNULL,
        env=environment | {"PYTHONPYCACHEPREFIX": str(kept)}), CHILDREN)


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

"""A run sheet as a workbook and back (节目单表格): nothing lost, every fault by its row."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from caopan.facts.issue import Issue, Level
from caopan.ingest.workbook import inspect
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import MONEY, WORDS, BadRunSheetError, read, written
from caopan.units.message import CaopanError, Message, Text

HEADS = {
    "id": "编号", "type": "类型", "class": "角色", "title": "标题", "product_id": "商品",
    "seconds": "秒数", "min_seconds": "最短秒数", "anchor": "整点承诺", "daily_price": "日常价",
    "live_price": "直播价", "coupon": "券", "final_price": "到手价", "unit_cost": "成本",
    "stock_batches": "放单批次", "gmv_low": "GMV低", "gmv_mid": "GMV中", "gmv_high": "GMV高",
    "gmv_level": "GMV区间", "units_low": "件数低", "units_mid": "件数中", "units_high": "件数高",
    "units_level": "件数区间", "points": "要点", "banned_words": "禁词", "conditions": "条件",
    "sample_ready": "样品", "fallback_id": "备选", "optional": "可删"}
RANGES, ENDS = ("gmv", "units"), ("low", "mid", "high", "level")
COUNTS, FLAGS = ("seconds", "min_seconds"), ("sample_ready", "optional")
LISTS = (*WORDS, "stock_batches")
YES, NO = ("yes", "是", "true", "1"), ("no", "否", "false", "0")
SHEET, ABOUT = "节目单", "说明"
LONGEST = 32_767
_PLACE = re.compile(r"items\[(\d+)\](?:\.(\w+))?")


def workbook(sheet: RunSheet, *, session_id: str) -> bytes:
    """Return a run sheet as a workbook: an item a row; no text becomes a formula.

    >>> workbook(RunSheet(), session_id="s1")[:2]
    b'PK'

    Raises:
        SheetBookError: an item holds more than a cell can.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                     "strings_to_urls": False, "strings_to_numbers": False})
    page, about = book.add_worksheet(SHEET), book.add_worksheet(ABOUT)
    bold = book.add_format({"bold": True})
    for column, (key, word) in enumerate(HEADS.items()):
        page.write_string(0, column, f"{word} {key}", bold)
    page.freeze_panes(1, 0)
    document = written(sheet)
    entries = document["items"]
    for row, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        cells = _cells(entry)
        for column, key in enumerate(HEADS):
            cell = cells[key]
            if isinstance(cell, str):
                if len(cell) > LONGEST:
                    raise SheetBookError(TOO_LONG, [], row=row + 1, column=key)
                page.write_string(row, column, cell)
            elif cell is not None:
                _write_number(page, row, column, float(str(cell)))
    for row, (key, value) in enumerate({"session_id": session_id, "currency": sheet.currency,
                                        "version": str(sheet.version)}.items()):
        about.write_string(row, 0, key, bold)
        about.write_string(row, 1, value)
    book.close()
    return out.getvalue()


def _write_number(page: Worksheet, row: int, column: int, value: float) -> None:
    """Write a number; one with more digits than a cell keeps is written out, to come back whole."""
    if float(f"{value:.16G}") == value:
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, repr(value))


def _cells(entry: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {key: entry.get(key) for key in HEADS}
    target = entry["target"]
    for name in RANGES:
        told = target.get(name) if isinstance(target, Mapping) else None
        for end in ENDS:
            found[f"{name}_{end}"] = told and told[end]
    for name in WORDS:
        found[name] = _joined(entry[name])
    batches = entry["stock_batches"]
    plain = isinstance(batches, list) and all(
        one["when"] is None and not one["locked"] for one in batches)
    found["stock_batches"] = (_joined([str(one["quantity"]) for one in batches])
                              if plain and isinstance(batches, list)
                              else json.dumps(batches, ensure_ascii=False))
    for name in FLAGS:
        found[name] = None if entry[name] is None else "yes" if entry[name] else "no"
    for name in MONEY:
        found[name] = None if entry[name] is None else float(str(entry[name]))
    return found


def _joined(texts: object) -> str | None:
    """Return texts a line each; as JSON where a line would not say them."""
    if not isinstance(texts, list) or not texts:
        return None
    joined = "\n".join(texts)
    if joined.split("\n") != texts or joined != joined.strip() or joined.startswith("[") or any(
            not one or one != one.strip() or "\r" in one for one in texts):
        return json.dumps(texts, ensure_ascii=False)
    return joined


def opened(path: Path) -> tuple[RunSheet, str | None]:
    """Return the run sheet of a workbook and the session it is of, None where it does not say.

    Raises:
        SheetBookError: the file is no such workbook, or rows have faults: each is an issue.
    """
    try:
        with path.open("rb") as stream:
            inspect(stream)
        book = CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        rows = book.get_sheet_by_name(SHEET if SHEET in names else names[0]).to_python(
            skip_empty_area=False)
        about = (book.get_sheet_by_name(ABOUT).to_python() if ABOUT in names else [])
    except (OSError, CalamineError, IndexError) as fault:
        raise SheetBookError(NO_BOOK, [], file=path.name, fault=str(fault)) from fault
    told = {str(row[0]): str(row[1]) for row in about if len(row) > 1}
    head = [str(cell).split()[-1] if str(cell).strip() else "" for cell in rows[0]] if rows else []
    if "id" not in head or "type" not in head:
        raise SheetBookError(NO_BOOK, [], file=path.name, fault="id, type")
    filled = [(at, row) for at, row in enumerate(rows[1:], start=2)
              if any(cell not in {"", None} for cell in row)]
    entries = [_entry(dict(zip(head, row, strict=False))) for _, row in filled]
    version = told.get("version", "1")
    try:
        return read({"items": entries, "currency": told.get("currency", "CNY"),
                     "version": int(version) if version.isdigit() else version},
                    ), told.get("session_id") or None
    except BadRunSheetError as bad:
        raise SheetBookError(FAULTS, [_issue(one, path.name, [at for at, _ in filled])
                                      for one in bad.problems], n=len(bad.problems)) from bad


def _issue(problem: Message, file: str, rows: Sequence[int]) -> Issue:
    place = _PLACE.search(str(problem.values.get("where", "")))
    row = rows[int(place[1])] if place else None
    return Issue(level=Level.ERROR, message=problem, file=file, sheet=SHEET, row=row,
                 column=place[2] if place else None,
                 value=str(problem.values.get("value", "")) or None)


def _entry(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row as the run sheet's JSON; what it cannot read stays as it is, for its reader."""
    cells = {key: value for key, value in row.items() if value not in {"", None}}
    found: dict[str, object] = {key: _text(value) for key, value in cells.items()
                                if key not in {*COUNTS, *MONEY, *LISTS, *FLAGS}
                                and key.split("_")[0] not in RANGES}
    found |= {name: _whole(cells[name]) for name in COUNTS if name in cells}
    found |= {name: _text(cells[name]) for name in MONEY if name in cells}
    found |= {name: _listed(cells[name]) for name in WORDS if name in cells}
    found |= {name: _flag(cells[name]) for name in FLAGS if name in cells}
    if "stock_batches" in cells:
        found["stock_batches"] = _batches(_listed(cells["stock_batches"]))
    target = {name: {end: cells[f"{name}_{end}"] for end in ENDS if f"{name}_{end}" in cells}
              for name in RANGES}
    if any(target.values()):
        found["target"] = {name: told or None for name, told in target.items()}
    return found


def _text(value: object) -> object:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else str(value)


def _whole(value: object) -> object:
    if isinstance(value, str) and value.strip().isdigit():
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _flag(value: object) -> object:
    said = str(_text(value)).strip().lower()
    return True if said in YES else False if said in NO else value


def _listed(value: object) -> object:
    text = str(_text(value))
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return [line.strip() for line in text.split("\n") if line.strip()]


def _batches(value: object) -> object:
    if not isinstance(value, list):
        return value
    return [{"quantity": _whole(one)} if isinstance(one, str) else one for one in value]


NO_BOOK = Message(key="no_sheet_book",
                  text=Text(zh="{file} 不是节目单表格（{fault}）",
                            en="{file} is no workbook of a run sheet ({fault})"),
                  hint=Text(zh="用 caopan runsheet export 导出一份，照着改",
                            en="export one with caopan runsheet export and edit that"))
FAULTS = Message(key="bad_sheet_rows", text=Text(zh="节目单表格有 {n} 处不对，什么都没有存",
                                                 en="{n} faults in the workbook; nothing was kept"),
                 hint=Text(zh="按行改好再导入", en="mend them by row and import again"))
TOO_LONG = Message(key="cell_too_long", text=Text(zh="第 {row} 行的 {column} 太长，单元格放不下",
                                                  en="row {row}: {column} is longer than a cell "
                                                     "holds"))


class SheetBookError(CaopanError):
    """Raised for a workbook that cannot be a run sheet; ``issues`` names its faults by row."""

    def __init__(self, message: Message, issues: Sequence[Issue], **values: object) -> None:
        """Keep the faults."""
        self.issues = tuple(issues)
        super().__init__(Message(key=message.key, text=message.text, hint=message.hint,
                                 values=values))

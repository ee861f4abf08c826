"""Hostile and broken files end in one clear error, quickly and small."""

from __future__ import annotations

import gzip
import io
import os
import time
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from caopan.facts.issue import Level

HEAD = "场次ID,主播,开播时间,成交金额\n"
ROW = "1,小美,2026-03-01 19:30,5\n"
SECONDS = 5.0


@pytest.fixture
def refused(reading: Callable[..., Any]) -> Callable[[bytes], str]:
    """Return the function that reads a file and expects one error, no rows and little time."""
    def read(body: bytes) -> str:
        started = time.process_time()
        rows, found = reading(body)
        assert time.process_time() - started < SECONDS
        assert rows == {}
        assert found.skipped is not None
        errors = [issue for issue in found.issues if issue.level is Level.ERROR]
        assert [issue.message.key for issue in errors] == [found.skipped.key]
        assert errors[0].file == "shows.csv"
        assert found.skipped.say("zh")
        assert found.skipped.say("en")
        return found.skipped.key
    return read


@pytest.mark.parametrize(("body", "key"), [
    (b"", "empty_file"), (b"\xef\xbb\xbf", "empty_file"), (b"\n\n  \r\n", "empty_file"),
    (b"\0" * 5000, "nul"), (HEAD.encode() + b"1,a\0,2026-03-01,5\n", "nul"),
    (b"%PDF-1.7 ...", "not_a_table"), (b"\x89PNG\r\n\x1a\n....", "not_a_table"),
    (b"\xff\xd8\xff\xe0 JFIF", "not_a_table"), (b"RIFF....WEBP", "not_a_table"),
    (b"Rar!\x1a\x07", "not_a_table"), (b"<!doctype html><table>", "not_a_table"),
    (b"  <HTML>", "not_a_table"), (b"\0\0\0\x20ftypisom", "not_a_table"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged_file"),
    (b"PAR1" + b"x" * 100 + b"PAR1", "damaged_file"), (b"PAR1", "damaged_file"),
    (b"PK\x03\x04 no archive", "damaged_file"), (b"\x1f\x8b\x08 no gzip at all", "damaged_file"),
    (b"\x01\x02\x03\x04\x05\x06" * 500, "binary"),
    (b"a,b\n\xff\xfe\xfd,\x80\n", "encoding"),
])
def test_what_is_no_table_is_refused_in_one_sentence(
    refused: Callable[..., Any], body: bytes, key: str,
) -> None:
    assert refused(body) == key


def test_random_bytes_are_refused(refused: Callable[..., Any]) -> None:
    noise = np.random.default_rng(7).bytes(200_000)

    assert refused(noise) in {"encoding", "binary", "nul"}


def test_a_line_of_ten_megabytes_is_refused(refused: Callable[..., Any]) -> None:
    assert refused((HEAD + "1," + "x" * 10_000_000 + ",2026-03-01,5\n").encode()) == "long_line"
    assert refused(b"x" * 10_000_000) == "long_line"


def test_a_quote_that_never_closes_is_named_with_what_it_swallowed(
    reading: Callable[..., Any],
) -> None:
    rows, found = reading(HEAD + ROW + '2,"a,2026-03-01,3\n' + ROW * 500)

    assert len(rows["sessions"]) == 1
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(3, "unclosed_quote")]
    assert found.issues[0].message.values["lines"] == 500


def test_a_quote_that_never_closes_in_a_large_file_ends_the_reading(
    refused: Callable[..., Any],
) -> None:
    body = (HEAD + '1,"a,2026-03-01,3\n' + ROW * 1_200_000).encode()

    assert refused(body) == "unclosed"


def test_a_cell_that_is_too_long_is_one_bad_cell(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + f'1,"{"x" * 70_000}",2026-03-01 19:30,5\n' + ROW)

    assert len(rows["sessions"]) == 1
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(2, "too_long")]
    assert len(found.issues[0].value) <= 200


def test_three_thousand_columns_are_refused(refused: Callable[..., Any]) -> None:
    assert refused(",".join(f"c{at}" for at in range(3_000)).encode() + b"\n") == (
        "too_many_columns")


def test_a_formula_in_a_csv_is_plain_text(reading: Callable[..., Any]) -> None:
    rows, found = reading(HEAD + "=cmd|'/c calc'!A1,@SUM(1),2026-03-01 19:30,5\n")

    assert rows["sessions"][0]["session_id"] == "=cmd|'/c calc'!A1"
    assert rows["sessions"][0]["streamer_id"] == "@SUM(1)"
    assert found.issues == []


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_gzip_that_breaks_off_is_refused_and_gives_no_rows_silently(
    reading: Callable[..., Any], kept: float,
) -> None:
    whole = gzip.compress((HEAD + "".join(
        f"{at},小美,2026-03-01 19:30,{at}\n" for at in range(50_000))).encode())

    _, found = reading(whole[:int(len(whole) * kept)])

    assert found.broken
    assert [issue.message.key for issue in found.issues] == ["damaged_file"]


def test_a_gzip_that_swells_is_refused(refused: Callable[..., Any]) -> None:
    bomb = gzip.compress(HEAD.encode() + b"\n" * 100_000_000)

    assert refused(bomb) == "swollen"


def test_a_gzip_inside_a_gzip_is_refused(refused: Callable[..., Any]) -> None:
    assert refused(gzip.compress(gzip.compress(HEAD.encode()))) == "archive_entry"


def test_a_parquet_file_of_lists_is_refused_by_column(refused: Callable[..., Any]) -> None:
    assert refused(_parquet({"场次ID": [["a"]], "主播": ["b"]})) == "nested_column"


def test_a_parquet_file_that_breaks_off_is_refused(refused: Callable[..., Any]) -> None:
    body = _parquet({"场次ID": ["1"], "主播": ["a"]})

    assert refused(body[:-15]) == "damaged_file"


def test_a_parquet_file_with_spoilt_pages_is_refused(reading: Callable[..., Any]) -> None:
    body = bytearray(_parquet({"场次ID": [str(at) for at in range(5_000)],
                               "主播": ["a"] * 5_000, "开播时间": ["2026-03-01"] * 5_000,
                               "成交金额": [1.0] * 5_000}))
    body[60:400] = os.urandom(340)

    _, found = reading(bytes(body))

    assert found.broken
    assert found.issues[-1].message.key == "damaged_file"


def test_a_workbook_that_breaks_off_is_refused(
    refused: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    whole = workbook(a=[["场次ID", "主播", "开播时间", "成交金额"], ["1", "a", "2026-03-01", 5]])

    for kept in (0.2, 0.5, 0.9, 0.999):
        assert refused(whole[:int(len(whole) * kept)]) == "damaged_file"


def test_a_workbook_with_spoilt_bytes_is_refused(
    refused: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    whole = bytearray(workbook(a=[["a", "b"], *[[f"x{at}", at] for at in range(2_000)]]))
    at = zipfile.ZipFile(io.BytesIO(whole)).getinfo("xl/worksheets/sheet1.xml").header_offset
    whole[at + 200:at + 260] = b"\xff" * 60

    assert refused(bytes(whole)) == "damaged_file"


def test_a_workbook_under_another_name_is_read_as_what_it_is(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    body = workbook(a=[["场次ID", "主播", "开播时间", "成交金额"],
                       ["1", "a", "2026-03-01 19:30", 5]])

    rows, found = reading(body, name="export.csv")

    assert len(rows["sessions"]) == 1
    assert "xlsx" in found.reasons[-1].say("en")


def test_text_under_the_name_of_a_workbook_is_read_as_text(reading: Callable[..., Any]) -> None:
    rows, _ = reading(HEAD + ROW, name="export.xlsx")

    assert len(rows["sessions"]) == 1


def test_a_formula_in_a_workbook_gives_the_value_it_was_saved_with(
    reading: Callable[..., Any],
) -> None:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (["场次ID", "主播", "开播时间", "成交金额"], ["1", "a", "2026-03-01 19:30", "=2+3"]):
        book.active.append(row)
    book.save(buffer)

    rows, _ = reading(buffer.getvalue())

    assert rows["sessions"][0]["gmv"] is None, "openpyxl saves no value beside its formulas"


def test_a_workbook_with_macros_is_read_as_data(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    body = io.BytesIO(workbook(a=[["场次ID", "主播", "开播时间", "成交金额"],
                                  ["1", "a", "2026-03-01 19:30", 5]]))
    with zipfile.ZipFile(body, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")

    rows, _ = reading(body.getvalue())

    assert len(rows["sessions"]) == 1


def test_a_workbook_with_a_password_is_named(refused: Callable[..., Any]) -> None:
    body = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900)

    assert refused(body) == "password"


def test_a_binary_workbook_and_a_document_are_named(refused: Callable[..., Any]) -> None:
    assert refused(_zip({"xl/workbook.bin": b"x"})) == "old_office"
    assert refused(_zip({"word/document.xml": b"x"})) == "old_office"


def test_an_archive_read_as_a_file_says_how_to_enter_it(refused: Callable[..., Any]) -> None:
    assert refused(_zip({"a.csv": b"a,b\n"})) == "archive_for_folder"


@pytest.mark.parametrize("cells", [
    [("A1", 1), ("XFD1048576", 1_048_576)], [("A1", 1), ("ZZ1", 1), ("A1048576", 1_048_576)],
    [("A1", 1), ("A99999999", 99_999_999)], [("A1", 1), ("A4294967295", 4_294_967_295)],
    [("A1", 1), ("xfd1048576", 1_048_576), ("B2", 2)],
])
def test_a_far_corner_does_not_take_the_memory_of_the_area_between(
    refused: Callable[..., Any], workbook: Callable[..., Any], cells: list[tuple[str, int]],
) -> None:
    assert refused(_sheet(workbook, _rows(cells))) == "too_wide_area"


def test_a_far_corner_in_odd_syntax_is_found_too(
    refused: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    odd = b"<row r='1'><c r='A1'/></row><row><c  r = 'XFD1048576' ><v>1</v></c></row>"

    assert refused(_sheet(workbook, [odd])) == "too_wide_area"


def test_a_workbook_that_swells_is_refused(
    refused: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    assert refused(_sheet(workbook, [b" " * 2**20] * 120)) == "swollen"


def test_an_open_document_that_repeats_a_cell_a_billion_times_is_refused(
    refused: Callable[..., Any],
) -> None:
    assert refused(_ods(rows=1_048_576, columns=16_384)) == "too_wide_area"
    assert refused(_ods(rows=1_000_000_000, columns=1)) == "too_wide_area"


def _parquet(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def _rows(cells: list[tuple[str, int]]) -> list[bytes]:
    return [f'<row r="{row}"><c r="{name}"><v>1</v></c></row>'.encode() for name, row in cells]


def _sheet(workbook: Callable[..., Any], body: Iterable[bytes]) -> bytes:
    """Return a workbook whose sheet has this XML inside."""
    whole, buffer = zipfile.ZipFile(io.BytesIO(workbook(a=[["x"]]))), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, whole.read(name))
                continue
            with archive.open(name, "w") as part:
                part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/'
                           b'spreadsheetml/2006/main"><sheetData>')
                for piece in body:
                    part.write(piece)
                part.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def _ods(*, rows: int, columns: int) -> bytes:
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
                    for short in ("office", "table", "text"))
    content = (f'<office:document-content{names}><office:body><office:spreadsheet>'
               f'<table:table table:name="a"><table:table-row '
               f'table:number-rows-repeated="{rows}"><table:table-cell '
               f'table:number-columns-repeated="{columns}" office:value-type="float" '
               'office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
               '</table:table></office:spreadsheet></office:body></office:document-content>')
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                 "content.xml": content.encode()})

"""What a file is, by its bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from caopan.ingest.messages import FileRefusedError
from caopan.ingest.sniff import Form, encoding, form

TABLE = "场次ID,成交金额\n7201,1.2万元\n"


@pytest.mark.parametrize(("codec", "name"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"),
    ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("gb18030", "gb18030"),
    ("gbk", "gb18030"),
])
def test_each_encoding_of_an_export_is_known(codec: str, name: str) -> None:
    assert encoding(io.BytesIO(TABLE.encode(codec))) == name


def test_plain_ascii_is_utf_8() -> None:
    assert encoding(io.BytesIO(b"a,b\n" * 100_000)) == "utf-8"


def test_chinese_far_down_still_decides() -> None:
    ascii_rows = b"7201,5\n" * 60_000

    assert encoding(io.BytesIO(ascii_rows + "备注\n".encode("gb18030"))) == "gb18030"
    assert encoding(io.BytesIO(ascii_rows + "备注\n".encode())) == "utf-8"


def test_a_character_cut_by_the_first_block_is_no_error() -> None:
    body = ("场" * 40_000).encode()

    assert encoding(io.BytesIO(body)) == "utf-8"


def test_bytes_of_no_encoding_are_refused_with_their_line() -> None:
    with pytest.raises(FileRefusedError) as refused:
        encoding(io.BytesIO(b"a,b\n1,2\n3,\xff\xff\n"))

    assert refused.value.message.values["line"] == 3


def test_a_workbook_is_a_workbook_by_its_parts(workbook: Callable[..., Any]) -> None:
    body = workbook(a=[["x"]])

    assert form(body[:100], io.BytesIO(body)) is Form.XLSX


def test_text_that_begins_like_a_letter_is_text() -> None:
    assert form(TABLE.encode(), io.BytesIO(TABLE.encode())) is Form.TEXT


def test_gzip_and_parquet_are_known_by_their_first_bytes() -> None:
    assert form(b"\x1f\x8b\x08\x00", io.BytesIO()) is Form.GZIP
    assert form(b"PAR1....", io.BytesIO()) is Form.PARQUET


def test_an_old_workbook_is_told_from_an_old_document() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

    assert form(ole, io.BytesIO(ole + "Workbook".encode("utf-16-le"))) is Form.XLS
    with pytest.raises(FileRefusedError):
        form(ole, io.BytesIO(ole + "WordDocument".encode("utf-16-le")))

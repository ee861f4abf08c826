"""Any file opened as the tables inside it."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from caopan.ingest.found import walk
from caopan.ingest.limits import Limits
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.opening import grids

TEXT = "场次,金额\n一,5\n"


@pytest.mark.parametrize(("encoding", "form"), [
    ("utf-8", "CSV, utf-8"), ("utf-8-sig", "CSV, utf-8"), ("gb18030", "CSV, gb18030"),
    ("utf-16", "CSV, utf-16-le"), ("utf-16-be", "CSV, utf-16-be"),
])
def test_text_of_every_encoding_plain_and_packed(held: Callable[..., Any], encoding: str,
                                                 form: str) -> None:
    body = TEXT.encode(encoding)

    for packed in (body, gzip.compress(body)):
        grid = grids(held(packed))[0]
        assert grid.form == form
        assert grid.head == [["场次", "金额"], ["一", "5"]]


def test_workbooks_and_parquet_packed_by_gzip_open_too(held: Callable[..., Any],
                                                       workbook: Callable[..., Any],
                                                       tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")

    assert grids(held(gzip.compress(workbook(a=[["x", "y"]]))))[0].form == "xlsx"
    assert grids(held(gzip.compress((tmp_path / "a.parquet").read_bytes())))[0].form == "Parquet"


def test_files_inside_an_archive_open_as_what_they_are(tmp_path: Path,
                                                       workbook: Callable[..., Any]) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("a.csv", TEXT)
        out.writestr("b.csv.gz", gzip.compress(TEXT.encode()))
        out.writestr("c.dat", workbook(a=[["x", "y"]]))

    files, _ = walk([tmp_path])

    assert [grids(found)[0].form for found in files] == ["CSV, utf-8", "CSV, utf-8", "xlsx"]


def test_a_workbook_larger_than_allowed_is_refused(held: Callable[..., Any],
                                                   workbook: Callable[..., Any]) -> None:
    with pytest.raises(FileRefusedError) as refused:
        grids(held(workbook(a=[["x"]])), limits=Limits(workbook=100))

    assert refused.value.message.key == "too_big"

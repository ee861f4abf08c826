"""What a workbook would unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from caopan.ingest.limits import Limits, swollen
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.workbook import inspect


def archive(**parts: str) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(f"xl/{name}.xml", body)
    return buffer


def key_of(stream: io.BytesIO, **limits: int) -> str | None:
    try:
        inspect(stream, limits=Limits(**limits))
    except FileRefusedError as error:
        return error.message.key
    return None


def test_a_real_workbook_passes(workbook: Callable[..., Any]) -> None:
    inspect(io.BytesIO(workbook(a=[["x", 1]] * 500)))


def test_a_wide_sheet_passes_while_it_is_low(workbook: Callable[..., Any]) -> None:
    wide = workbook(a=[[f"c{at}" for at in range(200)]] * 20)

    assert key_of(io.BytesIO(wide)) is None
    low, high = '<c r="GR1"/><c r="A19"/>', '<c r="GR1"/><c r="A20"/>'
    assert key_of(archive(sheet=low), area=200 * 19) is None
    assert key_of(archive(sheet=high), area=200 * 19) == "too_wide_area"


@pytest.mark.parametrize("reference", [
    'r="A1048577"', "r='A9999999'", 'r = "XFD60000000"', 'r="AAAAAAA1"',
])
def test_a_far_reference_is_found_in_any_part(reference: str) -> None:
    assert key_of(archive(anything=f"<c {reference}/>")) == "too_wide_area"


@pytest.mark.parametrize("harmless", [
    'xmlns:r="http://schemas.openxmlformats.org"', 'ref="A1:XFD1048576"', 'pointer="AB12345678"',
    'r:id="rId1234567"', '<c r="Z1048576"/>',
])
def test_what_only_looks_like_a_reference_passes(harmless: str) -> None:
    assert key_of(archive(sheet=harmless)) is None


def test_a_reference_cut_by_a_block_is_found() -> None:
    padding = " " * (2**20 - 10)

    assert key_of(archive(sheet=f'{padding}<c r="A9999999"/>'), free=2**30) == "too_wide_area"


def test_a_part_that_swells_is_refused_whatever_the_directory_says() -> None:
    assert key_of(archive(sheet=" " * 100_000), free=1_000, ratio=50) == "swollen"


def test_what_is_no_archive_is_damaged() -> None:
    assert key_of(io.BytesIO(b"PK nothing")) == "damaged_file"


def test_an_archive_with_a_broken_part_is_damaged() -> None:
    body = bytearray(archive(sheet="x" * 5_000).getvalue())
    body[45:60] = b"\xff" * 15

    assert key_of(io.BytesIO(body)) == "damaged_file"


def test_small_files_may_unpack_as_they_like() -> None:
    assert not swollen(packed=10, unpacked=1_000_000)
    assert swollen(packed=10, unpacked=100_000_000)
    assert swollen(packed=10**9, unpacked=10**10)

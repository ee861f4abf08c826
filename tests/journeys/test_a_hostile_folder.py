"""Each broken file ends in one clear error; the good one loads; nothing else happens."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tests.journeys.conftest import Operator

GOOD = ("session_id,streamer_id,started_at,ended_at,views,orders,gmv,currency\n"
        "s1,林晚,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,1000,10,500.00,CNY\n"
        "s2,林晚,2026-03-02T19:30:00+08:00,2026-03-02T21:30:00+08:00,900,,,CNY\n")


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)


def broken_gzip(path: Path) -> None:
    body = GOOD + "".join(f"x{i},林晚,2026-03-0{i % 9 + 1}T19:30:00+08:00,,{i},1,1.00,CNY\n"
                          for i in range(20_000))
    path.write_bytes(gzip.compress(body.encode())[:-20_000])


HOSTILE = {
    "empty.csv": lambda path: path.write_bytes(b""),
    "nul.csv": lambda path: path.write_bytes(b"a,b\x00c\n1,2\n" * 50),
    "long.csv": lambda path: path.write_bytes(b"a" * 10_000_000),
    "picture.csv": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200),
    "half.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 500),
    "bomb.xlsx": bomb,
    "broken.csv.gz": broken_gzip,
    "locked.xlsx": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "renamed.csv": lambda path: path.write_text(GOOD.replace("views", "观看人次吧")),
    "header.csv": lambda path: path.write_text(GOOD.splitlines()[0] + "\n"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with every hostile file and one good one."""
    place = tmp_path / "客户发来的"
    place.mkdir()
    for name, write in HOSTILE.items():
        write(place / name)
    (place / "sessions.csv").write_text(GOOD, encoding="utf-8")
    return place


def test_the_good_file_loads_and_each_broken_one_is_named(operator: Operator,
                                                          folder: Path) -> None:
    told = operator.asks("import", folder)

    assert [Path(file["file"]).name for file in told["imported"]
            if sum(file["rows"].values())] == ["sessions.csv"]
    named = {Path(skipped["file"]).name for skipped in told["skipped"]}
    assert set(HOSTILE) - {"header.csv"} <= named
    assert all(skipped["reason"] and skipped["hint"] for skipped in told["skipped"])
    assert told["tables"]["sessions"]["rows_added"] == 2


def test_a_file_that_breaks_off_in_the_middle_leaves_no_row(operator: Operator,
                                                            folder: Path) -> None:
    operator.asks("import", folder)

    [count] = operator.asks("metric", "sessions")["rows"]
    assert count["value"] == 2


def test_strict_refuses_the_whole_batch(operator: Operator, folder: Path) -> None:
    answer = operator.types("import", folder, "--strict", "--json")

    assert answer.code == 1
    assert answer.document["error"]["key"] == "strict_refused"
    assert operator.asks("batches")["batches"] == []


def test_a_dry_run_writes_nothing(operator: Operator, folder: Path) -> None:
    told = operator.asks("import", folder, "--dry-run")

    assert told["batch"] is None
    assert told["tables"]["sessions"]["rows_added"] == 2
    assert operator.asks("batches")["batches"] == []


def test_only_broken_files_is_a_refusal_in_the_operators_language(
        operator: Operator, folder: Path) -> None:
    (folder / "sessions.csv").unlink()
    (folder / "header.csv").unlink()
    operator.language = "zh"

    answer = operator.types("import", folder)

    assert answer.code == 1
    assert "下一步：" in answer.err
    assert answer.out == ""


def test_a_bad_row_is_named_with_its_cell_and_the_rest_loads(operator: Operator,
                                                             tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text(GOOD + "s3,林晚,2026-13-45T19:30:00+08:00,,1,1,1.00,CNY\n"
                    "s4,林晚,2026-03-04T19:30:00+08:00,,5,1,-3.00,CNY\n", encoding="utf-8")

    told = operator.asks("import", file)

    errors = [(issue["row"], issue["column"], issue["value"]) for issue in told["issues"]
              if issue["level"] == "error"]
    assert errors == [(4, "started_at", "2026-13-45T19:30:00+08:00"), (5, "gmv", "-3.00")]
    assert told["tables"]["sessions"]["rows_added"] == 2


def test_a_correction_replaces_and_the_old_value_stays_known(operator: Operator,
                                                             tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text(GOOD, encoding="utf-8")
    operator.asks("import", file)
    before = operator.asks("batches")["batches"][-1]["made_at"]
    file.write_text(GOOD.replace("500.00", "700.00"), encoding="utf-8")

    told = operator.asks("import", file)

    assert told["tables"]["sessions"] == {
        "rows_added": 0, "rows_replaced": 1, "rows_unchanged": 1}
    [now] = operator.asks("metric", "gmv_gross")["rows"]
    assert now["value"] == "700.00"
    [then] = operator.asks("metric", "gmv_gross", "--as-of", before)["rows"]
    assert then["value"] == "500.00"
    early = operator.types("metric", "gmv_gross", "--as-of", "2020-01-01")
    assert early.code == 2
    assert "2020-01-01T00:00:00+08:00" in early.err

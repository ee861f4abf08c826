"""The files that paths lead to."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caopan.ingest.found import Bounded, Found, on_disk, seekable, unzipped, walk
from caopan.ingest.limits import Limits
from caopan.ingest.messages import FileRefusedError


def names(paths: list[Path], root: Path) -> list[str]:
    return [os.path.relpath(found.name, root) for found in walk(paths)[0]]


def test_folders_are_walked_whole_and_sorted(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.csv", "a/b/c.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a,b\n")

    assert names([tmp_path], tmp_path) == ["a/b/c.xlsx", "a/z.csv", "b.csv"]


def test_hidden_files_and_the_locks_of_spreadsheets_are_left(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$open.xlsx", "kept.csv", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    assert names([tmp_path], tmp_path) == ["kept.csv"]


def test_a_file_named_itself_is_read_even_when_hidden(tmp_path: Path) -> None:
    (tmp_path / ".hidden.csv").write_text("a")

    assert names([tmp_path / ".hidden.csv"], tmp_path) == [".hidden.csv"]


def test_a_file_named_twice_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a")

    assert names([tmp_path, tmp_path / "a.csv", tmp_path], tmp_path) == ["a.csv"]


def test_a_link_that_leads_out_is_named_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.csv"
    inside.mkdir()
    outside.write_text("secret")
    (inside / "link.csv").symlink_to(outside)
    (inside / "own.csv").write_text("a")
    (inside / "again.csv").symlink_to(inside / "own.csv")

    files, issues = walk([inside])

    assert len(files) == 1
    assert [issue.message.key for issue in issues] == ["leads_outside"]


def test_a_path_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    files, issues = walk([tmp_path / "no"])

    assert files == []
    assert issues[0].message.key == "no_such_path"
    assert str(tmp_path / "no") in issues[0].message.say("zh")


def test_an_archive_of_exports_is_entered(tmp_path: Path) -> None:
    archive = tmp_path / "exports.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("三月/b.csv", "a,b\n1,2\n")
        out.writestr("a.csv", "x,y\n")
        out.writestr("__MACOSX/a.csv", "x")
        out.writestr(".hidden", "x")

    files, issues = walk([archive])

    assert [found.name for found in files] == [f"{archive}/a.csv", f"{archive}/三月/b.csv"]
    assert issues == []
    for _ in range(2):
        with files[1].open() as stream:
            assert stream.read(-1) == b"a,b\n1,2\n"


def test_what_climbs_out_of_an_archive_or_nests_is_left_and_named(tmp_path: Path) -> None:
    archive = tmp_path / "odd.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in ("../up.csv", "/root.csv", "inner.zip", "good.csv"):
            out.writestr(name, "a,b\n")

    files, issues = walk([archive])

    assert [found.name for found in files] == [f"{archive}/good.csv"]
    assert [issue.message.key for issue in issues] == ["archive_entry"] * 3


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for at in range(5):
            out.writestr(f"{at}.csv", "a")

    files, issues = walk([archive], limits=Limits(entries=4))

    assert files == []
    assert issues[0].message.key == "archive_too_many"


def test_a_workbook_is_one_file_and_not_an_archive(
    tmp_path: Path, workbook: Callable[..., Any],
) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook(a=[["x"]]))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 broken")

    assert names([tmp_path], tmp_path) == ["book.xlsx", "broken.zip"]


def test_a_file_inside_an_archive_comes_into_memory_to_seek(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.parquet", b"PAR1" * 10)

    inside = walk([archive])[0][0]

    with seekable(inside) as stream:
        stream.seek(36)
        assert stream.read() == b"PAR1"
    with pytest.raises(FileRefusedError):
        seekable(inside, limits=Limits(workbook=10))


def test_a_stream_that_unpacks_beyond_the_limit_stops() -> None:
    stream = Bounded(io.BytesIO(b"x" * 1_000), packed=1, limits=Limits(free=100, ratio=10))

    with pytest.raises(FileRefusedError) as refused:
        stream.read(-1)

    assert refused.value.message.key == "swollen"


def test_gzip_is_unpacked_while_reading(held: Callable[..., Any]) -> None:
    import gzip

    plain = unzipped(held(gzip.compress(b"a,b\n")))

    with plain.open() as stream:
        assert stream.read(2) == b"a,"


def test_a_file_on_disk_opens_anew_each_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")

    found: Found = on_disk(tmp_path / "a")

    assert found.size == 5
    for _ in range(2):
        with found.open() as stream:
            assert stream.read() == b"12345"


def test_a_pipe_is_named_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "good.csv").write_text("a,b\n")

    files, issues = walk([tmp_path])
    _, direct = walk([tmp_path / "pipe.csv"])

    assert [found.name for found in files] == [str(tmp_path / "good.csv")]
    for found in (issues, direct):
        assert [issue.message.key for issue in found] == ["not_regular"]
        assert found[0].file == str(tmp_path / "pipe.csv")
        assert "pipe.csv 不是普通文件" in found[0].message.say("zh")
    with pytest.raises(FileRefusedError):
        on_disk(tmp_path / "pipe.csv")


def test_a_device_is_named_also_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "zero.csv").symlink_to("/dev/zero")

    for path in (tmp_path / "zero.csv", Path("/dev/null")):
        files, issues = walk([path])
        assert files == []
        assert [(issue.message.key, issue.file) for issue in issues] == [
            ("not_regular", str(path))]


def test_links_that_lead_nowhere_or_in_a_loop_are_named(tmp_path: Path) -> None:
    (tmp_path / "gone.csv").symlink_to(tmp_path / "no.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")

    files, issues = walk([tmp_path])

    assert files == []
    assert [issue.message.key for issue in issues] == ["no_such_path", "unreadable_file"]
    assert "链接绕成了圈" in issues[1].message.say("zh")

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from caopan.units.clock import now
from caopan.units.message import CaopanError
from caopan.workspace import incoming
from caopan.workspace.incoming import Incoming, TooMuchError, plain_name, unused


@pytest.mark.parametrize(("name", "kept"), [
    ("../../etc/passwd", "passwd"), ("a/b\\c.csv", "c.csv"), ("", "file"), ("...", "file"),
    (".hidden.csv", "hidden.csv"), ("~$lock.xlsx", "lock.xlsx"), ("a\x00b.csv", "a_b.csv"),
    ("\u202evsc.exe", "_vsc.exe"), ("订单 11月.csv", "订单 11月.csv")])
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert plain_name(name) == kept


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    name = plain_name("订" * 400 + ".xlsx")

    assert name.endswith(".xlsx")
    assert len(name.encode()) <= incoming.NAME_MOST


def test_two_files_of_one_name_both_stay(tmp_path: Path) -> None:
    shelf = Incoming(root=tmp_path)
    upload = shelf.begin(now=now())
    for body in (b"1", b"22"):
        with shelf.receive(upload.id, "a.csv.gz") as file:
            file.write(body)

    assert [(file.name, file.size) for file in shelf.listed(upload.id)] == [
        ("a (2).csv.gz", 2), ("a.csv.gz", 1)]
    assert unused("b", taken=set()) == "b"


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    shelf = Incoming(root=tmp_path)
    upload = shelf.begin(now=now())

    def broken() -> None:
        with shelf.receive(upload.id, "a.csv") as file:
            file.write(b"half")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        broken()

    assert shelf.listed(upload.id) == ()
    assert [path.name for path in shelf.folder(upload.id).iterdir() if path.is_file()] == [
        "upload.json"]


def test_an_upload_holds_only_so_many_files(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "FILES_MOST", 1)
    shelf = Incoming(root=tmp_path)
    upload = shelf.begin(now=now())
    with shelf.receive(upload.id, "a.csv") as file:
        file.write(b"1")

    with pytest.raises(TooMuchError) as refused:
        shelf.receive(upload.id, "b.csv")

    assert refused.value.message.say("zh") == "一批最多 1 个文件"


def test_what_nobody_came_back_for_goes_after_a_day(tmp_path: Path) -> None:
    shelf = Incoming(root=tmp_path)
    old = shelf.begin(now=now())
    yesterday = (now() - timedelta(days=1, hours=1)).timestamp()
    os.utime(shelf.folder(old.id), (yesterday, yesterday))

    fresh = shelf.begin(now=now())

    assert [path.name for path in tmp_path.iterdir()] == [fresh.id]
    with pytest.raises(CaopanError):
        shelf.get(old.id)


def test_a_full_disk_is_a_refusal_in_words(tmp_path: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Incoming(root=tmp_path)
    upload = shelf.begin(now=now())
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda *_: opened(full, "wb", buffering=0))

    with pytest.raises(CaopanError) as refused, shelf.receive(upload.id, "a.csv") as receiving:
        receiving.write(b"1")

    assert "磁盘满了" in refused.value.message.say("zh")

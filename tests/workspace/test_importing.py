from __future__ import annotations

import errno
import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.units.message import CaopanError

ADS = """plan_id,starts_at,streamer_id,spend,currency,x_title
p1,2026-03-01T19:33:00+08:00,林晚,80.00,CNY,春季上新
p2,2026-03-02T19:31:00+08:00,林晚,20.00,CNY,春季返场
p3,2026-03-05T10:00:00+08:00,林晚,100.00,CNY,没有这场
"""


def test_ad_rows_find_their_sessions_and_the_coverage_is_told(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    ads = tmp_path / "ads.csv"
    ads.write_text(ADS, encoding="utf-8")

    result = workspace.import_files([sessions, ads])

    [join] = result.joins
    assert (join.rows, join.joined) == (3, 2)
    assert join.sentence.zh == "投放 3 行中有 2 行找到了场次，覆盖消耗 CNY 50%"
    spent = workspace.metric("spend", by=("session_id",)).document("en")["rows"]
    assert {row["session_id"]: row["value"] for row in spent} == {
        "s1": "80.00", "s2": "20.00", None: "100.00"}


def test_ads_that_came_first_are_joined_when_the_sessions_arrive(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    ads = tmp_path / "ads.csv"
    ads.write_text(ADS, encoding="utf-8")
    alone = workspace.import_files([ads])

    later = workspace.import_files([sessions])

    assert alone.joins[0].joined == 0
    assert later.joins[0].joined == 2
    assert later.tables["ad_spend"].replaced == 2


def test_joining_again_changes_nothing(workspace: Workspace, sessions: Path,
                                       tmp_path: Path) -> None:
    ads = tmp_path / "ads.csv"
    ads.write_text(ADS, encoding="utf-8")
    workspace.import_files([sessions, ads])

    again = workspace.import_files([sessions, ads])

    assert {name: (counts.added, counts.replaced) for name, counts in again.tables.items()} == (
        dict.fromkeys(again.tables, (0, 0)))


def test_a_file_without_a_column_keeps_what_is_known_and_undo_is_exact(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    workspace.import_files([sessions])
    narrow = tmp_path / "narrow.csv"
    narrow.write_text("session_id,streamer_id,started_at,orders\n"
                      "s1,林晚,2026-03-01T19:30:00+08:00,11\n"
                      "s2,林晚,2026-03-02T19:30:00+08:00,\n"
                      "s3,阿泽,2026-03-02T20:00:00+08:00,\n", encoding="utf-8")

    later = workspace.import_files([narrow])

    counts = later.tables["sessions"]
    assert (counts.added, counts.replaced, counts.unchanged) == (0, 2, 1)
    assert _of(workspace, "gmv") == {"s1": 50000, "s2": 40050, "s3": None}
    assert _of(workspace, "orders") == {"s1": 11, "s2": None, "s3": None}
    assert workspace.import_files([narrow]).tables["sessions"].unchanged == 3
    assert later.batch is not None
    workspace.undo(3)
    workspace.undo(later.batch)
    assert _of(workspace, "orders") == {"s1": 10, "s2": 8, "s3": None}


def test_ads_corrected_without_a_column_keep_it_and_their_session(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    ads, correction = tmp_path / "ads.csv", tmp_path / "correction.csv"
    ads.write_text(ADS, encoding="utf-8")
    workspace.import_files([sessions, ads])
    correction.write_text("plan_id,starts_at,spend,currency\n"
                          "p1,2026-03-01T19:33:00+08:00,90.00,CNY\n", encoding="utf-8")

    workspace.import_files([correction])

    [row] = [row for row in workspace.store.fetch(workspace.store.tables()["ad_spend"]).to_pylist()
             if row["plan_id"] == "p1"]
    assert (row["spend"], row["session_id"], row["streamer_id"], row["extra"]) == (
        9000, "s1", "林晚", '{"x_title":"春季上新"}')


def _of(workspace: Workspace, name: str) -> dict[object, object]:
    rows = workspace.store.fetch(workspace.store.tables()["sessions"]).to_pylist()
    return {row["session_id"]: row[name] for row in rows}


def test_a_file_that_breaks_off_leaves_nothing_and_the_next_one_loads(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    rows = "".join(f"x{i},林晚,2026-03-01T19:30:{i % 60:02d}+08:00,,,{i % 997},,,1.00,CNY\n"
                   for i in range(250_000))
    head = sessions.read_text(encoding="utf-8").splitlines()[0] + "\n"
    broken = tmp_path / "a-broken.csv.gz"
    broken.write_bytes(gzip.compress((head + rows).encode())[:-400_000])

    result = workspace.import_files([broken, sessions])

    assert [skipped.file for skipped in result.skipped] == [str(broken)]
    assert result.tables["sessions"].added == 3
    assert set(result.tables) == {"sessions"}


def test_nothing_readable_is_a_refusal_and_no_batch(workspace: Workspace, tmp_path: Path) -> None:
    note = tmp_path / "note.csv"
    note.write_text("你好\n", encoding="utf-8")

    result = workspace.import_files([note])

    assert result.refused is not None
    assert result.refused.key == "nothing_imported"
    assert workspace.batches() == ()


def test_an_option_that_is_none_is_refused_before_anything_is_read(
        workspace: Workspace, sessions: Path) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.import_files([sessions], timezone="Asia/Shanghia")

    assert refused.value.message.key == "unknown_zone"
    assert workspace.batches() == ()


def test_what_an_import_said_is_remembered_for_later_reports(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(sessions.read_text("utf-8").replace("500.00", "-5.00")
                   .replace("s2", "s{9}"), encoding="utf-8")
    workspace.import_files([bad])

    from caopan.workspace.remembering import remembered

    told = remembered(workspace.store)
    assert [file.layout for file in told.files] == ["canonical.sessions"]
    assert told.skipped == ()
    assert any(group.count == 1 and "-5.00" in str(group.examples[0].value)
               for group in told.issues)

    workspace.undo(1)

    assert remembered(workspace.store).files == ()
    assert remembered(workspace.store).issues == ()


def test_the_report_says_how_far_the_ads_reach(workspace: Workspace, sessions: Path,
                                               tmp_path: Path) -> None:
    ads = tmp_path / "ads.csv"
    ads.write_text(ADS, encoding="utf-8")

    result = workspace.run([sessions, ads], language="zh")

    page = Path(result.report or "").read_text("utf-8")
    assert "投放 3 行中有 2 行找到了场次，覆盖消耗 CNY 50%" in page


def test_a_fault_of_the_reader_costs_one_file_only(
        workspace: Workspace, sessions: Path, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    from caopan.ingest import reading

    other = tmp_path / "a-other.csv"
    other.write_text(sessions.read_text("utf-8").replace("s1", "t1"), "utf-8")
    sound = reading.canonical

    def failing(chunk: Chunk, *, context: Context, headers: Mapping[str, str]) -> Chunk:
        if context.file == str(other):
            raise IndexError
        return sound(chunk, context=context, headers=headers)

    monkeypatch.setattr(reading, "canonical", failing)

    result = workspace.import_files([other, sessions])

    assert [(skipped.file, skipped.reason.key) for skipped in result.skipped] == [
        (str(other), "own_fault")]
    assert result.tables["sessions"].added == 3


def test_a_full_disk_stops_the_import_and_is_no_files_fault(
        workspace: Workspace, sessions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from caopan.store import staging

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(staging, "HELD_BYTES", 1)
        broken.setattr(staging.pq, "ParquetWriter", full)
        with pytest.raises(CaopanError) as caught:
            workspace.import_files([sessions])

    assert caught.value.message.key == "store_unwritable"
    assert workspace.batches() == ()
    assert workspace.import_files([sessions]).tables["sessions"].added == 3


def test_progress_moves_within_a_file_and_says_of_which_file_and_how_much(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_text("order_id,paid_at,amount,currency\n" + "".join(
        f"o{at},2026-03-01T20:00:00+08:00,{at}.00,CNY\n" for at in range(700_000)),
        encoding="utf-8")
    told: list[tuple[str, int, int | None]] = []

    workspace.import_files([sessions, large], dry_run=True, progress=lambda step, done, total:
                           told.append((step.say("zh"), done, total)))

    within = [each for each in told if each[0] == "读第 2 个文件，共 2 个；已读（MB）"]
    assert told[0] == ("读第 1 个文件，共 2 个；已读（MB）", 0, 34)
    assert len({done for _, done, _ in within}) >= 3
    assert [done for _, done, _ in within] == sorted(done for _, done, _ in within)
    assert within[-1][1:] == (33, 34)
    assert told[-1] == ("和库里的数据比对", 0, None)

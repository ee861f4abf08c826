"""What is dropped by mistake, or on purpose: one clear error each, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from caopan.web.house import House
from caopan.workspace.look import FileState, Look
from caopan.workspace.looking import looked
from tests.web.conftest import owner, token
from tests.web.console.conftest import SESSIONS, finish, headers, look, send

ROWS = SESSIONS.encode()
HTML = b"\n\n  <meta charset=gbk><html><table><tr><th>a</th><th>b</th></tr></table>"


def archive(**files: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return body.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "cut-in-a-letter.csv": (ROWS[:ROWS.index("林".encode()) + 1], "encoding"),
    "cut.csv.gz": (gzip.compress(ROWS)[:-30], "damaged_file"),
    "cut.zip": (archive(**{"sessions.csv": ROWS})[:-30], "damaged_file"),
    "bomb.gz": (gzip.compress(b"1,2\n" * 2**24), "swollen"),
    "nested.zip": (archive(**{"in.zip": archive(**{"sessions.csv": ROWS})}), "archive_entry"),
    "slip.zip": (archive(**{"../../x.csv": ROWS}), "archive_entry"),
    "nul.csv": (ROWS.replace(b"1000", b"10\x0000"), "nul"),
    "ten-megabytes.csv": (ROWS + b"s9," + b"x" * 10_000_000, "long_line"),
    "really.pdf.csv": (b"%PDF-1.7\n" + b"x" * 500, "not_a_table"),
    "web.xls": (HTML, "not_a_table"),
    "nothing.csv": (b"", "empty_file"),
    "blank.csv": (b"\xef\xbb\xbf \n\n", "empty_file"),
    "random.csv": (bytes(range(128, 256)) * 40, "encoding"),
    "wide.csv": (b",".join(b"c%d" % at for at in range(3_000)) + b"\n", "too_many_columns"),
}
"""What each file is, and the one thing that is said of it."""
READ = {
    "other-ending.xlsx": ROWS, "old-mac.csv": ROWS.replace(b"\n", b"\r"),
    "wide-letters.csv": SESSIONS.encode("utf-16"), "semicolons.csv": ROWS.replace(b",", b";"),
}
"""What is odd and a table all the same."""


def seen(house: House, upload: str) -> Look:
    shelf = house.workspace.imports.incoming
    made = looked(shelf, shelf.get(upload))
    assert made is not None
    return made


def test_a_folder_of_hostile_files_ends_in_one_sentence_each_and_the_good_rows_load(
        empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, *((name, body) for name, (body, _) in HOSTILE.items()), *READ.items(),
                  ("good.csv", ROWS))

    look(empty_house, client, upload)
    made = seen(empty_house, upload)

    said = {each.name.partition("/")[0]: each for each in made.files}
    for name, (_, key) in HOSTILE.items():
        file = said[name]
        assert file.reason is not None, name
        assert (file.reason.key, file.rows) == (key, {}), name
        assert file.reason.say("zh") != file.reason.say("en")
        assert [each.key for each in made.troubles_of(file.name)] == [key]
    assert {said[name].state for name in (*READ, "good.csv")} == {FileState.KNOWN}
    assert made.total.added == 4
    for language in ("zh", "en"):
        page = owner(empty_house, language=language).get(f"/import/{upload}?file=nul.csv")
        assert page.status_code == 200
    client.post(f"/import/{upload}/take", headers=headers(client))
    finish(empty_house)
    assert empty_house.workspace.batches()[0].tables["sessions"].added == 4


def test_a_row_that_breaks_off_is_named_and_those_before_it_load(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("cut.csv", ROWS[:-30]))

    look(empty_house, client, upload)

    [file] = seen(empty_house, upload).files
    assert (file.rows, file.bad_rows) == ({"sessions": 3}, 1)


def test_what_a_system_leaves_in_a_folder_is_not_looked_at(empty_house: House) -> None:
    client = owner(empty_house)
    clutter = {"7月/.DS_Store": b"\0\0\0\1Bud1", "7月/Thumbs.db": b"\xd0\xcf\x11\xe0",
               "7月/desktop.ini": b"[x]", "7月/~$场次.xlsx": b"\3", "__MACOSX/7月/._a.csv": b"\0",
               "7月/场次.csv": ROWS}
    files = [("files", (name.rpartition("/")[2], body)) for name, body in clutter.items()]

    answer = client.post("/import", data={"token": token(client), "upload": ""}, files=[
        *files, ("files", ("全部.zip", archive(**clutter)))], follow_redirects=False)
    finish(empty_house)

    [upload] = empty_house.workspace.imports.incoming.open()
    assert answer.headers["location"] == f"/import/{upload.id}"
    assert [file.name for file in seen(empty_house, upload.id).files] == [
        "全部.zip/7月/场次.csv", "场次.csv"]


def test_two_hundred_files_at_once_are_one_import(empty_house: House) -> None:
    client = owner(empty_house)

    answer = client.post("/import", data={"token": token(client), "upload": ""}, files=[
        ("files", (f"{at}.csv", ROWS.replace(b"s1,", b"a%d," % at))) for at in range(200)])
    finish(empty_house)

    page = client.get(str(answer.url)).text
    assert "这一批 200 个文件" in page
    assert "写入 203 行" in page
    assert "批内重复" in page


def test_too_many_files_at_once_are_refused_in_words(empty_house: House) -> None:
    answers = {language: owner(empty_house, language=language).post(
        "/import", files=[("files", (f"{at}.csv", b"x")) for at in range(1_001)])
        for language in ("zh", "en")}

    assert {answer.status_code for answer in answers.values()} == {400}
    assert "一次最多上传 1000 个文件" in answers["zh"].text
    assert "at most 1000 files" in answers["en"].text
    assert empty_house.workspace.imports.incoming.open() == ()


def test_the_same_file_twice_counts_once(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("a.csv", ROWS), ("a.csv", ROWS))

    look(empty_house, client, upload)

    made = seen(empty_house, upload)
    assert [file.name for file in made.files] == ["a (2).csv", "a.csv"]
    assert (made.total.added, made.total.repeated) == (4, 4)


def test_a_file_that_nobody_has_seen_is_not_taken_in(empty_house: House) -> None:
    client = owner(empty_house)
    upload = send(client, ("a.csv", ROWS))
    look(empty_house, client, upload)

    client.put(f"/import/{upload}/files?name=b.csv", content=ROWS.replace(b"s1,", b"b1,"),
               headers=headers(client))
    refused = client.post(f"/import/{upload}/take", headers=headers(client))
    page = client.get(f"/import/{upload}").text

    assert refused.status_code == 400
    assert "看这些文件" in page
    assert empty_house.workspace.batches() == ()
    look(empty_house, client, upload)
    assert "写入 5 行" in client.get(f"/import/{upload}").text


def test_two_tabs_that_commit_at_once_import_once_and_late_files_are_refused(
        empty_house: House) -> None:
    tabs = [owner(empty_house) for _ in range(4)]
    said = [headers(tab) for tab in tabs]
    upload = send(tabs[0], ("a.csv", ROWS))
    look(empty_house, tabs[0], upload)

    def press(at: int) -> int:
        return tabs[at].post(f"/import/{upload}/take", headers=said[at]).status_code

    with ThreadPoolExecutor(4) as together:
        statuses = list(together.map(press, range(4)))
    finish(empty_house)
    late = tabs[1].put(f"/import/{upload}/files?name=b.csv", content=ROWS, headers=said[1])

    assert set(statuses) <= {204, 400}
    assert 204 in statuses
    assert len(empty_house.workspace.batches()) == 1
    assert (late.status_code, "现在还不能这样做" in late.text) == (400, True)


def test_two_uploads_that_commit_at_once_do_not_mix(empty_house: House) -> None:
    client = owner(empty_house)
    first, second = (send(client, (f"{name}.csv", ROWS.replace(b"s1,", name.encode() + b",")))
                     for name in ("a1", "b1"))
    for upload in (first, second):
        look(empty_house, client, upload)

    with ThreadPoolExecutor(2) as together:
        list(together.map(lambda upload: client.post(
            f"/import/{upload}/take", headers=headers(client)), (first, second)))
    for job in empty_house.jobs.all():
        empty_house.jobs.wait(job.id)

    assert len(empty_house.workspace.batches()) == 1
    left = next(each for each in empty_house.workspace.imports.incoming.open())
    page = client.get(f"/import/{left.id}").text
    assert "库里刚变过，要再比一次" in page
    client.post(f"/import/{left.id}/look", headers=headers(client))
    for job in empty_house.jobs.all():
        empty_house.jobs.wait(job.id)
    assert "写入 1 行" in client.get(f"/import/{left.id}").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_full_disk_while_comparing_is_one_sentence_and_the_files_stay(
        empty_house: House, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client: TestClient = owner(empty_house, language=language)
    upload = send(client, ("a.csv", ROWS))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caopan.store.staging.Staging.add", full)
    client.post(f"/import/{upload}/look", headers=headers(client))
    job = empty_house.jobs.wait(empty_house.jobs.all()[0].id)
    page = client.get(f"/import/{upload}").text
    monkeypatch.undo()

    assert job.problem is not None
    assert job.problem.say("zh") != job.problem.say("en")
    assert job.problem.say("zh" if language == "zh" else "en") in page
    assert [file.name for file in empty_house.workspace.imports.incoming.listed(upload)] == [
        "a.csv"]

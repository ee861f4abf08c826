"""A file that grows, is renamed, is cut: no line is missed and none is read twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.ingest.tailing.following import Block, Following, Place, keep, kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.ndjson"


def add(file: Path, *lines: str, end: str = "\n") -> None:
    with file.open("a", encoding="utf-8") as open_:
        open_.write("\n".join(lines) + end)


def all_of(following: Following) -> list[str]:
    found: list[str] = []
    while (block := following.block()) is not None:
        found += [one.body.decode() for one in block.lines]
    return found


def last(following: Following) -> tuple[list[str], Place]:
    blocks: list[Block] = []
    while (block := following.block()) is not None:
        blocks.append(block)
    following.close()
    return [one.body.decode() for block in blocks for one in block.lines], blocks[-1].place


def test_a_line_is_read_once_it_has_its_end(file: Path) -> None:
    following = Following(file)
    assert following.block() is None
    add(file, "a", "b", end="")

    first = all_of(following)
    add(file, "c")

    assert first == ["a"]
    assert all_of(following) == ["bc"]
    following.close()


def test_a_file_that_is_renamed_is_read_to_its_end_before_the_new_one(file: Path) -> None:
    following = Following(file)
    add(file, "a")
    assert all_of(following) == ["a"]

    add(file, "b")
    file.rename(file.with_suffix(".ndjson.1"))
    add(file, "c")

    assert all_of(following) == ["b", "c"]
    following.close()


def test_a_file_that_is_cut_is_read_from_its_beginning(file: Path) -> None:
    following = Following(file)
    add(file, "a long first line", "b")
    assert all_of(following) == ["a long first line", "b"]

    file.write_text("c\n", encoding="utf-8")

    assert all_of(following) == ["c"]
    following.close()


def test_it_goes_on_where_it_was_taken_to(file: Path, tmp_path: Path) -> None:
    add(file, "a", "b")
    _, place = last(Following(file))
    keep(tmp_path / "tails" / "1.json", place)
    add(file, "c")

    again = Following(file, place=kept(tmp_path / "tails" / "1.json"))

    assert all_of(again) == ["c"]
    again.close()


def test_what_was_added_before_a_rename_while_nobody_followed_is_found(file: Path) -> None:
    add(file, "a")
    _, place = last(Following(file))
    add(file, "b")
    file.rename(file.with_suffix(".ndjson.1"))
    add(file, "c")

    again = Following(file, place=place)

    assert all_of(again) == ["b", "c"]
    again.close()


def test_a_file_that_was_cut_and_has_grown_past_the_place_is_not_taken_for_the_same(
        file: Path) -> None:
    add(file, "a1", "a2")
    _, place = last(Following(file))
    file.write_text("b1\nb2\nb3\n", encoding="utf-8")

    again = Following(file, place=place)
    block = again.block()

    assert block is not None
    assert [one.body for one in block.lines] == [b"b1", b"b2", b"b3"]
    assert block.gap is True
    again.close()


def test_a_place_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    broken = tmp_path / "1.json"
    broken.write_text('{"device": 1', encoding="utf-8")

    assert kept(broken) is None
    assert kept(tmp_path / "2.json") is None

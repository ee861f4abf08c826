"""Bytes of any encoding become UTF-8, or are refused."""

from __future__ import annotations

import io

import pytest

from caopan.ingest.decode import BLOCK, Decoded
from caopan.ingest.limits import Limits
from caopan.ingest.messages import FileRefusedError


def decoded(body: bytes, encoding: str = "utf-8", **limits: int) -> Decoded:
    return Decoded(io.BytesIO(body), encoding=encoding, limits=Limits(**limits))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_comes_out_as_utf_8(encoding: str) -> None:
    assert decoded("场次,㐀𠮷\n".encode(encoding), encoding).read().decode() == "场次,㐀𠮷\n"


def test_a_mark_at_the_start_is_dropped_and_one_inside_is_kept() -> None:
    assert decoded("\ufeffa\ufeffb".encode()).read().decode() == "a\ufeffb"


def test_characters_cut_by_a_block_come_out_whole() -> None:
    text = "场次" * (BLOCK // 3)

    assert decoded(text.encode("gb18030"), "gb18030", line=2**30).read().decode() == text


def test_reading_in_pieces_gives_the_same_bytes() -> None:
    stream = decoded("一二三四五\n六".encode("gb18030"), "gb18030")

    pieces = list(iter(lambda: stream.read(4), b""))

    assert b"".join(pieces).decode() == "一二三四五\n六"


@pytest.mark.parametrize(("body", "key", "line"), [
    (b"a\nb\n\xff\xff\n", "encoding", 3), (b"a\nb\0c\n", "nul", 2),
    (b"a\n" + b"x" * 50, "long_line", 2),
])
def test_what_is_wrong_is_named_with_its_line(body: bytes, key: str, line: int) -> None:
    with pytest.raises(FileRefusedError) as refused:
        decoded(body, line=20).read()

    assert refused.value.message.key == key
    assert refused.value.message.values["line"] == line


def test_a_character_that_breaks_off_at_the_end_is_refused() -> None:
    with pytest.raises(FileRefusedError):
        decoded("场".encode()[:2]).read()


def test_lines_at_the_limit_pass() -> None:
    body = (b"x" * 19 + b"\n") * 10

    assert decoded(body, line=20).read() == body


def test_a_line_that_runs_through_blocks_is_found() -> None:
    with pytest.raises(FileRefusedError):
        decoded(b"a\n" + b"x" * (BLOCK + 10), line=BLOCK // 2).read()


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(FileRefusedError) as refused:
        decoded(b"a\n" * 100, text=50).read()

    assert refused.value.message.key == "too_big"


def test_closing_closes_the_file_below() -> None:
    below = io.BytesIO(b"a")

    Decoded(below, encoding="utf-8").close()

    assert below.closed

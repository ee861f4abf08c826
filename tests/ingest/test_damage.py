"""Why a file is damaged is said in the language of the sentence it stands in."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from caopan.ingest.damage import damaged, unopened

ENGLISH = re.compile("[a-z]{3,}", re.IGNORECASE)
NAMES = re.compile("gzip|zip|Parquet|xlsx")


@pytest.mark.parametrize(("error", "zh"), [
    (EOFError("Compressed file ended before the end-of-stream marker was reached"), "截断"),
    (EOFError(), "截断"), (zipfile.BadZipFile("File is not a zip file"), "压缩格式"),
    (zipfile.BadZipFile("Bad CRC-32 for file 'xl/workbook.xml'"), "校验码"),
    (gzip.BadGzipFile("CRC check failed 0x1 != 0x2"), "校验码"),
    (gzip.BadGzipFile("Not a gzipped file (b'ab')"), "不是完整的 gzip"),
    (zlib.error("Error -3 while decompressing data: invalid block type"), "压缩的数据"),
    (zlib.error("Error -3"), "压缩的数据"),
    (OSError("Parquet magic bytes not found in footer"), "结尾"),
    (ValueError("cfb: something odd"), "读不懂"),
])
def test_the_reason_is_said_in_both_languages(error: Exception, zh: str) -> None:
    message = damaged(error).message

    assert zh in message.say("zh")
    assert not ENGLISH.search(NAMES.sub("", message.say("zh")))
    assert message.say("en").isascii()
    assert message.values["reason"] == str(error)


@pytest.mark.parametrize(("number", "zh"), [(13, "没有读取权限"), (21, "文件夹"), (99, "系统")])
def test_what_the_system_says_is_translated(number: int, zh: str) -> None:
    message = unopened(OSError(number, "Raw words"), path="a.csv")

    assert zh in message.say("zh")
    assert "Raw words" not in message.say("zh") + message.say("en")
    assert message.values["reason"] == "Raw words"


def test_no_raw_words_of_a_library_stand_in_a_chinese_sentence(
    reading: Callable[..., Any], workbook: Callable[..., Any],
) -> None:
    packed = gzip.compress("场次ID,主播,开播时间,成交金额\n".encode() * 5_000)
    torn = io.BytesIO(workbook(a=[["x"]])).getvalue()[:-30]

    for body in (packed[:-20], torn, b"PAR1" + b"x" * 100 + b"PAR1", b"PK\x03\x04 none"):
        _, found = reading(body)
        said = found.skipped.say("zh")
        assert not ENGLISH.search(NAMES.sub("", said)), said

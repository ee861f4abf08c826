"""What the bytes of a file are, by the bytes and never by the name."""

from __future__ import annotations

import codecs
import zipfile
from enum import StrEnum
from typing import BinaryIO

from caopan.ingest.damage import damaged
from caopan.ingest.messages import refusal

HEAD = 64 * 2**10
"""Bytes looked at first."""


class Form(StrEnum):
    """The form (文件形态) of a file."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    GZIP = "gzip"
    ZIP = "zip"


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", " PDF 文件", "a PDF"),
    (b"\x89PNG", "图片", "a picture"), (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"), (b"BM6", "图片", "a picture"),
    (b"RIFF", "音视频或图片", "a video, sound or picture"),
    (b"\x1aE\xdf\xa3", "视频", "a video"), (b"ID3", "音频", "sound"),
    (b"Rar!", " RAR 压缩包", "a RAR archive"), (b"7z\xbc\xaf", " 7z 压缩包", "a 7z archive"),
    (b"\xfd7zXZ", " xz 压缩文件", "an xz archive"), (b"BZh", " bz2 压缩文件", "a bz2 archive"),
    (b"\x28\xb5\x2f\xfd", " zstd 压缩文件", "a zstd archive"),
    (b"SQLite format 3", " SQLite 数据库", "an SQLite database"),
    (b"MZ", "程序", "a program"), (b"\x7fELF", "程序", "a program"),
    (b"<!DOCTYPE", "网页", "a web page"), (b"<html", "网页", "a web page"),
    (b"<head", "网页", "a web page"), (b"<meta", "网页", "a web page"),
    (b"<table", "网页", "a web page"), (b"<style", "网页", "a web page"),
    (b"<?xml", " XML 文件", "an XML file"), (b"{\\rtf", " RTF 文档", "an RTF document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE = 0.15
"""Share of NULs at one parity that says UTF-16 without a mark."""


def form(head: bytes, whole: BinaryIO) -> Form:
    """Return the form of a file from its first bytes; archives are looked into.

    Args:
        head: the first ``HEAD`` bytes.
        whole: the file itself, seekable: a spreadsheet is told from an archive by its parts.

    >>> import io
    >>> form(b"a,b", io.BytesIO(b"a,b"))
    <Form.TEXT: 'text'>

    Raises:
        FileRefusedError: the bytes are a known thing that is no table, or nothing.
    """
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise refusal(key="nul", line=1) if b"\0" in head else refusal(key="empty_file")
    if head.startswith(b"PAR1"):
        return Form.PARQUET
    if head.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if head.startswith(_OLE):
        return _ole(whole)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(whole)
    _refuse_others(head)
    return Form.TEXT


def encoding(raw: BinaryIO) -> str:
    """Return the codec of a text: by its mark, by its NULs, else UTF-8 where it holds, GB18030.

    Reads on until a byte outside ASCII decides; leaves the stream where it stopped.

    >>> import io
    >>> encoding(io.BytesIO("成交金额".encode("gbk"))), encoding(io.BytesIO("GMV".encode()))
    ('gb18030', 'utf-8')

    Raises:
        FileRefusedError: the bytes are neither.
    """
    head = raw.read(HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _utf16(head):
        return wide
    while head and head.isascii():
        head = raw.read(HEAD)
    if _decodes(head, "utf-8"):
        return "utf-8"
    if _decodes(head, "gb18030"):
        return "gb18030"
    raise refusal(key="encoding", line=_line(head), encoding="UTF-8 / UTF-16 / GB18030")


def _refuse_others(head: bytes) -> None:
    """Refuse pictures, documents, archives and programs by their first bytes."""
    lowered = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, zh, en in _OTHERS:
        if head.startswith(magic) or (magic[:1] == b"<" and lowered.startswith(magic.lower())):
            raise refusal(key="not_a_table", what_zh=zh, what_en=en)
    if head[4:8] == b"ftyp":
        raise refusal(key="not_a_table", what_zh="视频", what_en="a video")


def _utf16(head: bytes) -> str | None:
    even, odd = head[0:4096:2], head[1:4096:2]
    if odd.count(0) > _WIDE * len(odd) and even.count(0) < odd.count(0) / 2:
        return "utf-16-le"
    if even.count(0) > _WIDE * len(even) and odd.count(0) < even.count(0) / 2:
        return "utf-16-be"
    return None


def _decodes(head: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _line(head: bytes) -> int:
    """Return the line, within these bytes, of the first that is not UTF-8."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return head.count(b"\n", 0, error.start) + 1
    return 1


def _ole(whole: BinaryIO) -> Form:
    """Tell an old workbook from an encrypted one and from other Office files."""
    whole.seek(0)
    body = whole.read(2**20)
    whole.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise refusal(key="password")
    if "WordDocument".encode("utf-16-le") in body:
        raise refusal(key="not_a_table", what_zh="Word 文档", what_en="a Word document")
    return Form.XLS


def _zipped(whole: BinaryIO) -> Form:
    try:
        with zipfile.ZipFile(whole) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError,
            RuntimeError) as error:
        raise damaged(error) from None
    if "xl/workbook.xml" in names:
        return Form.XLSX
    if b"opendocument.spreadsheet" in kind:
        return Form.ODS
    for part, zh, en in (("xl/workbook.bin", "二进制表格（.xlsb）", "a binary spreadsheet (.xlsb)"),
                         ("word/document.xml", " Word 文档", "a Word document"),
                         ("ppt/presentation.xml", " PPT 文稿", "a presentation")):
        if part in names:
            raise refusal(key="old_office", what_zh=zh, what_en=en)
    return Form.ZIP


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 256  # noqa: PLR2004

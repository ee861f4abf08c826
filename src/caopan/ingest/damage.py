"""Why a file cannot be opened or read on, said in the operator's own language."""

from __future__ import annotations

import errno
import zlib

from caopan.ingest.messages import FileRefusedError, message, refusal
from caopan.units.message import Message, Text

_OTHER = Text(zh="里面的结构读不懂", en="its inner structure cannot be read")
_TRUNCATED = Text(zh="数据提前结束，文件被截断了", en="the data end too early: it was cut off")
_REASONS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (("crc", "checksum"), Text(zh="校验码对不上，内容被改动过或传坏了",
                               en="the checksum does not match: its content was changed")),
    (("not a zip", "invalid zip", "central directory", "eocd", "magic number"),
     Text(zh="不是完整的压缩格式", en="it is not a whole zip archive")),
    (("not a gzip", "gzipped"), Text(zh="不是完整的 gzip", en="it is not a whole gzip file")),
    (("parquet", "footer", "thrift"),
     Text(zh="Parquet 的结尾缺失或损坏", en="the end of the Parquet file is missing or damaged")),
    (("encrypted", "password"), Text(zh="里面的内容有密码", en="what it holds is encrypted")),
    (("ended before", "end of file", "eof", "truncated", "incomplete", "too small", "too short"),
     _TRUNCATED),
    (("decompress", "compress", "inflate"),
     Text(zh="压缩的数据有错", en="its compressed data are wrong")),
)
_SYSTEM: dict[int | None, Text] = {
    errno.EACCES: Text(zh="没有读取权限", en="reading is not permitted"),
    errno.EPERM: Text(zh="没有读取权限", en="reading is not permitted"),
    errno.EISDIR: Text(zh="这是文件夹", en="it is a folder"),
    errno.ELOOP: Text(zh="链接绕成了圈", en="its links form a loop"),
    errno.ENAMETOOLONG: Text(zh="路径太长", en="the path is too long"),
    errno.EMFILE: Text(zh="打开的文件太多", en="too many files are open"),
    errno.EIO: Text(zh="磁盘读取出错", en="the disk failed to read it"),
}
_SYSTEM_OTHER = Text(zh="系统不让读取", en="the system refused to read it")


def damaged(error: BaseException) -> FileRefusedError:
    """Return the refusal of a damaged file; what the parser itself said is only in ``values``.

    >>> damaged(EOFError("Compressed file ended before the end-of-stream marker")).message.say("zh")
    '文件不完整或已损坏：数据提前结束，文件被截断了'
    """
    said = str(error).casefold()
    reason = next((text for words, text in _REASONS if any(word in said for word in words)), None)
    if reason is None and isinstance(error, EOFError):
        reason = _TRUNCATED
    if reason is None and isinstance(error, zlib.error):
        reason = _REASONS[-1][1]
    reason = reason or _OTHER
    return refusal(key="damaged_file", reason=str(error), reason_zh=reason.zh, reason_en=reason.en)


def unopened(error: OSError, *, path: str) -> Message:
    """Return what is said of a file that the system does not open.

    >>> unopened(PermissionError(13, "Permission denied"), path="a.csv").say("zh")
    '打不开 a.csv：没有读取权限'
    """
    reason = _SYSTEM.get(error.errno, _SYSTEM_OTHER)
    return message("unreadable_file", path=path, reason=error.strerror or str(error),
                   reason_zh=reason.zh, reason_en=reason.en)

"""The province of an address (省份): all that is ever kept of one."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank
from caopan.ingest.cells import Cells
from caopan.ingest.distinct import Read, over_distinct
from caopan.ingest.fault import clean

_PROVINCES = (
    "内蒙古(?:自治区)?|广西(?:壮族自治区|省)?|西藏(?:自治区)?|宁夏(?:回族自治区)?|"
    "新疆(?:维吾尔自治区)?|(?:香港|澳门)(?:特别行政区)?|(?:北京|上海|天津|重庆)市?|"
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|"
    "贵州|云南|陕西|甘肃|青海|台湾)省?")
_START = rf"^(?:中国)?\s*(?P<province>{_PROVINCES})"


def read(cells: Cells, *, blanks: tuple[str, ...] = ()) -> Read:
    """Return the province that each address begins with, null where it begins with none.

    >>> read(Cells(length=2, texts=pa.array(["浙江省杭州市", "文三路 9 号"])))[0].to_pylist()
    ['浙江省', None]
    """
    texts = blank.trimmed(cells.all_text(), words=(*blank.TEXT, *blanks))
    return over_distinct(texts, lambda seen: (_province(seen), clean(len(seen))))


def _province(addresses: pa.Array) -> pa.Array:
    return pc.struct_field(pc.extract_regex(addresses, _START), "province")

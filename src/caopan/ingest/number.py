"""Numbers as people and platforms write them."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest import blank
from caopan.ingest.cells import Cells
from caopan.ingest.currency import DOT_THOUSANDS, meant
from caopan.ingest.distinct import Read, castable, one_by_one, over_distinct
from caopan.ingest.fault import Codes, Fault, clean
from caopan.ingest.marks import plain_decimals

_TIMES = {"": 1, "千": 10**3, "k": 10**3, "万": 10**4, "萬": 10**4, "w": 10**4, "m": 10**6,
          "百万": 10**6, "千万": 10**7, "亿": 10**8, "億": 10**8, "b": 10**9}
_SHAPE = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?P<before>[^\d.,()+\-\s%]{1,4})?\s*(?P<inner>[+-])?"
    r"(?P<digits>\d[\d.,' ]*|\.\d+)\s*"
    r"(?P<times>百万|千万|[万萬亿億千]|[kwmb](?![a-z]))?\s*(?P<after>%|[^\d.,()\s%]{1,4})?"
    r"(?P<close>\))?", re.IGNORECASE)
_COMMON = r"^[-+]?[¥￥]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(万|亿|%)?$"
_COUNTED = frozenset("人 次 件 单 笔 个 场 人次 分 秒 分钟 秒钟 小时".split())
_EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")

Floats = npt.NDArray[np.float64]


def read(cells: Cells, *, blanks: tuple[str, ...] = (), currency: str | None = None,
         share: bool = False) -> Read:
    """Return the column as doubles (shape (n,), null where blank) and the fault of each row.

    Args:
        cells: the column.
        blanks: further texts that mean null.
        currency: the currency that signs must agree with; None: any sign will do.
        share: whether ``%`` is allowed (a ratio comes out: ``12.3%`` is 0.123).

    >>> cells = Cells(length=3, texts=pa.array(["1.2万", "--", "x"]))
    >>> values, codes = read(cells)
    >>> values.to_pylist(), codes.tolist()
    ([12000.0, None, None], [0, 0, 1])
    """
    values, codes = pa.nulls(cells.length, pa.float64()), clean(cells.length)
    if cells.texts is not None:
        values, codes = _of_texts(cells.texts, blanks, currency, share=share)
    if cells.numbers is not None:
        values = pc.coalesce(cells.numbers.cast(pa.float64(), safe=False), values)
    for odd in (cells.moments, cells.spans, cells.flags):
        if odd is not None:
            codes[np.asarray(odd.is_valid())] = Fault.UNREADABLE_NUMBER
    return _finite(values, codes)


def parse(text: str, *, currency: str | None = None, share: bool = False) -> float | Fault:
    """Return one number, or the fault that its text has.

    >>> parse("Rp9.467.316"), parse("(1,234.5)"), parse("¥1.05亿"), parse("12.3%", share=True)
    (9467316.0, -1234.5, 105000000.0, 0.123)
    >>> parse("Rp5", currency="CNY").name
    'OTHER_CURRENCY'
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if _EXPONENT.fullmatch(plain) or plain.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        return float(plain)
    shape = _SHAPE.fullmatch(plain)
    if not shape or bool(shape["open"]) != bool(shape["close"]):
        return Fault.UNREADABLE_NUMBER
    signs, fault = _signs(shape, currency, share=share)
    if fault:
        return fault
    dotted = any(sign in DOT_THOUSANDS for sign in signs)
    number = _decimal(shape["digits"].strip(), dotted=dotted)
    if number is None:
        return Fault.UNREADABLE_NUMBER
    number *= _TIMES[(shape["times"] or "").lower()]
    negative = (shape["sign"] == "-") != (shape["inner"] == "-") or bool(shape["open"])
    if shape["after"] == "%":
        number /= 100
    return float(-number if negative else number)


def _signs(shape: re.Match[str], currency: str | None, *,
           share: bool) -> tuple[tuple[str, ...], Fault | None]:
    """Return the currencies that the signs around the number may mean, or why they are wrong."""
    before, after = shape["before"], shape["after"]
    if after == "%":
        after, fault = None, None if share else Fault.UNREADABLE_NUMBER
        if fault:
            return (), fault
    if after in _COUNTED:
        after = None
    signs = [meant(sign) for sign in (before, after) if sign]
    if not all(signs):
        return (), Fault.UNREADABLE_NUMBER
    if currency and any(currency not in sign for sign in signs):
        return (), Fault.OTHER_CURRENCY
    return tuple(sign[0] for sign in signs), None


def _decimal(digits: str, *, dotted: bool) -> Decimal | None:
    """Return the decimal a run of digits, dots and commas stands for; None where unclear."""
    digits = digits.replace(" ", "").replace("'", "")
    point, comma = (",", ".") if dotted or _more(digits, ".", ",") else (".", ",")
    whole, _, rest = digits.partition(point)
    if point in rest or comma in rest:
        return None
    groups = whole.split(comma)
    if len(groups) > 1 and (any(len(g) != 3 for g in groups[1:])  # noqa: PLR2004 - thousands
                            or not 1 <= len(groups[0]) <= 3):  # noqa: PLR2004
        return None
    try:
        return Decimal("".join(groups) + ("." + rest if rest else ""))
    except InvalidOperation:
        return None


def _more(digits: str, dot: str, comma: str) -> bool:
    """Return whether dots must stand between thousands: several of them, or before a comma."""
    return digits.count(dot) > 1 or (dot in digits and comma in digits
                                     and digits.rindex(comma) > digits.rindex(dot))


def _of_texts(texts: pa.Array, blanks: tuple[str, ...], currency: str | None, *,
              share: bool) -> Read:
    words = (*blank.NUMBER, *blanks)
    rest = blank.emptied(texts, words=words)
    if castable(rest, pa.float64()):
        try:
            return rest.cast(pa.float64()), clean(len(texts))
        except pa.ArrowInvalid:
            pass
    rest = blank.trimmed(texts, words=words)
    return over_distinct(rest, lambda seen: _of_distinct(seen, currency, share=share))


def _of_distinct(seen: pa.Array, currency: str | None, *, share: bool) -> Read:
    """Cast the plain decimals at once; most of a column of amounts is."""
    plain = plain_decimals(seen)
    values, codes = np.full(len(seen), math.nan), clean(len(seen))
    values[plain] = np.asarray(seen.filter(pa.array(plain)).cast(pa.float64()))
    dressed, codes[~plain] = _dressed(seen.filter(pa.array(~plain)), currency, share=share)
    values[~plain] = dressed
    return pa.array(values), codes


def _dressed(seen: pa.Array, currency: str | None, *, share: bool) -> tuple[Floats, Codes]:
    """Read the common forms as whole columns, and what is left one by one."""
    common = pc.match_substring_regex(seen, _COMMON)
    if not share:
        common = pc.and_not(common, pc.ends_with(seen, "%"))
    if currency not in {None, "CNY", "JPY"}:
        common = pc.and_not(common, pc.match_substring_regex(seen, "[¥￥]"))
    values = np.full(len(seen), math.nan)
    codes = clean(len(seen))
    known = np.asarray(common)
    values[known] = _common(seen.filter(common))
    odd, odd_codes = one_by_one(
        seen.filter(pc.invert(common)), pa.float64(),
        lambda text: parse(text, currency=currency, share=share))
    values[~known] = odd.fill_null(0.0).to_numpy(zero_copy_only=False)
    codes[~known] = odd_codes
    return values, codes


def _common(texts: pa.Array) -> Floats:
    endings = {mark: pc.ends_with(texts, mark) for mark in ("万", "亿", "%")}
    bare = texts
    for mark in (",", "¥", "￥", *(mark for mark, has in endings.items() if pc.any(has).as_py())):
        bare = pc.replace_substring(bare, mark, "")
    values = np.array(bare.cast(pa.float64()), dtype=np.float64)
    values[np.asarray(endings["万"])] *= 1e4
    values[np.asarray(endings["亿"])] *= 1e8
    values[np.asarray(endings["%"])] /= 100
    return values


def _finite(values: pa.Array, codes: Codes) -> Read:
    """Refuse what is not finite, and blank the cells that have a fault."""
    wild = np.asarray(pc.invert(pc.is_finite(values)).fill_null(fill_value=False))
    codes = np.where(wild & (codes == 0), np.uint8(Fault.NOT_FINITE), codes)
    if not codes.any():
        return values, codes
    return pc.if_else(pa.array(codes > 0), pa.scalar(None, pa.float64()), values), codes

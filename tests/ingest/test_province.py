"""Of an address nothing but the province comes in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.province import read


@pytest.mark.parametrize(("address", "province"), [
    ("上海", "上海"), ("上海市浦东新区世纪大道 1 号", "上海市"), ("浙江省", "浙江省"),
    ("广东深圳南山", "广东"), ("内蒙古自治区呼和浩特", "内蒙古自治区"),
    ("新疆维吾尔自治区", "新疆维吾尔自治区"), ("广西壮族自治区南宁市", "广西壮族自治区"),
    (" 中国 黑龙江省哈尔滨", "黑龙江省"), ("香港特别行政区", "香港特别行政区"),
    ("南京西路 9 号", None), ("--", None), ("", None),
])
def test_an_address_is_cut_to_the_province_it_begins_with(
        address: str, province: str | None) -> None:
    values, codes = read(Cells(length=1, texts=pa.array([address])))

    assert values.to_pylist() == [province]
    assert codes.tolist() == [0]


def test_nothing_and_many_are_read_alike() -> None:
    texts = pa.array(["浙江省杭州市", None] * 1_000)

    assert read(Cells(length=2_000, texts=texts))[0].to_pylist() == ["浙江省", None] * 1_000
    assert read(Cells(length=1, numbers=pa.array([5.0])))[0].to_pylist() == [None]

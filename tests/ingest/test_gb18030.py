"""Cutting GB18030 before decoding it gives the rows and the issues that decoding first gives."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.ingest import gb18030
from caopan.ingest.delimited import delimited
from caopan.ingest.found import Found
from caopan.ingest.limits import Limits
from caopan.ingest.messages import FileRefusedError
from caopan.ingest.problems import Problems

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"),
                max_size=6)
LIMITS = Limits(line=1_000, text=100_000)


def _read(body: bytes, *, limits: Limits = LIMITS) -> tuple[object, ...]:
    """Return rows, their numbers, the problems, and why the file is refused, if it is."""
    found = Found(name="f", size=len(body), open=lambda: io.BytesIO(body))
    rows: list[object] = []
    problems = Problems(file="f")
    try:
        table = delimited(found, encoding="gb18030", limits=limits)
        for block in table.blocks(after=1, width=len(table.head[0]), problems=problems):
            rows += zip(block.rows.tolist(),
                        *(cells.all_text().to_pylist() for cells in block.columns), strict=True)
    except FileRefusedError as refused:
        return rows, problems.issues, refused.message
    return rows, problems.issues, None


def _decoded_first(body: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    with monkeypatch.context() as patch:
        patch.setattr(gb18030, "SEPARATORS", frozenset())
        return _read(body)


@settings(deadline=None)
@given(st.lists(TEXTS | st.sampled_from(['a"b', "a\nb", "丂,", "¥1", "|"]), max_size=30))
def test_cells_are_what_was_written(texts: list[str]) -> None:
    cells = pa.array([text.encode("gb18030") for text in texts], pa.binary())

    assert gb18030.decoded(cells).to_pylist() == texts


@pytest.mark.parametrize("cells", [[b"\x81", b"\x40"], [b"\xff"], [b"\x81\x30"], ["场".encode(
    "gb18030"), b"a\0b"]])
def test_characters_do_not_run_over_from_cell_to_cell(cells: list[bytes]) -> None:
    with pytest.raises(gb18030.NotPlainError):
        gb18030.decoded(pa.array(cells))


@pytest.mark.parametrize("body", [
    "甲,乙\n1,浙江\n2,¥3\n".encode("gb18030"),
    '"甲\n一",乙\r\n1,"浙,江"\r\n2,"他说""好"""\r\n'.encode("gb18030"),
    "甲;乙\n1;丂\n\n2;丂丂\n".encode("gb18030"),
    "甲|乙\n1|丂\n2|亅\n".encode("gb18030"),
    "甲,乙\n1,浙江\n2,上海,多\n3,北京\n".encode("gb18030"),
    '甲,乙\n1,浙江\n2,"没有关\n3,北京\n'.encode("gb18030"),
    "甲,乙\n1,浙".encode("gb18030")[:-1],
    "甲,乙\n1,".encode("gb18030") + b"\x81,\n2,3\n",
    "甲,乙\n1,浙\0江\n".encode("gb18030"),
    "甲,乙\n".encode("gb18030") + b"\xef\xbb\xbf\xbf,1\n2,3\n",
    ("甲,乙\n1," + "长" * 600 + "\n2,3\n").encode("gb18030"),
    ("甲,乙\n1," + "长" * 300 + "\n2,3\n").encode("gb18030"),
    ("甲,乙\n" + "1,长\n" * 20_000).encode("gb18030"),
    "甲,乙\n".encode("gb18030"), "甲,乙".encode("gb18030"),
    "甲,乙\r1,浙江\r2,上海\r".encode("gb18030"),
    ("甲,乙\n" + "1,浙江\n" * 5_000 + "2,上海,多\n" + "3,北京\n" * 50).encode("gb18030"),
])
def test_both_ways_find_the_same_rows_and_faults(
        body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(body) == _decoded_first(body, monkeypatch)


def test_rows_before_a_fault_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caopan.ingest.delimited._STRETCH", 2_000)
    body = ("甲,乙\n" + "1,浙江\n" * 1_000 + "2,上海,多\n" + "3,北京\n" * 50).encode("gb18030")

    rows, issues, refused = _read(body)

    assert refused is None
    assert [row[0] for row in rows] == [n for n in range(2, 1_053) if n != 1_002]  # type: ignore[index, attr-defined]
    assert [issue.row for issue in issues] == [1_002]  # type: ignore[attr-defined]

from __future__ import annotations

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.spellings import SYMBOLS, merged, spelled, with_symbol


def test_each_spelling_is_an_optional_field_of_its_own() -> None:
    fields = spelled(["Duration", "Duration (seconds)"], to="seconds", read="seconds")

    assert [(f.header, f.to, f.required, f.read) for f in fields] == [
        ("Duration", "seconds", False, "seconds"),
        ("Duration (seconds)", "seconds@2", False, "seconds")]


def test_the_only_spelling_of_a_column_has_to_be_there() -> None:
    assert [field.required for field in spelled(["LIVE GMV"], to="gmv", kind=Kind.MONEY)] == [True]


def test_a_known_column_may_be_dropped_in_every_spelling() -> None:
    assert [field.to for field in spelled(["CTR", "Click rate"], to=None)] == [None, None]


def test_whichever_spelling_the_file_has_ends_in_one_column() -> None:
    rows = pa.table({"gmv@3": [7], "name": ["pan"]})

    assert merged(rows).to_pylist() == [{"name": "pan", "gmv": 7}]


def test_the_first_filled_cell_counts_where_two_spellings_stand_in_one_file() -> None:
    rows = pa.table({"gmv@2": [None, 2], "gmv": [1, None]})

    assert merged(rows)["gmv"].to_pylist() == [1, 2]


def test_columns_without_a_second_spelling_stay_as_they_are() -> None:
    rows = pa.table({"name": ["pan"], "gmv": [1]})

    assert merged(rows).equals(rows)


def test_money_headers_carry_each_symbol_a_shop_may_have() -> None:
    assert len(set(with_symbol("GPM"))) == len(SYMBOLS)
    assert spelled(with_symbol("GMV"), to="gmv", kind=Kind.MONEY)[0].kind is Kind.MONEY

from __future__ import annotations

import pytest

from caopan.facts.schema import NULLABLE_REQUIRED, TABLES, Kind


def test_every_key_is_made_of_the_tables_own_columns() -> None:
    strangers = [(table.name, name) for table in TABLES.values() for name in table.key
                 if name not in table.names]

    assert strangers == []


def test_a_key_column_is_required_except_an_orders_line() -> None:
    loose = [(table.name, name) for table in TABLES.values() for name in table.key
             if not table.column(name).required]

    assert loose == [("orders", "line"), ("videos", "from"), ("videos", "to")]


def test_a_dated_table_is_dated_by_an_instant() -> None:
    kinds = {table.column(table.dated_by).kind for table in TABLES.values() if table.dated_by}

    assert kinds == {Kind.INSTANT}


def test_no_column_stands_twice() -> None:
    assert [table.name for table in TABLES.values()
            if len(set(table.names)) != len(table.names)] == []


def test_money_stands_beside_a_currency_or_belongs_to_a_session() -> None:
    bare = {table.name for table in TABLES.values()
            if any(column.kind is Kind.MONEY for column in table.columns)
            and "currency" not in table.names}

    assert bare == {"session_minutes", "planned_products"}


def test_an_unpaid_order_may_lack_its_payment_only() -> None:
    assert {("orders", "paid_at")} == NULLABLE_REQUIRED


def test_a_column_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="gvm"):
        TABLES["sessions"].column("gvm")

from __future__ import annotations

from caopan.facts.column_words import COLUMN_WORDS, TABLE_WORDS
from caopan.facts.schema import TABLES


def test_every_table_and_column_has_its_words() -> None:
    columns = {column.name for table in TABLES.values() for column in table.columns}

    assert set(TABLE_WORDS) == set(TABLES)
    assert columns - set(COLUMN_WORDS) == set()


def test_words_are_there_in_both_languages() -> None:
    empty = [name for name, text in {**TABLE_WORDS, **COLUMN_WORDS}.items()
             if not text.zh or not text.en]

    assert empty == []

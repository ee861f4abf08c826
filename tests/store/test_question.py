"""A question answers each asking from its own values, and a new state from its own rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from caopan.store.question import Question, Tables, Words
from caopan.store.store import Store

BEFORE, AFTER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def in_city(tables: Tables, words: Words) -> ir.Table:
    belts = tables["belts"]
    return belts.filter(belts.city == words["city"]).select("belt_id").order_by("belt_id")


def asked(city: str) -> Question:
    return Question(name="in city", make=in_city, words={"city": city})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        with opened.importing(now=BEFORE) as batch:
            batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "city": ["义乌", "o'x"]}))
        yield opened


def test_each_asking_is_answered_with_its_own_word(store: Store) -> None:
    answers = [store.ask(asked(city)).to_pylist() for city in ("义乌", "o'x", "曹县")]

    assert answers == [[{"belt_id": "b1"}], [{"belt_id": "b2"}], []]


@pytest.mark.parametrize("word", ["' OR 1=1 --", "caopan-blank:city", "'caopan-blank:city'",
                                  "\\", "义乌'; DROP VIEW belts_0; --"])
def test_a_word_is_only_ever_a_word(store: Store, word: str) -> None:
    assert store.ask(asked(word)).num_rows == 0
    assert store.ask(asked("义乌")).num_rows == 1


def test_a_question_is_made_once_for_all_its_words(store: Store) -> None:
    made = []

    def counted(tables: Tables, words: Words) -> ir.Table:
        made.append(1)
        return in_city(tables, words)

    for city in ("义乌", "曹县", "o'x"):
        store.ask(Question(name="counted", make=counted, words={"city": city}))

    assert len(made) == 1


def test_rows_handed_over_stand_in_the_place_of_a_table(store: Store) -> None:
    for ids in (["x1"], ["x2", "x3"]):
        rows = pa.table({"belt_id": ids, "city": ["义乌"] * len(ids)})
        found = store.ask(Question(name="in city", make=in_city, words={"city": "义乌"},
                                   rows={"belts": rows}))
        assert found["belt_id"].to_pylist() == ids

    assert store.ask(asked("义乌"))["belt_id"].to_pylist() == ["b1"]


def test_an_import_is_seen_by_a_question_asked_before(store: Store) -> None:
    before = store.ask(asked("义乌")).num_rows
    with store.importing(now=AFTER) as batch:
        batch.add("belts", pa.table({"belt_id": ["b3"], "city": ["义乌"]}))

    assert (before, store.ask(asked("义乌")).num_rows) == (1, 2)

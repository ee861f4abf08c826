"""The shipped contingency cards: each file is sound, and its examples are tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.live.role import Role
from caopan.playbook.card import Card, Owner
from caopan.playbook.card_compiler import compiled_card
from caopan.playbook.card_document import cards_document
from caopan.playbook.cards import cards
from caopan.playbook.rule import Origin
from caopan.playbook.source import Source, parse
from caopan.playbook.trigger import READINGS, Case, Reading, Trigger
from tests.playbook.test_rules import EVASION, HAN

SHIPPED = cards()


def own(folder: Path, name: str, text: str) -> Path:
    made = folder / "contingency"
    made.mkdir(exist_ok=True)
    (made / name).write_text(text, encoding="utf-8")
    return folder


def test_the_fifteen_cards_of_the_trade_are_shipped_and_none_has_an_issue() -> None:
    assert SHIPPED.issues == ()
    assert [one.number for one in SHIPPED.cards] == list(range(1, 16))
    assert len(SHIPPED.active) == 15


@pytest.mark.parametrize("card", SHIPPED.cards, ids=lambda one: one.id)
def test_a_card_speaks_both_languages_and_advises_no_evasion(card: Card) -> None:
    texts = [card.name, card.says, card.first_action, card.recover, card.limits, card.source,
             *card.checklist, *(text for text in (card.tap, card.line) if text)]

    assert all(HAN.search(text.zh) and not HAN.search(text.en) for text in texts)
    assert not [word for text in texts for word in EVASION if word in text.zh + text.en]
    assert card.triggers or card.tap


def test_every_reading_is_watched_by_a_card_and_has_its_words() -> None:
    watched = {trigger.reading for card in SHIPPED.cards for trigger in card.triggers}

    assert watched == set(Reading) == set(READINGS)


def test_owners_are_the_roles_of_a_room() -> None:
    assert {one.value for one in Owner} == {one.value for one in Role}


def test_a_limit_needs_enough_evidence_and_enough_time() -> None:
    trigger = Trigger(reading=Reading.COVER, below=1.0, minimum_n=3, lasts_seconds=30)

    assert trigger.fires(Case(value=0.5, n=3, seconds=30))
    assert not trigger.fires(Case(value=0.5, n=2, seconds=30))
    assert not trigger.fires(Case(value=0.5, n=3, seconds=29))
    assert not trigger.fires(Case(value=float("nan"), n=3, seconds=30))


def test_an_example_that_comes_out_otherwise_is_named_with_its_line() -> None:
    text = ('[[triggers]]\nreading = "cover"\nbelow = 1\n\n[[triggers.firing]]\nvalue = 2\n\n'
            "[[triggers.quiet]]\nvalue = 3\n")
    source = parse(text, file="x.toml")
    assert isinstance(source, Source)

    card, issues = compiled_card(source)

    (failed,) = [one for one in issues if one.message.key == "playbook_example_fails"]
    assert card is None
    assert failed.column == "triggers[1].firing[1]"


def test_a_workspace_changes_a_limit_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = own(tmp_path, "stream_lost.toml", """
id = "stream_lost"
[[triggers]]
reading = "heartbeat_age"
above = 20
[[triggers.firing]]
value = 25
[[triggers.quiet]]
value = 12
""")

    found = cards(folder)
    card = found.card("stream_lost")

    assert found.issues == ()
    assert card is not None
    assert (card.triggers[0].limit, card.origin) == (20.0, Origin.CHANGED)
    assert card.name == SHIPPED.cards[0].name


def test_a_broken_page_is_an_issue_and_the_shipped_card_stays(tmp_path: Path) -> None:
    folder = own(tmp_path, "stream_lost.toml", 'id = "stream_lost"\nowner = "cook"\n')

    found = cards(folder)

    assert [(one.file, one.column) for one in found.issues] == [("stream_lost.toml", "owner")]
    assert found.card("stream_lost") == SHIPPED.card("stream_lost")


def test_as_json_a_card_tells_its_triggers_with_their_examples() -> None:
    document = cards_document(SHIPPED, language="zh")
    first = document["cards"][0]  # type: ignore[index]

    assert first["triggers"][0]["above"] == 10.0
    assert {one["kind"] for one in first["triggers"][0]["examples"]} == {"firing", "quiet"}

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.cli.options import (
    MissingValueError,
    UnknownLanguageError,
    hoisted,
    language_of,
    workspace_of,
)


@pytest.mark.parametrize(("typed", "read"), [
    (["batches", "--json"], ["--json", "batches"]),
    (["--json", "batches"], ["--json", "batches"]),
    (["undo", "3", "--lang", "en", "--workspace=here"],
     ["--lang", "en", "--workspace=here", "undo", "3"]),
    (["import", "--", "--json"], ["import", "--", "--json"]),
    ([], []),
])
def test_general_options_may_stand_anywhere(typed: list[str], read: list[str]) -> None:
    assert hoisted(typed) == read


@pytest.mark.parametrize("typed", [["run", "--lang"], ["--workspace", "--json", "batches"]])
def test_a_general_option_without_its_value_is_refused(typed: list[str]) -> None:
    with pytest.raises(MissingValueError):
        hoisted(typed)


def test_the_flag_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAOPAN_LANG", "zh")

    assert language_of(["--lang", "en"]) == "en"
    assert language_of(["--lang=en"]) == "en"
    assert language_of([]) == "zh"


def test_a_language_the_product_does_not_speak_is_named() -> None:
    with pytest.raises(UnknownLanguageError) as refused:
        language_of(["--lang", "fr"])

    assert refused.value.message.say("en") == "no language fr"


def test_the_workspace_comes_from_the_flag_then_the_environment(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAOPAN_WORKSPACE", "/srv/room")

    assert workspace_of(Path("flag")) == Path("flag")
    assert workspace_of(None) == Path("/srv/room")

    monkeypatch.delenv("CAOPAN_WORKSPACE")

    assert workspace_of(None) == Path("caopan-workspace")

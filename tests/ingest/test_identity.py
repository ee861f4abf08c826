from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from caopan.ingest.identity import derived, plain, ranked


def test_a_key_does_not_depend_on_the_zone_the_start_was_written_in() -> None:
    in_utc = datetime(2026, 4, 6, 2, 0, tzinfo=UTC)
    in_jakarta = in_utc.astimezone(ZoneInfo("Asia/Jakarta"))

    assert derived("session", ["shop", in_utc]) == derived("session", ["shop", in_jakarta])


def test_an_absent_part_is_not_an_empty_one() -> None:
    assert derived("session", ["shop", None]) != derived("session", ["shop", ""])


def test_parts_do_not_run_into_each_other() -> None:
    assert derived("session", ["ab", "c"]) != derived("session", ["a", "bc"])


@given(st.lists(st.sampled_from("abc")))
def test_ranked_keys_are_all_different_and_keep_their_order(keys: list[str]) -> None:
    result = ranked(keys)

    assert len(set(result)) == len(keys)
    assert [key.partition("-")[0] for key in result] == keys


def test_titles_compare_without_width_case_and_runs_of_space() -> None:
    assert plain("\uff2cIVE\u3000 1\uff12") == plain("live 12")

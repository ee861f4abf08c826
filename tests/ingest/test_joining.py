from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from caopan.ingest.joining import joined

EVENING = datetime(2026, 4, 6, 12, 0, tzinfo=UTC)


def sessions(*rows: tuple[str, str, int, str | None]) -> pa.Table:
    """Return sessions of (id, account, minutes after the evening began, title)."""
    ids, accounts, minutes, titles = zip(*rows, strict=True)
    return pa.table({
        "session_id": pa.array(ids, pa.string()),
        "streamer_id": pa.array(accounts, pa.string()),
        "started_at": pa.array([EVENING + timedelta(minutes=m) for m in minutes],
                               pa.timestamp("us", "UTC")),
        "title": pa.array(titles, pa.string()),
    })


def ads(*rows: tuple[str | None, int, str | None, int | None]) -> pa.Table:
    """Return ad rows of (account, minutes after the evening began, title, spend in IDR cents)."""
    accounts, minutes, titles, spend = zip(*rows, strict=True)
    return pa.table({
        "streamer_id": pa.array(accounts, pa.string()),
        "starts_at": pa.array([EVENING + timedelta(minutes=m) for m in minutes],
                              pa.timestamp("us", "UTC")),
        "x_title": pa.array(titles, pa.string()),
        "spend": pa.array(spend, pa.int64()),
        "currency": pa.array(["IDR"] * len(rows), pa.string()),
    })


def test_several_campaigns_point_at_one_session() -> None:
    rooms = sessions(("evening", "shop", 0, "Disc exclusive 🔥"))

    result = joined(
        ads(("shop", 0, "Disc exclusive 🔥", 700), ("shop", 4, "Disc exclusive 🔥", 0)), rooms)

    assert result.session_ids.to_pylist() == ["evening", "evening"]
    assert result.coverage.joined == 2
    assert result.coverage.sessions_reached == 1


def test_the_nearest_start_wins_when_one_title_ran_twice() -> None:
    rooms = sessions(("first", "shop", 0, "Promo"), ("second", "shop", 9, "Promo"))

    result = joined(ads(("shop", 6, "Promo", 1), ("shop", -3, "Promo", 1)), rooms)

    assert result.session_ids.to_pylist() == ["second", "first"]


@pytest.mark.parametrize(("minutes", "expected"), [(10, "evening"), (-10, "evening"), (11, None)])
def test_a_launch_further_away_than_ten_minutes_is_another_show(
    minutes: int, expected: str | None,
) -> None:
    rooms = sessions(("evening", "shop", 0, "Promo"))

    result = joined(ads(("shop", minutes, "Promo", 1)), rooms)

    assert result.session_ids.to_pylist() == [expected]


def test_another_title_at_the_same_minute_is_another_room() -> None:
    rooms = sessions(("evening", "shop", 0, "Guncang 4.4"))

    result = joined(ads(("shop", 0, "Disc exclusive", 900)), rooms)

    assert result.session_ids.to_pylist() == [None]
    assert result.coverage.spend == {"IDR": (0, 900)}


def test_an_equal_title_beats_a_nearer_start_of_a_room_without_title() -> None:
    rooms = sessions(("nameless", "shop", 1, None), ("named", "shop", 5, "Promo"))

    result = joined(ads(("shop", 1, "promo", 1)), rooms)

    assert result.session_ids.to_pylist() == ["named"]


def test_a_title_cut_short_by_one_export_still_agrees() -> None:
    rooms = sessions(("evening", "shop", 0, "GUNCANG PROMO SPECIAL LIVE 4.4 HEMAT"))

    result = joined(ads(("shop", 0, "Guncang Promo Special…", 1), ("shop", 0, "Gun", 1)), rooms)

    assert result.session_ids.to_pylist() == ["evening", None]


def test_time_alone_decides_where_the_ad_has_no_title() -> None:
    rooms = sessions(("evening", "shop", 0, "Promo"), ("night", "shop", 200, "Promo"))

    result = joined(ads(("shop", 198, None, 1)), rooms)

    assert result.session_ids.to_pylist() == ["night"]


def test_two_sessions_that_fit_equally_leave_the_row_without_one_and_are_counted() -> None:
    rooms = sessions(("left", "shop", -5, "Promo"), ("right", "shop", 5, "Promo"))

    result = joined(ads(("shop", 0, "Promo", 50)), rooms)

    assert result.session_ids.to_pylist() == [None]
    assert result.coverage.ambiguous == 1
    assert result.coverage.joined == 0


def test_a_row_of_one_account_never_joins_the_session_of_another() -> None:
    rooms = sessions(("theirs", "rival", 0, "Promo"))

    result = joined(ads(("shop", 0, "Promo", 1)), rooms)

    assert result.session_ids.to_pylist() == [None]


def test_a_row_without_account_joins_whichever_account_fits_alone() -> None:
    rooms = sessions(("ours", "shop", 0, "Promo"), ("theirs", "rival", 0, "Other goods"))

    result = joined(ads((None, 2, "Promo", 1)), rooms)

    assert result.session_ids.to_pylist() == ["ours"]


def test_a_row_without_account_is_ambiguous_when_two_accounts_fit() -> None:
    rooms = sessions(("ours", "shop", 0, "Promo"), ("theirs", "rival", 0, "Promo"))

    result = joined(ads((None, 2, "Promo", 1)), rooms)

    assert result.session_ids.to_pylist() == [None]
    assert result.coverage.ambiguous == 1


def test_a_session_the_file_already_names_is_kept() -> None:
    rooms = sessions(("evening", "shop", 0, "Promo"))
    rows = ads(("shop", 0, "Promo", 1)).append_column(
        "session_id", pa.array(["named-by-the-file"], pa.string()))

    result = joined(rows, rooms)

    assert result.session_ids.to_pylist() == ["named-by-the-file"]
    assert result.coverage.sessions_reached == 0


def test_spend_is_counted_by_currency_and_unknown_spend_nowhere() -> None:
    rooms = sessions(("evening", "shop", 0, "Promo"))
    rows = ads(("shop", 0, "Promo", 700), ("shop", 0, "Promo", None), ("shop", 60, "Promo", 300),
               ("shop", 0, "Promo", 5))
    rows = rows.set_column(
        rows.column_names.index("currency"), "currency",
        pa.array(["IDR", "IDR", "IDR", "USD"], pa.string()))

    result = joined(rows, rooms)

    assert result.coverage.spend == {"IDR": (700, 1000), "USD": (5, 5)}
    assert (result.coverage.rows, result.coverage.joined) == (4, 3)


def test_cost_of_sessions_outside_the_export_shows_as_missing_coverage() -> None:
    rooms = sessions(("mon", "shop", 0, "Promo"), ("tue", "shop", 1440, "Promo"))

    result = joined(ads(("shop", 0, "Promo", 40), ("shop", 2880, "Promo", 60)), rooms)

    assert (result.coverage.sessions, result.coverage.sessions_reached) == (2, 1)
    assert result.coverage.spend == {"IDR": (40, 100)}


def test_no_sessions_and_no_rows_are_answers_too() -> None:
    rooms = sessions(("evening", "shop", 0, "Promo"))

    assert joined(ads(("shop", 0, "Promo", 1)), rooms.slice(0, 0)).session_ids.to_pylist() == [None]
    assert joined(ads(("shop", 0, "Promo", 1)).slice(0, 0), rooms).coverage.rows == 0


def test_the_order_of_the_sessions_does_not_matter() -> None:
    rooms = sessions(("a", "shop", 0, "Promo"), ("b", "shop", 30, "Promo"), ("c", "shop", 60, None))
    rows = ads(("shop", 29, "Promo", 1), ("shop", 61, "x", 1), ("shop", 1, "Promo", 1))

    forwards = joined(rows, rooms).session_ids.to_pylist()
    backwards = joined(rows, rooms.take([2, 1, 0])).session_ids.to_pylist()

    assert forwards == backwards == ["b", "c", "a"]


def test_titles_agree_whatever_their_width_case_and_spaces() -> None:
    rooms = sessions(("evening", "shop", 0, "\uff2cIVE\u3000 1\uff12"))

    assert joined(ads(("shop", 0, "live 12", 1)), rooms).session_ids.to_pylist() == ["evening"]

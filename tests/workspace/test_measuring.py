from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from caopan.units.period import Period
from caopan.workspace.measuring import EmptyPeriodError, period


def test_a_value_stands_beside_its_definition(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    told = workspace.metric("gmv_gross", by=("streamer_id",)).document("zh")

    assert told["unit"] == "money"
    assert told["formula"]
    assert told["rows"] == [
        {"streamer_id": "林晚", "currency": "CNY", "value": "900.50", "n": 2},
        {"streamer_id": "阿泽", "currency": "CNY", "value": None, "n": 0},
    ]


def test_a_period_leaves_out_its_last_day(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    told = workspace.metric("gmv_gross", start=date(2026, 3, 1), end=date(2026, 3, 2))

    assert told.document("en")["rows"] == [{"currency": "CNY", "value": "500.00", "n": 1}]


def test_lines_for_a_person_carry_unit_and_n(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    head, *rows = workspace.metric("gmv_gross", by=("streamer_id",)).lines("en")

    assert "=" in head
    assert rows == ["林晚\tCNY\t¥900.5\tn=2", "阿泽\tCNY\t—\tn=0"]


def test_an_unknown_metric_is_refused_with_near_names(workspace: Workspace) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.metric("gmv_gros")

    assert "gmv_gross" in str(refused.value.message.values)


def test_an_open_end_reaches_far_and_a_reversed_one_is_refused() -> None:
    assert period(None, date(2026, 3, 1)) == Period(start=date(1990, 1, 1), end=date(2026, 3, 1))
    with pytest.raises(EmptyPeriodError) as refused:
        period(date(2026, 3, 2), date(2026, 3, 2))

    assert refused.value.message.advise("en") == "let it end on 2026-03-03 or later"


def test_days_beyond_all_days_are_cut_off() -> None:
    whole = period(date.min, date.max)

    assert whole == period(None, date.max) == period(date.min, None)
    assert whole is not None
    assert whole.instants()
    with pytest.raises(EmptyPeriodError):
        period(date.max, date.max)


def test_sessions_of_which_only_the_month_is_known_have_no_hour(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,units,x_started_at_known\n"
                    "a,h,2026-03-02T19:30:00+08:00,3,month\n"
                    "b,h,2026-03-03T19:30:00+08:00,4,\n", encoding="utf-8")
    workspace.import_files([file])

    def by(name: str) -> dict[object, object]:
        rows = workspace.metric("sessions", by=(name,)).document("en")["rows"]
        return {row[name]: row["value"] for row in rows}

    assert by("hour") == {None: 1, 19: 1}
    assert by("weekday") == {None: 1, 2: 1}
    assert {str(day) for day in by("day")} == {"None", "2026-03-03"}
    assert {str(month) for month in by("month")} == {"2026-03-01"}


def test_a_period_without_a_row_says_so(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    lines = workspace.metric("gmv_gross", start=date(2030, 1, 1)).lines("zh")

    assert lines[1:] == ["没有这样的数据：这段时间没有能算它的行"]

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.cli import app

Captured = pytest.CaptureFixture[str]
ORDERS = """order_id,product_id,paid_at,amount,quantity,currency
o1,p1,2026-03-01T10:00:00+08:00,20.00,1,CNY
o2,p1,2026-03-02T10:00:00+08:00,30.00,1,CNY
"""


@pytest.mark.parametrize(("language", "said"), [
    ("zh", "没有场次，所以没有诊断"), ("en", "no sessions, so no diagnosis")])
def test_orders_alone_end_in_a_report_and_say_why_there_is_no_diagnosis(
        tmp_path: Path, language: str, said: str, capsys: Captured) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, "utf-8")

    code = app.run(["--workspace", str(tmp_path / "w"), "--lang", language, "run", str(file)])

    seen = capsys.readouterr()
    assert code == 0
    assert said in seen.err
    assert seen.out.strip() == str(tmp_path / "w" / "report.html")


def test_the_subjects_that_are_not_listed_are_counted(tmp_path: Path, capsys: Captured) -> None:
    head = "session_id,streamer_id,started_at,ended_at,views,gmv,currency\n"
    lines = [f"s{host}-{day},host{host},2026-03-{day:02}T10:00:00+08:00,"
             f"2026-03-{day:02}T12:00:00+08:00,100,50.00,CNY\n"
             for host in range(14) for day in (1, 2)]
    file = tmp_path / "sessions.csv"
    file.write_text(head + "".join(lines), "utf-8")

    assert app.run(["--workspace", str(tmp_path / "w"), "--lang", "en", "run", str(file)]) == 0
    assert "… 2 more: see the report" in capsys.readouterr().err

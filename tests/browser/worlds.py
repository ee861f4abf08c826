"""The workspaces whose screens are looked at, and the address of each screen in them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from caopan import Workspace
from caopan.plan.sheet_edit import Do, Edit
from caopan.web.console.diagnosis_query import page_of
from caopan.web.console.room_view import VIEWS
from caopan.web.console.sheet_address import address
from caopan.web.house import House
from caopan.workspace.grain import Grain
from tests.web.console.rooms import evening

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CAOPAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
Places = dict[str, str]
"""Addresses by the name of the screen."""
LONG_CHINESE = "春夏季全国巡回直播间之江南老字号传统手工丝绸围巾旗舰店" * 4
LONG_LATIN = "TheUnbreakablyLongNameOfAHostWhoNeverUsesASpace" * 4
HEAD = ("session_id,streamer_id,merchant_id,started_at,ended_at,title,views,orders,units,gmv,"
        "currency")
FIRST_EVENING = datetime(2026, 1, 1, 12, tzinfo=UTC)
RENAMED = "场次编号,streamer_id,started_at,ended_at,views,orders,units,gmv,currency"


def toy(folder: Path) -> Places:
    """Build the synthetic world; return every screen that shows numbers."""
    with Workspace.open(folder) as workspace:
        workspace.demo(size="toy", seed=7)
        workspace.keep_results()
        return {
            "today": "/", "import-synthetic": "/import", "batches": "/import/batches",
            "batch": "/import/batches/1", "hosts": "/subjects",
            "merchants": "/subjects?grain=merchant", "diagnoses": "/diagnose",
            **_subjects(workspace), "metrics": "/metrics", "metric": _metric(workspace),
            **PLAN, **_campaign(workspace), **_run_sheet(workspace), "handbook": "/handbook",
            "rule": _first_rule(workspace), "quality": "/quality",
            "settings": "/settings", "gallery": "/gallery", "missing": "/nowhere"}


def douyin(folder: Path) -> Places:
    """Import twelve real hosts; return the screens about one."""
    with Workspace.open(folder) as workspace:
        workspace.import_files([SHARED / "live_douyin_2021"], year=2021)
        workspace.keep_results()
        return {"today": "/", "import": "/import", "batch": "/import/batches/1",
                "hosts": "/subjects", "diagnoses": "/diagnose", **_subjects(workspace),
                "metrics": "/metrics", "metric": _metric(workspace), **PLAN,
                "quality": "/quality"}


def long(folder: Path) -> Places:
    """Build a workspace whose names never end, with an upload that waits for an answer."""
    file = sessions_file(folder.parent / "long.csv", shows=60)
    with Workspace.open(folder) as workspace:
        workspace.import_files([file])
        workspace.keep_results()
        asks = _waiting(workspace, f"{LONG_LATIN[:80]}.csv",
                        "\n".join([RENAMED, *_strangers(12)]))
        ready = _waiting(workspace, "more.csv", "\n".join([HEAD, *_evenings(64)[40:]]))
        return {"import": "/import", "upload-asks": asks, "upload-ready": ready,
                "batches": "/import/batches", "batch": "/import/batches/1", "hosts": "/subjects",
                "merchants": "/subjects?grain=merchant", "diagnoses": "/diagnose",
                **_subjects(workspace), "metric": _metric(workspace), **PLAN,
                "quality": "/quality"}


def empty(folder: Path) -> Places:
    """Open a workspace of nothing; return the screens of a first run."""
    with Workspace.open(folder) as workspace:
        return {"door": "/enter", "today": "/", "import": "/import", "hosts": "/subjects",
                "diagnoses": "/diagnose", "metric": _metric(workspace), **PLAN,
                "quality": "/quality"}


def room(folder: Path) -> Places:
    """Stop a rehearsal in mid-show; return every screen of its room."""
    with Workspace.open(folder) as workspace:
        house = House.of(workspace)
        try:
            known = evening(house)
        finally:
            house.desk.close()
            house.jobs.close()
        return {"list": "/rooms", "feeds": f"/rooms/{known}/feeds",
                "overlay": f"/rooms/{known}/overlay"} | {
            view.name or "control": view.path(known) for view in VIEWS.values()}


def sessions_file(file: Path, *, shows: int) -> Path:
    """Write the shows of two hosts whose names never end as our own CSV."""
    file.write_text("\n".join([HEAD, *_evenings(shows)]), encoding="utf-8")
    return file


PLAN: Places = {"plan": "/plan", "response": "/plan/response", "stock": "/plan/stock",
                "compare": "/plan/compare?total_b=2%E4%B8%87", "backtest": "/plan/backtest",
                "growths": "/growth"}
BUILD: dict[str, Callable[[Path], Places]] = {
    "toy": toy, "douyin": douyin, "long": long, "empty": empty, "room": room}


def _subjects(workspace: Workspace) -> Places:
    """Return the pages of the host with the most sessions, of its evidence and its session."""
    known = [row for row in workspace.rooms.everyone(Grain.STREAMER).rows.select(
        ["id", "sessions"]).to_pylist() if row["sessions"]]
    host = max(known, key=lambda row: (row["sessions"], row["id"]))["id"]
    room = workspace.rooms.room(Grain.STREAMER, host)
    session = max(room.rows["session_id"].to_pylist())
    merchants = sorted(row["id"] for row in workspace.rooms.everyone(Grain.MERCHANT).rows.select(
        ["id", "sessions"]).to_pylist() if row["sessions"])
    profile = quote(host, safe="")
    pages = {"host": f"/subjects/streamer/{profile}",
             "growth": f"/growth/streamer/{profile}",
             "diagnosis": page_of("streamer", host),
             "session": f"/sessions/{quote(session, safe='')}"}
    if merchants:
        pages["merchant"] = f"/subjects/merchant/{quote(merchants[0], safe='')}"
    return pages


def _campaign(workspace: Workspace) -> Places:
    """Return the list of campaigns, and two tabs of the one that the world comes with."""
    kept = workspace.campaigns()[0].campaign
    taken = workspace.accept_for_campaign(kept.id, parts=["pitches"]).campaign
    page = f"/campaigns/{kept.id}"
    return {"campaigns": "/campaigns", "campaign-spend": f"{page}/spend",
            "campaign": f"{page}/pitch?product={quote(taken.pitches[0].product_id, safe='')}"}


def _run_sheet(workspace: Workspace) -> Places:
    """Line up the next planned session, with a promise that is missed and a sample that lacks."""
    show = workspace.planned_shows()[0]
    sheet = workspace.planned_sheet(show.session_id)
    workspace.keep_run_sheet(show.session_id, sheet)
    first, second, last = sheet.items[0].id, sheet.items[1].id, sheet.items[-1].id
    anchor = show.starts_at and (show.starts_at + timedelta(minutes=20)).isoformat()
    workspace.edit_run_sheet(show.session_id, [
        Edit(do=Do.CHANGE, item_id=first, fields={
            "sample_ready": False, "coupon": "1.00", "daily_price": "99.00", "points": ["现货"],
            "stock_batches": [{"quantity": 30}, {"quantity": 20, "when": "在线≥500"}]}),
        Edit(do=Do.CHANGE, item_id=last, fields={"anchor": anchor, "target": {
            "gmv": {"low": "800", "mid": "1200", "high": "2000"}, "units": None}}),
        Edit(do=Do.MOVE, item_id=second, after="")])
    at = address(show.session_id)
    return {"runsheet": at, "runsheet-item": f"{at}?item={first}&before=1&after=2"}


def _metric(workspace: Workspace) -> str:
    return f"/metrics/{workspace.metrics()[0].id}"


def _first_rule(workspace: Workspace) -> str:
    return f"/handbook/{workspace.handbook().rules[0].id}"


def _waiting(workspace: Workspace, name: str, text: str) -> str:
    """Bring one file, look at it, and return the page that shows it."""
    shelf = workspace.imports.incoming
    upload = shelf.begin(now=FIRST_EVENING)
    with shelf.receive(upload.id, name) as file:
        file.write(text.encode())
    workspace.imports.look(shelf.get(upload.id))
    return f"/import/{upload.id}"


def _evenings(count: int) -> list[str]:
    """Return shows of two hosts with endless names; one of them sells half as often by the end."""
    rows = []
    for number in range(count):
        start = FIRST_EVENING + timedelta(days=number)
        for host, merchant in ((LONG_CHINESE, LONG_LATIN), (LONG_LATIN, LONG_CHINESE)):
            weak = host == LONG_LATIN and number > count // 2
            views = 1800 + 13 * (number % 9)
            orders = views // ((26 if weak else 11) + number % 3)
            rows.append(",".join(map(str, (
                f"{host[:30]}-{number}", host, merchant, start.isoformat(),
                (start + timedelta(hours=2)).isoformat(), f"{LONG_CHINESE}第{number}场", views,
                orders, orders + 1, f"{orders * 59.9:.2f}", "CNY"))))
    return rows


def _strangers(count: int) -> list[str]:
    start = date(2026, 3, 1)
    return [f"x{number},{LONG_CHINESE[:40]},{start}T19:30:00+08:00,{start}T21:30:00+08:00,"
            f"{900 + number},9,9,90.00,CNY" for number in range(count)]

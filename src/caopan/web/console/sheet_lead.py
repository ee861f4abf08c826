"""What leads away from a run sheet (发布、演练、导入): a room, a rehearsal, a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import Response

from caopan.facts.issue import Issue
from caopan.live.room import Status
from caopan.plan.run_sheet_document import written
from caopan.units.clock import now
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.web.console.room_view import VIEWS
from caopan.web.console.sheet_address import address
from caopan.web.console.sheet_page import Shown, room_of, shown
from caopan.web.visit import Visit
from caopan.workspace.live import rehearse

SPEEDS = (1, 10, 60)


def publish(visit: Visit, session: str) -> Response:
    """Give the session's room this sheet, made where there is none; go there.

    Raises:
        CaopanError: the room is on air, or nobody knows when the session begins.
    """
    desk, show = visit.house.desk, visit.workspace.planned_show(session)
    sheet = written(visit.workspace.run_sheet(session).sheet)
    room = room_of(visit, session)
    if room is not None and room.room.status is not Status.CLOSED:
        desk.plan(room.room.id, sheet)
        return visit.go(VIEWS[""].path(room.room.id))
    if show.starts_at is None:
        raise NoStartKnownError(session)
    made = desk.make(title=show.name, streamer_id=show.streamer_id or session, run_sheet=sheet,
                     planned_start=show.starts_at, session_id=session, now=visit.now)
    return visit.go(VIEWS[""].path(made.room.id))


def rehearsed(visit: Visit, session: str) -> Response:
    """Begin a rehearsal of this sheet, and go to its control room."""
    said = str(visit.form.get("speed", ""))
    begun = rehearse.begun(
        visit.house.desk, clock=now, incidents=rehearse.SHOWN, speed=int(said)
        if said.isdecimal() else SPEEDS[1], show=visit.workspace.rehearsed_show(session))
    begun.begin_running()
    return visit.go(VIEWS[""].path(begun.room.id))


def read_book(visit: Visit, session: str) -> Response:
    """Show what a workbook would change; where nothing is kept yet, keep it.

    Raises:
        CaopanError: it is no such workbook, or rows of it have faults.
    """
    file = visit.form.get("file")
    if not isinstance(file, UploadFile):
        raise NoFileError
    with closing(file.file), tempfile.TemporaryDirectory(prefix="caopan-") as folder:
        if not file.filename:
            raise NoFileError
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(file.file.read())
        found = visit.workspace.look_at_run_sheet(path, session=session)
        if found.base is None:
            visit.workspace.import_run_sheet(path, session=session)
            return visit.go(address(session))
    return shown(visit, Shown(file=found))


def line(issue: Issue, language: Language) -> str:
    """Return a fault of a workbook with its row, as one line."""
    row = "" if issue.row is None else Text(zh="第 {n} 行：", en="row {n}: ").say(
        language, n=issue.row)
    return row + issue.message.say(language)


LEADS: dict[str, Callable[[Visit, str], Response]] = {
    "publish": publish, "rehearse": rehearsed, "read": read_book}


class NoStartKnownError(CaopanError):
    """Raised for a room of a session whose start nobody knows."""

    def __init__(self, session: str) -> None:
        """Name the session."""
        super().__init__(Message(
            key="no_start_known", values={"session": session},
            text=Text(zh="不知道场次 {session} 几点开播，建不了直播间",
                      en="when the session {session} begins is not known: no room can be made"),
            hint=Text(zh="导入排期（planned_sessions），或在“直播间”里自己建一个",
                      en="import the plan (planned_sessions), or make a room by hand")))


class NoFileError(CaopanError):
    """Raised where no workbook was chosen."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="no_file", text=Text(zh="没有选文件", en="no file was chosen"),
            hint=Text(zh="选一个导出过的节目单表格", en="choose a run sheet that was exported")))

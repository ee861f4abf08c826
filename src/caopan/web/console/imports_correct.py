"""Mending what a file says without touching it: one cell, or the year of one file."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.imports_work import idle, look_again
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.correcting import YEARS, Cell

HERE = "/import/{upload}"


def correct(visit: Visit) -> Response:
    """Read something else in place of one cell, and look again.

    Raises:
        CaopanError: there is no such cell, or nothing was written for it.
    """
    upload, form = idle(visit), visit.form
    said = {name: str(form.get(name) or "") for name in ("file", "sheet", "row", "column")}
    new = str(form.get("pick") or form.get("new") or "")
    if form.get("empty") == "1":
        new = ""
    elif not new.strip():
        raise NothingWrittenError
    cell = Cell(file=said["file"], sheet=said["sheet"] or None, column=said["column"],
                row=int(said["row"]) if said["row"].isdecimal() else 0,
                alike=form.get("alike") == "1")
    return look_again(visit, visit.workspace.imports.correct(upload, cell, new=new),
                      file=cell.file)


def take_back(visit: Visit) -> Response:
    """Read a cell as it is written again, and look again.

    Raises:
        CaopanError: there is no such correction.
    """
    upload, number = idle(visit), str(visit.form.get("number") or "")
    at = int(number) if number.isdecimal() else len(upload.corrections)
    file = upload.corrections[at].file if at < len(upload.corrections) else ""
    return look_again(visit, visit.workspace.imports.take_back(upload, at), file=file)


def year(visit: Visit) -> Response:
    """Keep the year of one file's dates that carry none, or forget it, and look again.

    Raises:
        ImpossibleYearError: it is none.
    """
    upload, file = idle(visit), str(visit.form.get("file") or "")
    said = str(visit.form.get("pick") or visit.form.get("year") or "").strip()
    years = {name: each for name, each in upload.answers.years.items() if name != file}
    if visit.form.get("empty") != "1":
        if not said.isdecimal() or int(said) not in YEARS:
            raise ImpossibleYearError(said)
        years[file] = int(said)
    answers = replace(upload.answers, years=years)
    return look_again(visit, replace(upload, answers=answers), file=file)


SCREENS = (
    Screen(path=HERE + "/correct", action=Action.IMPORT, show=correct, methods=("POST",)),
    Screen(path=HERE + "/take-back", action=Action.IMPORT, show=take_back, methods=("POST",)),
    Screen(path=HERE + "/year", action=Action.IMPORT, show=year, methods=("POST",)),
)


class NothingWrittenError(CaopanError):
    """Raised where a cell is to be mended and nothing was written for it."""

    usage = True

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(Message(
            key="nothing_written",
            text=Text(zh="没有写要改成什么", en="nothing was written for the cell"),
            hint=Text(zh="写上正确的值；本来就没有值，就按「留空」",
                      en="write what is right, or press “leave empty” where there is no value")))


class ImpossibleYearError(CaopanError):
    """Raised for a year that no export is of."""

    usage = True

    def __init__(self, said: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="impossible_year", values={"year": said, "first": YEARS[0], "last": YEARS[-1]},
            text=Text(zh="年份不能是「{year}」：只能是 {first} 到 {last}",
                      en="the year cannot be “{year}”: it is one from {first} to {last}"),
            hint=Text(zh="写四位数的年份，例如 2026", en="write four digits, such as 2026")))

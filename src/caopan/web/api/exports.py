"""``/exports``: everything as canonical tables, in one archive."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path
from typing import Literal

from fastapi.responses import FileResponse
from pydantic import BaseModel

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.progress import Progress

EXPORTING = Text(zh="导出标准表", en="exporting the canonical tables")
_ID = re.compile(r"[0-9a-f]{16}")


class Export(BaseModel):
    """The form of the tables."""

    form: Literal["csv", "parquet"] = "csv"


def begin(call: Called, asked: Export) -> dict[str, object]:
    """Export in the background; the result leads to the archive. An earlier one is replaced."""
    def work(progress: Progress) -> dict[str, object]:
        progress(EXPORTING, 0, None)
        shutil.rmtree(_shelf(call), ignore_errors=True)
        name = secrets.token_hex(8)
        folder = _shelf(call) / name
        tables = call.workspace.export(folder, parquet=asked.form == "parquet")
        shutil.make_archive(str(folder), "zip", folder)
        shutil.rmtree(folder)
        return {"tables": tables, "next": f"/api/exports/{name}.zip"}

    return call.begin("export", work, title=EXPORTING)


def fetch(call: Called, name: str) -> FileResponse:
    """Fetch an export's archive."""
    path = _shelf(call) / f"{name}.zip"
    if not _ID.fullmatch(name) or not path.is_file():
        raise UnknownExportError(name)
    return FileResponse(path, media_type="application/zip", filename="caopan-export.zip")


def _shelf(call: Called) -> Path:
    return call.workspace.path / "exports"


ENDPOINTS = (
    Endpoint(method="POST", path="/exports", action=Action.EXPORT, call=begin, verb="export",
             status=202, answer=Job),
    Endpoint(method="GET", path="/exports/{name}.zip", action=Action.EXPORT, call=fetch,
             media=("application/zip",)),
)


class UnknownExportError(CaopanError):
    """Raised for an export that is not there."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_export", values={"export": name},
            text=Text(zh="没有导出 {export}（只留最近一次）",
                      en="there is no export {export} (only the last one is kept)"),
            hint=Text(zh="再导出一次：POST /api/exports", en="export again: POST /api/exports")))

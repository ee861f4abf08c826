"""``/runs`` and ``/report``: the main job, from files to a report one can send."""

from __future__ import annotations

from fastapi.responses import FileResponse

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called
from caopan.web.api.endpoint import JSON, Endpoint
from caopan.web.api.imports import Circumstances, RefusedError, files_of, let_go
from caopan.workspace.progress import Progress

RUNNING = Text(zh="导入、诊断、写报告", en="importing, diagnosing, writing the report")


class Run(Circumstances):
    """What to import first; without an upload the report is on what is there."""

    upload: str | None = None


def begin(call: Called, asked: Run) -> dict[str, object]:
    """Import, diagnose every streamer and write the report, in the background."""
    paths = files_of(call, asked.upload) if asked.upload else []

    def work(progress: Progress) -> dict[str, object]:
        done = call.workspace.run(paths, language=call.language, progress=progress,
                                  **asked.model_dump(exclude={"upload"}))
        document = {**done.document(call.language), "report": "/api/report",
                    "report_json": "/api/report.json"}
        if done.refused is not None:
            raise RefusedError(done.refused, document)
        if asked.upload:
            let_go(call, asked.upload)
        return {**document, "next": "/api/report"}

    return call.begin("run", work, title=RUNNING)


def page(call: Called) -> FileResponse:
    """Fetch the last report as a file that stands by itself."""
    return _written(call, "report.html", "text/html; charset=utf-8")


def document(call: Called) -> FileResponse:
    """Fetch the last report as JSON."""
    return _written(call, "report.json", JSON)


def _written(call: Called, name: str, kind: str) -> FileResponse:
    path = call.workspace.path / name
    if not path.is_file():
        raise UnknownReportError
    return FileResponse(path, media_type=kind, filename=f"caopan-{name}")


ENDPOINTS = (
    Endpoint(method="POST", path="/runs", action=Action.IMPORT, call=begin, verb="run",
             status=202, answer=Job),
    Endpoint(method="GET", path="/report", action=Action.EXPORT, call=page, media=("text/html",)),
    Endpoint(method="GET", path="/report.json", action=Action.EXPORT, call=document),
)


class UnknownReportError(CaopanError):
    """Raised where no report was written yet."""

    def __init__(self) -> None:
        """Say how one is made."""
        super().__init__(Message(
            key="unknown_report",
            text=Text(zh="还没有写过报告", en="no report was written yet"),
            hint=Text(zh="先运行一次：POST /api/runs", en="run once first: POST /api/runs")))

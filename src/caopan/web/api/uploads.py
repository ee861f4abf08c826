"""``/uploads``: files on their way in."""

from __future__ import annotations

from pathlib import PurePath

from fastapi import UploadFile

from caopan.access.action import Action
from caopan.units.clock import now
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def receive(call: Called, files: list[UploadFile]) -> dict[str, object]:
    """Receive files; nothing is imported yet."""
    upload = call.uploads.receive(((file.filename or "", file.file) for file in files), now=now())
    return _document(call, upload)


def show(call: Called, upload: str) -> dict[str, object]:
    """Show what an upload holds."""
    return _document(call, upload)


def forget(call: Called, upload: str) -> dict[str, object]:
    """Let an upload's files go."""
    call.uploads.forget(upload)
    return {"upload": upload, "files": []}


def _document(call: Called, upload: str) -> dict[str, object]:
    return {"upload": upload, "files": [
        {"name": PurePath(path).name, "bytes": path.stat().st_size}
        for path in call.uploads.files(upload)]}


ENDPOINTS = (
    Endpoint(method="POST", path="/uploads", action=Action.IMPORT, call=receive, status=201),
    Endpoint(method="GET", path="/uploads/{upload}", action=Action.IMPORT, call=show),
    Endpoint(method="DELETE", path="/uploads/{upload}", action=Action.IMPORT, call=forget),
)

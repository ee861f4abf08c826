"""Static files (静态文件): sent once, kept for good; a new content has a new address."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "console" / "static"
MOUNT = "/static"
FOREVER = "public, max-age=31536000, immutable"


@cache
def asset(path: str) -> str:
    """Return the address of a static file, with the mark of its content.

    >>> asset("tokens.css").startswith("/static/tokens.css?v=")
    True
    """
    mark = sha256((FOLDER / path).read_bytes()).hexdigest()[:12]
    return f"{MOUNT}/{path}?v={mark}"


class Static(StaticFiles):
    """Static files whose marked addresses a browser may keep for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file; kept for ever where its address carries a mark."""
        answer = await super().get_response(path, scope)
        marked = b"v=" in scope.get("query_string", b"")
        answer.headers["cache-control"] = FOREVER if marked else "no-cache"
        return answer

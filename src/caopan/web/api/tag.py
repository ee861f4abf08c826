"""The tag (版本标记) of a read: a caller who has it already is told so, and sent nothing."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from fastapi import Request, Response

from caopan.web.api.call import Call, Called
from caopan.web.api.endpoint import Follows

HEADERS = {"cache-control": "private, no-cache", "vary": "Accept-Language, Authorization, Cookie"}


def tagging(follows: Follows) -> Callable[[Request, Response, Called], None]:
    """Return what gives a read its tag, before anything of its answer is read."""
    def tagged(request: Request, response: Response, call: Called) -> None:
        tag = tag_of(call, follows)
        if tag in known(request.headers.get("if-none-match", "")):
            raise UnchangedError(tag)
        response.headers.update({**HEADERS, "etag": tag})

    return tagged


def tag_of(call: Call, follows: Follows) -> str:
    """Return the tag of everything that follows the facts, or also the kept results."""
    workspace = call.workspace
    told = [str(workspace.revision()), workspace.results_mark(), call.language,
            str(workspace.synthetic)]
    if follows is Follows.RESULTS:
        found = workspace.results()
        told += [found.mark, found.moment.made_at.isoformat()] if found else ["none"]
    return f'W/"{told[0]}-{sha256("|".join(told).encode()).hexdigest()[:16]}"'


def known(header: str) -> frozenset[str]:
    """Return the tags that a caller says it has.

    >>> sorted(known('W/"1-a", W/"2-b"'))
    ['W/"1-a"', 'W/"2-b"']
    """
    return frozenset(part.strip() for part in header.split(",") if part.strip())


class UnchangedError(Exception):
    """Raised where the caller has the answer already."""

    def __init__(self, tag: str) -> None:
        """Keep the tag."""
        super().__init__(tag)
        self.tag = tag

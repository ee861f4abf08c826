"""A visit (访问): one request as a page sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from caopan.access.actor import Actor
from caopan.units.message import Language, Message, Text
from caopan.web.console.navigation import MENU, SETTINGS, current
from caopan.web.taste import Taste

if TYPE_CHECKING:
    from caopan.web.house import House
    from caopan.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks for what, in which words, at what instant."""

    request: Request
    house: House
    actor: Actor
    taste: Taste
    token: str
    """What a form of this visit must carry."""
    now: datetime
    form: FormData

    @property
    def workspace(self) -> Workspace:
        """Return the workspace of the house."""
        return self.house.workspace

    @property
    def language(self) -> Language:
        """Return the language of the person."""
        return self.taste.language

    @property
    def revision(self) -> int:
        """Return the workspace's revision from before anything of this visit was read."""
        known = getattr(self.request.state, "revision", None)
        return self.workspace.revision() if known is None else int(known)

    @property
    def query(self) -> QueryParams:
        """Return the parameters after the question mark."""
        return self.request.query_params

    @property
    def is_fragment(self) -> bool:
        """Return whether the page asks for a part of itself, not for a whole page."""
        return self.request.headers.get("hx-request") == "true" and (
            self.request.headers.get("hx-history-restore-request") != "true")

    def path(self, name: str) -> str:
        """Return a parameter of the path."""
        return str(self.request.path_params[name])

    def say(self, text: Text | Message) -> str:
        """Return a sentence in the person's language."""
        return text.plain(self.language) if isinstance(text, Text) else text.say(self.language)

    def word(self, chinese: str) -> str:
        """Return a word of the catalogues in the person's language."""
        return self.house.words.of(self.language).gettext(chinese)

    def show(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """Return a template as an answer; it knows the visit, the taste and the screen."""
        return HTMLResponse(self.text(template, **values), status_code=status)

    def text(self, template: str, **values: object) -> str:
        """Return a template filled in."""
        page = self.house.templates[self.language].get_template(template)
        path = self.request.url.path
        return page.render(visit=self, taste=self.taste, token=self.token, menu=MENU,
                           settings=SETTINGS, current=current(path),
                           here_with_query=_here(self.request),
                           here=path, synthetic=self.house.workspace.synthetic,
                           **values)

    def go(self, path: str) -> Response:
        """Return the way to another page, after a change."""
        if self.is_fragment:
            return Response(status_code=204, headers={"hx-redirect": path})
        return RedirectResponse(path, status_code=303)


def _here(request: Request) -> str:
    """Return the address without its host."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")

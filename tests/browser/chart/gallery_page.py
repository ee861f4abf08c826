"""A small server of every chart in every state under the console's content security policy."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jinja2
import uvicorn
from babel.messages.pofile import read_po
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from caopan.report.words import capital
from caopan.units.message import Language
from caopan.web.console.chart.gallery import gallery
from caopan.web.console.chart.macro import macro_globals

CONSOLE = Path(__file__).resolve().parents[3] / "src" / "caopan" / "web" / "console"
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          "base-uri 'none'")
PAGE = """<!doctype html>
{%- from "macros/chart.html" import figure, hatch with context %}
<html lang="{{ 'zh-CN' if visit.language == 'zh' else 'en' }}" data-theme="{{ theme }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Charts</title>
<link rel="icon" href="/static/vendor/icons.svg">
<link rel="stylesheet" href="/static/tokens.css"><link rel="stylesheet" href="/static/chart.css">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/static/chart/figure.js"></script></head>
<body>{{ hatch() }}<main>{% for one in examples %}
<section class="card" id="card-{{ one.key }}">{{ figure(one.figure, one.key) }}</section>
{%- endfor %}</main></body></html>"""
STYLE = """
main{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;padding:24px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;min-width:0}
.card{padding:20px}
@media (max-width:699px){main{grid-template-columns:minmax(0,1fr);padding:16px}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks, in which language."""

    language: Language


def page(*, language: Language, theme: str, states: frozenset[str]) -> str:
    """Return the page with the examples of some states."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(CONSOLE / "templates"), autoescape=True,
        undefined=jinja2.StrictUndefined)
    environment.filters["capital"] = capital
    environment.globals |= {**macro_globals(), "_": translated(language)}
    examples = [one for one in gallery() if one.figure.state.condition.value in states]
    return environment.from_string(PAGE).render(
        visit=Visit(language=language), theme=theme, examples=examples)


def translated(language: Language):  # noqa: ANN201 - a function of text
    """Return gettext by the chart's own catalogue; Chinese needs none."""
    with (CONSOLE / "words" / "en" / "chart.po").open("rb") as file:
        english = {message.id: message.string for message in read_po(file, locale="en")}
    return (lambda said: said) if language == "zh" else english.__getitem__


def shown(request: Request) -> Response:
    """Serve the gallery in the language, theme and states that the address names."""
    asked = request.query_params
    language: Language = "en" if asked.get("language") == "en" else "zh"
    states = frozenset(asked.get("states", "ready").split(","))
    body = page(language=language, theme=asked.get("theme", "dark"), states=states)
    return HTMLResponse(body, headers={"Content-Security-Policy": POLICY})


def style(_: Request) -> Response:
    """Serve the page's own style."""
    return Response(STYLE, media_type="text/css")


@contextmanager
def served() -> Iterator[str]:
    """Serve on a free port of this machine for as long as the block runs."""
    routes = [Route("/", shown), Route("/page.css", style),
              Mount("/static", StaticFiles(directory=CONSOLE / "static"))]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=0,
                                           log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)

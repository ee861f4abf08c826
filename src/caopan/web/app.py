"""The application: static files, the screens of the console, the API, one guard around all."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp

from caopan.web.address import LOOPBACK
from caopan.web.console.screens import WINGS
from caopan.web.house import House
from caopan.web.later import Apart, Later
from caopan.web.live.hook import hook
from caopan.web.live.room_events import RoomEvents
from caopan.web.live.room_stream import RoomSocket
from caopan.web.live.routes import routes as live_routes
from caopan.web.problem import no_endpoint, problem
from caopan.web.screen import show_missing
from caopan.web.security import Guard
from caopan.web.spoken import spoken
from caopan.web.static import FOLDER, MOUNT, Static
from caopan.web.wing import WingRoute

GZIP_FROM = 400
API, ROOMS = "/api", "/rooms"


def application(house: House, *, hosts: frozenset[str] = LOOPBACK) -> Starlette:
    """Return the ASGI application of a house.

    Args:
        house: the open workspace and what its pages share.
        hosts: the names it may be called by.
    """
    async def missing(request: Request, fault: Exception) -> Response:
        del fault
        if request.url.path.startswith(f"{API}/"):  # what no route can hold: a line break
            language = spoken(request.headers.get("accept-language"))
            return problem(no_endpoint(request.method, request.url.path), status=404,
                           language=language)
        return await show_missing(request, house)

    return Starlette(
        routes=[Mount(MOUNT, Static(directory=FOLDER)),
                WebSocketRoute(f"{API}/rooms/{{room}}/ws", RoomSocket(house)),
                Route(f"{API}/rooms/{{room}}/events", RoomEvents(house), methods=["POST"]),
                Mount(API, Apart({ROOMS: Later(partial(_room_api, house))},
                                 rest=Later(partial(_api, house)))),
                *live_routes(house), hook(house),
                *(WingRoute(wing, house) for wing in WINGS)],
        middleware=[Middleware(Guard, hosts=hosts),
                    Middleware(GZipMiddleware, minimum_size=GZIP_FROM)],
        exception_handlers={404: missing})


def _api(house: House) -> ASGIApp:
    """Return the API; FastAPI is loaded here and not before the first call."""
    from caopan.web.api.app import api  # noqa: PLC0415

    return api(house)


def _room_api(house: House) -> ASGIApp:
    """Return the API of rooms alone, which takes a third of the time to load."""
    from caopan.web.api.room_app import room_api  # noqa: PLC0415

    return room_api(house)

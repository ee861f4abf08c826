"""The API's application: every endpoint."""

from __future__ import annotations

from fastapi import FastAPI

from caopan.web.api.building import built
from caopan.web.api.endpoints import ENDPOINTS
from caopan.web.house import House


def api(house: House) -> FastAPI:
    """Return the API of a house; ``/openapi.json`` describes it."""
    return built(house, ENDPOINTS)

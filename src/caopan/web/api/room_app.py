"""The endpoints of live rooms by themselves: a room on air does not wait for the numbers."""

from __future__ import annotations

from fastapi import FastAPI

from caopan.web.api import rooms
from caopan.web.api.building import built
from caopan.web.house import House

PREFIX = "/rooms"
"""How the addresses begin that this application answers, and no other."""


def room_api(house: House) -> FastAPI:
    """Return the API of a house's rooms."""
    return built(house, rooms.ENDPOINTS)

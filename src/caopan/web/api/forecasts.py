"""``/forecast``: what planned sessions may bring, of the imported plan or of an uploaded one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.web.api.answers.forecasts import Forecasts
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.imports import files_of


class Plan(BaseModel):
    """An upload that holds the plan, and the level of the ranges."""

    model_config = ConfigDict(extra="forbid")
    upload: str
    level: float = 0.8


def kept(call: Called, level: float = 0.8) -> dict[str, object]:
    """Forecast the imported plan, as far as it is to come."""
    return call.workspace.forecast(level=level).document(call.language)


def uploaded(call: Called, asked: Plan) -> dict[str, object]:
    """Forecast the plan of an upload; nothing is imported, and the upload stays."""
    folder = files_of(call, asked.upload)[0].parent
    return call.workspace.forecast(folder, level=asked.level).document(call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/forecast", action=Action.READ, call=kept, verb="forecast",
             answer=Forecasts),
    Endpoint(method="POST", path="/forecast", action=Action.IMPORT, call=uploaded,
             answer=Forecasts),
)

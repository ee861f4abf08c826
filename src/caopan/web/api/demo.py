"""``/demo``: the synthetic world into an empty workspace."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from caopan.access.action import Action
from caopan.units.message import Text
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.progress import Progress

BUILDING = Text(zh="造合成数据", en="building the synthetic world")


class World(BaseModel):
    """Which world."""

    size: Literal["toy", "small", "medium", "large"] = "toy"
    seed: int = Field(default=7, ge=0)


def begin(call: Called, asked: World) -> dict[str, object]:
    """Fill an empty workspace with synthetic data, in the background; labelled everywhere."""
    def work(progress: Progress) -> dict[str, object]:
        done = call.workspace.demo(size=asked.size, seed=asked.seed, progress=progress)
        return {"synthetic": True, "tables": done.tables, "next": "/"}

    return call.begin("demo", work, title=BUILDING)


ENDPOINTS = (
    Endpoint(method="POST", path="/demo", action=Action.IMPORT, call=begin, verb="demo",
             status=202, answer=Job),
)

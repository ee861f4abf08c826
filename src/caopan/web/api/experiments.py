"""``/experiment``: design a spend ladder with its draw; ``/experiment/log``: what was drawn."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from caopan.access.action import Action
from caopan.web.api.answers.experiments import Design, Logged
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


class Drawn(BaseModel):
    """What was drawn, by session; ``off`` takes an entry back."""

    drawn: dict[str, Literal["x0", "x1", "x2", "off"]]


def design(call: Called, streamer: str, sessions: int | None = None, detect: float = 2.0,
           seed: int = 1) -> dict[str, object]:
    """Design a spend ladder for a host: sessions, power, cost of learning, and the draw."""
    return call.workspace.experiment(streamer=streamer, sessions=sessions, detect=detect,
                                     seed=seed).document(call.language)


def log(call: Called, asked: Drawn) -> dict[str, object]:
    """Write down what was drawn for sessions."""
    return {"logged": call.workspace.log_experiment(dict(asked.drawn))}


ENDPOINTS = (
    Endpoint(method="GET", path="/experiment", action=Action.READ, call=design,
             verb="experiment", answer=Design),
    Endpoint(method="POST", path="/experiment/log", action=Action.SET, call=log,
             verb="log_experiment", answer=Logged),
)

"""The answers about experiments: a design with its draw, and the log."""

from __future__ import annotations

from caopan.web.api.answers.basic import Answer
from caopan.web.api.answers.responses import Experiment


class Design(Experiment):
    """A spend ladder for a host, and the rung drawn for each of its next sessions."""

    synthetic: bool
    streamer_id: str
    currency: str
    drawn: list[str]
    sentence: str


class Logged(Answer):
    """What was drawn, by session."""

    logged: dict[str, str]

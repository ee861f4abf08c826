"""What the endpoints of rehearsals answer."""

from __future__ import annotations

from caopan.web.api.answers.basic import Answer


class Incident(Answer):
    """What is made to go wrong; ``minute`` of the session, ``seconds`` of the room."""

    kind: str
    minute: int
    seconds: int


class Scored(Incident):
    """How an incident went; seconds after it began, then after its alert; null: not done.

    ``person_seconds`` are of the wall: what people needed, whatever the speed.
    """

    card: str
    detected: bool
    after_seconds: float | None
    acknowledged_after: float | None
    acknowledged_person_seconds: float | None
    fired_after: float | None
    fired_person_seconds: float | None
    recovered_after: float | None
    recovered_person_seconds: float | None
    steps: int


class Other(Answer):
    """An alert that answers no incident, and the incidents it came during."""

    card: str | None
    at_second: float
    lasted: float | None
    during: list[str]


class Score(Answer):
    """How a rehearsal went so far."""

    incidents: list[Scored]
    injected: int
    detected: int
    handled: int
    others: list[Other]


class Rehearsal(Answer):
    """A rehearsal: running, done, stopped, failed, or interrupted; ``minute`` while it runs."""

    room: str
    session_id: str | None
    speed: float
    state: str
    minute: int | None
    minutes: int | None
    incidents: list[Incident]
    score: Score | None

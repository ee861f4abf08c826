"""One job (任务): long work with its progress, and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from caopan.units.message import Message, Text

LARGEST_RESULT = 256_000
"""From so many characters on a result is not written down, only where it leads."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of long work."""

    id: str
    kind: str
    """For example ``import``, ``diagnose``: what its page asks for."""
    title: Text
    state: JobState
    began_at: datetime
    ended_at: datetime | None = None
    step: Text | None = None
    done: int = 0
    total: int | None = None
    result: Mapping[str, object] = field(default_factory=dict)
    problem: Message | None = None
    revision: int = 0
    """The workspace's revision when it began."""
    turn: int = 0
    """How often it changed: what a page has seen of it."""

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED}

    def record(self) -> dict[str, Any]:
        """Return the job as the workspace keeps it."""
        return {"id": self.id, "kind": self.kind, "title": _both(self.title),
                "state": self.state.value, "began_at": self.began_at.isoformat(),
                "ended_at": self.ended_at and self.ended_at.isoformat(),
                "result": _small(self.result), "problem": self.problem and told(self.problem),
                "revision": self.revision}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """Return the job that a record tells of.

        >>> from datetime import UTC
        >>> job = Job(id="a", kind="sum", title=Text(zh="加", en="add"), state=JobState.DONE,
        ...           began_at=datetime(2026, 3, 1, tzinfo=UTC), result={"sum": 3})
        >>> Job.read(job.record()) == job
        True
        """
        ended, problem = record["ended_at"], record["problem"]
        return cls(
            id=record["id"], kind=record["kind"], title=Text(**record["title"]),
            state=JobState(record["state"]), began_at=datetime.fromisoformat(record["began_at"]),
            ended_at=datetime.fromisoformat(ended) if ended else None, result=record["result"],
            problem=message_of(problem) if problem else None, revision=record["revision"])


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def told(message: Message) -> dict[str, Any]:
    """Return a message as JSON, whole: it is said in either language later.

    >>> message = Message(key="late", text=Text(zh="晚", en="late"))
    >>> message_of(told(message)) == message
    True
    """
    values = {name: value if isinstance(value, (int, float, str)) else str(value)
              for name, value in message.values.items()}
    return {"key": message.key, "text": _both(message.text), "values": values,
            "hint": _both(message.hint) if message.hint else None}


def message_of(body: Mapping[str, Any]) -> Message:
    """Return the message that was written as JSON by ``told``."""
    return Message(key=body["key"], text=Text(**body["text"]), values=dict(body["values"]),
                   hint=Text(**body["hint"]) if body["hint"] else None)


def _small(result: Mapping[str, object]) -> Mapping[str, object]:
    """Return the result as plain JSON; where it is very large, only where it leads."""
    text = json.dumps(result, ensure_ascii=False, default=str)
    kept: Mapping[str, object] = json.loads(text)
    if len(text) <= LARGEST_RESULT:
        return kept
    return {**({"next": kept["next"]} if "next" in kept else {}), "shortened": True}

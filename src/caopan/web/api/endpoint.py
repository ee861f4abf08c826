"""An endpoint (接口): an address, the action it needs, the verb it is a translation of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from caopan.access.action import Action

JSON = "application/json"


class Follows(StrEnum):
    """What an answer depends on, beside its question; as long as that stays, so does the answer."""

    FACTS = "facts"
    """The imports that count, and the handbook."""
    RESULTS = "results"
    """Also which diagnoses are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of the API.

    ``verb`` is the method of ``Workspace`` it calls, ``imports.look`` one of its desk. ``status``
    202 says that the work goes on in the background, as a job. ``answer`` is the schema of what
    comes, ``also`` of what comes under another status; ``media`` its kind where it is no JSON.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    action: Action
    call: Callable[..., object]
    verb: str = ""
    status: int = 200
    answer: type | None = None
    also: Mapping[int, type] = field(default_factory=dict)
    media: tuple[str, ...] = (JSON,)
    follows: Follows | None = None

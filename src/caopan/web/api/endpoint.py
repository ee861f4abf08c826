"""An endpoint (接口): an address, the action it needs, the verb it is a translation of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from caopan.access.action import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of the API; ``verb`` is the method of ``Workspace`` it calls.

    ``status`` 202 says that the work goes on in the background, as a job.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    action: Action
    call: Callable[..., object]
    verb: str = ""
    status: int = 200

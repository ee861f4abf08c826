"""A job's own part of a page: progress until it is over, then where it leads."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units.message import CaopanError, Message, Text
from caopan.web.screen import Screen
from caopan.web.visit import Visit


def part(visit: Visit) -> Response:
    """Show how far a job is.

    Raises:
        UnknownJobError: this console has none of that id.
    """
    job = visit.house.jobs.get(visit.path("job"))
    if job is None:
        raise UnknownJobError(visit.path("job"))
    return visit.show("house/job.html", job=job)


SCREENS = (Screen(path="/jobs/{job}", action=Action.READ, show=part),)


class UnknownJobError(CaopanError):
    """Raised for a job that is not remembered."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_job", values={"job": name},
            text=Text(zh="没有任务 {job}（操盘台重启过，或者已经很久了）",
                      en="there is no job {job} (the console was restarted, or it is long ago)"),
            hint=Text(zh="回到原来的页面再做一次", en="go back and begin again")))

"""Jobs (任务): long work in the background, with progress that outlives the page that began it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock

from caopan.units.clock import now
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.progress import Progress

LOG = logging.getLogger("caopan.web")
KEPT = 200
"""How many finished jobs are remembered."""
WORKERS = 2
Work = Callable[[Progress], Mapping[str, object]]
"""What a job does: it tells its progress and returns its result as JSON."""


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

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED}


class Jobs:
    """Every job of one running console.

    >>> with_jobs = Jobs()
    >>> job = with_jobs.start("sum", lambda progress: {"sum": 3}, title=Text(zh="加", en="add"))
    >>> with_jobs.wait(job.id).result
    {'sum': 3}
    """

    def __init__(self) -> None:
        """Begin with no job."""
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="job")
        self._futures: dict[str, Future[None]] = {}

    def start(self, kind: str, work: Work, *, title: Text) -> Job:
        """Begin a job and return it at once."""
        job = Job(id=secrets.token_hex(8), kind=kind, title=title, state=JobState.WAITING,
                  began_at=now())
        with self._lock:
            self._jobs[job.id] = job
            self._forget()
        self._futures[job.id] = self._pool.submit(self._run, job.id, work)
        return job

    def get(self, name: str) -> Job | None:
        """Return a job as it stands; None where there is none of that id."""
        return self._jobs.get(name)

    def all(self) -> tuple[Job, ...]:
        """Return every job that is remembered, the latest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def wait(self, name: str) -> Job:
        """Wait until a job is over and return it."""
        self._futures[name].result()
        return self._jobs[name]

    def close(self) -> None:
        """Wait for what runs and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, name: str, work: Work) -> None:
        def heard(step: Text, done: int, total: int | None) -> None:
            self._change(name, step=step, done=done, total=total)

        self._change(name, state=JobState.RUNNING)
        try:
            result = work(heard)
        except CaopanError as refused:
            self._change(name, state=JobState.FAILED, problem=refused.message, ended_at=now())
        except Exception as fault:
            LOG.exception("a job failed: %s", self._jobs[name].kind)
            self._change(name, state=JobState.FAILED, problem=_faulty(fault), ended_at=now())
        else:
            self._change(name, state=JobState.DONE, result=result, ended_at=now())

    def _change(self, name: str, **fields: object) -> None:
        with self._lock:
            self._jobs[name] = replace(self._jobs[name], **fields)  # type: ignore[arg-type]

    def _forget(self) -> None:
        over = [job.id for job in self._jobs.values() if job.is_over]
        for name in over[:max(0, len(self._jobs) - KEPT)]:
            del self._jobs[name]
            self._futures.pop(name, None)


def _faulty(fault: Exception) -> Message:
    return Message(
        key="job_failed", values={"fault": type(fault).__name__},
        text=Text(zh="这个任务自身出了错（{fault}），数据没有改动",
                  en="the work itself failed ({fault}); the data are unchanged"),
        hint=Text(zh="再试一次；还是这样就把启动窗口里的记录附在问题报告里",
                  en="try again; if it stays, attach the log of the starting window to a report"))

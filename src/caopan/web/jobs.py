"""Jobs (任务): long work in the background, with progress that outlives the page that began it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock, RLock
from typing import Any, Protocol

from caopan.units.clock import now
from caopan.units.message import CaopanError, Message, Text
from caopan.web.job import Job, JobState
from caopan.workspace.progress import Progress

__all__ = ["Job", "JobState", "Jobs", "Keeper", "Work"]

LOG = logging.getLogger("caopan.web")
KEPT = 200
"""How many finished jobs are held in memory; older ones are read from the workspace."""
WORKERS = 3
"""One may write, one may wait in line for it, and one is left for pages that wait."""
TURN_SECONDS = 0.5
"""How often work that waits in line looks whether it was stopped."""
Work = Callable[[Progress], Mapping[str, object]]
"""What a job does: it tells its progress and returns its result as JSON."""
Told = Callable[[str], None]
"""Who hears that the job of an id has changed; called from the job's own thread."""


class Keeper(Protocol):
    """Where records of jobs are kept: the workspace."""

    def revision(self) -> int:
        """Return how many imports and undos there were."""

    def keep_job(self, name: str, body: Mapping[str, Any]) -> None:
        """Write down how a job stands."""

    def kept_job(self, name: str) -> Mapping[str, Any] | None:
        """Return how a job stood."""


class Jobs:
    """Every job of one running console.

    >>> with_jobs = Jobs()
    >>> job = with_jobs.start("sum", lambda progress: {"sum": 3}, title=Text(zh="加", en="add"))
    >>> with_jobs.wait(job.id).result
    {'sum': 3}
    """

    def __init__(self, keeper: Keeper | None = None) -> None:
        """Begin with no job of its own.

        Args:
            keeper: keeps the records beyond this process; None: nothing is kept.
        """
        self.told: Told | None = None
        self._keeper = keeper
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self.gate = RLock()
        """Held while it is decided whether work may begin: two who ask at once begin it once."""
        self._turn = Lock()
        self._stopped: set[str] = set()
        self._leaving = False
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="job")
        self._futures: dict[str, Future[None]] = {}

    def start(self, kind: str, work: Work, *, title: Text) -> Job:
        """Begin a job and return it at once."""
        job = Job(id=secrets.token_hex(8), kind=kind, title=title, state=JobState.WAITING,
                  began_at=now(), revision=self._keeper.revision() if self._keeper else 0)
        self._keep(job)
        with self._lock:
            self._jobs[job.id] = job
            self._forget()
        self._futures[job.id] = self._pool.submit(self._run, job.id, work)
        return job

    def get(self, name: str) -> Job | None:
        """Return a job as it stands; None where there is none of that id.

        One that an earlier process did not end is told as interrupted.
        """
        job = self._jobs.get(name)
        if job is not None or self._keeper is None:
            return job
        record = self._keeper.kept_job(name)
        if record is None:
            return None
        kept = Job.read(record)
        return kept if kept.is_over else _interrupted(kept, revision=self._keeper.revision())

    def all(self) -> tuple[Job, ...]:
        """Return every job that this process remembers, the latest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def wait(self, name: str) -> Job:
        """Wait until a job is over and return it."""
        self._futures[name].result()
        return self._jobs[name]

    def stop(self, name: str) -> None:
        """Let a job end where it next tells how far it is; one that is over stays as it is."""
        self._stopped.add(name)

    @contextmanager
    def in_line(self, progress: Progress) -> Iterator[None]:
        """Wait until no other work of this console holds the workspace, and hold it.

        >>> with Jobs().in_line(lambda step, done, total: None):
        ...     pass
        """
        while not self._turn.acquire(timeout=TURN_SECONDS):
            progress(IN_LINE, 0, None)
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Wait for what runs and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def leave(self) -> None:
        """Begin nothing more and wait for nothing: the process is about to end.

        What runs is cut off and says nothing more; its record tells the next process so.
        """
        self._leaving = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, name: str, work: Work) -> None:
        def heard(step: Text, done: int, total: int | None) -> None:
            if self._leaving or name in self._stopped:
                raise StoppedError
            self._change(name, step=step, done=done, total=total)

        self._change(name, state=JobState.RUNNING)
        try:
            result = work(heard)
        except Exception as fault:  # noqa: BLE001 - told where it is kept, below
            if not self._leaving:  # what the process's own end breaks off is no fault of the work
                self._fail(name, fault)
        else:
            self._end(name, state=JobState.DONE, result=result)

    def _fail(self, name: str, fault: Exception) -> None:
        if isinstance(fault, CaopanError):
            self._end(name, state=JobState.FAILED, problem=fault.message,
                      result=getattr(fault, "result", {}))
        else:
            LOG.error("a job failed: %s", self._jobs[name].kind, exc_info=fault)
            self._end(name, state=JobState.FAILED, problem=_faulty(fault))

    def _end(self, name: str, **fields: object) -> None:
        self._stopped.discard(name)
        ended = replace(self._jobs[name], ended_at=now(), **fields)  # type: ignore[arg-type]
        self._keep(ended)
        self._change(name, ended_at=ended.ended_at, **fields)

    def _change(self, name: str, **fields: object) -> None:
        with self._lock:
            job = self._jobs[name]
            self._jobs[name] = replace(job, turn=job.turn + 1, **fields)  # type: ignore[arg-type]
        if self.told is not None:
            self.told(name)

    def _keep(self, job: Job) -> None:
        """Write a job down; work that is done stays done where that fails."""
        if self._keeper is None:
            return
        try:
            self._keeper.keep_job(job.id, job.record())
        except Exception:
            LOG.exception("the record of job %s could not be written", job.id)

    def _forget(self) -> None:
        over = [job.id for job in self._jobs.values() if job.is_over]
        for name in over[:max(0, len(self._jobs) - KEPT)]:
            del self._jobs[name]
            self._futures.pop(name, None)


def _interrupted(job: Job, *, revision: int) -> Job:
    """Return a job that was cut off: nothing was written where the workspace is as it was."""
    return replace(job, state=JobState.FAILED,
                   problem=CUT_OFF if revision == job.revision else CUT_OFF_CHANGED)


def _faulty(fault: Exception) -> Message:
    return Message(
        key="job_failed", values={"fault": type(fault).__name__},
        text=Text(zh="这个任务自身出了错（{fault}），数据没有改动",
                  en="the work itself failed ({fault}); the data are unchanged"),
        hint=Text(zh="再试一次；还是这样就把工作区文件夹里的 console.log 附在问题报告里",
                  en="try again; if it stays, attach console.log of the workspace folder to a "
                     "report"))


CUT_OFF = Message(
    key="job_interrupted",
    text=Text(zh="中断了：操盘台在它做完之前重新启动过，什么都没有写入",
              en="interrupted: the console was restarted before it was done; nothing was written"),
    hint=Text(zh="再做一次", en="begin it again"))
CUT_OFF_CHANGED = Message(
    key="job_interrupted",
    text=Text(zh="中断了：操盘台在它做完之前重新启动过；从它开始以后，工作区有过别的导入或撤销，"
                 "也可能正是它的",
              en="interrupted: the console was restarted before it was done; since it began the "
                 "workspace has seen an import or undo, which may be its own"),
    hint=Text(zh="先看导入记录里有没有这一批，没有再做一次",
              en="look for its batch in the list of imports; begin again where there is none"))
IN_LINE = Text(zh="前面还有一批没做完，轮到就开始",
               en="another batch is not done yet; this one follows by itself")


class StoppedError(CaopanError):
    """Raised inside a job that somebody has stopped."""

    def __init__(self) -> None:
        """Say that nothing was written."""
        super().__init__(Message(
            key="job_stopped",
            text=Text(zh="已经停下，什么都没有写入", en="stopped; nothing was written"),
            hint=Text(zh="文件都还在：可以再看一次，也可以扔掉",
                      en="the files are still there: look again, or throw them away")))

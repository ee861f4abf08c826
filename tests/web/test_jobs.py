from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from caopan.units.message import CaopanError, Message, Text
from caopan.web.house import House
from caopan.web.job import JobState
from caopan.web.jobs import IN_LINE, Jobs
from caopan.workspace.progress import Progress, silent
from tests.web.conftest import owner
from tests.web.console.conftest import SESSIONS

ADDING = Text(zh="相加", en="adding")


def test_a_job_tells_how_far_it_is() -> None:
    told, go_on, jobs = Event(), Event(), Jobs()

    def work(progress: Progress) -> dict[str, object]:
        progress(ADDING, 1, 2)
        told.set()
        go_on.wait(5)
        return {"sum": 3}

    job = jobs.start("sum", work, title=ADDING)
    told.wait(5)
    half_way = jobs.get(job.id)
    go_on.set()
    over = jobs.wait(job.id)

    assert half_way is not None
    assert (half_way.state, half_way.done, half_way.total) == (JobState.RUNNING, 1, 2)
    assert (over.state, over.result) == (JobState.DONE, {"sum": 3})


def test_a_refusal_is_told_in_its_own_words() -> None:
    jobs = Jobs()

    def work(_: Progress) -> dict[str, object]:
        raise CaopanError(Message(key="no", text=Text(zh="不行", en="no")))

    over = jobs.wait(jobs.start("sum", work, title=ADDING).id)

    assert over.state is JobState.FAILED
    assert over.problem is not None
    assert over.problem.say("zh") == "不行"


def test_a_fault_shows_no_traceback(toy_house: House) -> None:
    def work(_: Progress) -> dict[str, object]:
        return {"sum": 1 / 0}

    job = toy_house.jobs.wait(toy_house.jobs.start("sum", work, title=ADDING).id)
    page = owner(toy_house).get(f"/jobs/{job.id}")

    assert page.status_code == 200
    assert "ZeroDivisionError" in page.text
    assert "Traceback" not in page.text


def test_a_job_nobody_knows_is_not_found(toy_house: House) -> None:
    assert owner(toy_house).get("/jobs/none").status_code == 404


def test_a_job_that_a_restart_cut_off_says_that_nothing_was_written(empty_house: House) -> None:
    begun, go_on = Event(), Event()

    def work(_: Progress) -> dict[str, object]:
        begun.set()
        go_on.wait(20)
        return {}

    job = empty_house.jobs.start("import", work, title=ADDING)
    begun.wait(20)
    after_restart = Jobs(empty_house.workspace).get(job.id)
    page = owner(House.of(empty_house.workspace)).get(f"/jobs/{job.id}")
    go_on.set()
    empty_house.jobs.wait(job.id)

    assert after_restart is not None
    assert after_restart.problem is not None
    assert after_restart.problem.key == "job_interrupted"
    assert "什么都没有写入" in page.text


def test_a_job_cut_off_after_the_workspace_changed_does_not_claim_that(
        empty_house: House, tmp_path: Path) -> None:
    begun, go_on = Event(), Event()
    file = tmp_path / "sessions.csv"
    file.write_text(SESSIONS, encoding="utf-8")

    def work(_: Progress) -> dict[str, object]:
        begun.set()
        go_on.wait(60)
        return {}

    job = empty_house.jobs.start("import", work, title=ADDING)
    begun.wait(20)
    empty_house.workspace.import_files([file])
    after_restart = Jobs(empty_house.workspace).get(job.id)
    go_on.set()
    empty_house.jobs.wait(job.id)

    assert after_restart is not None
    assert after_restart.problem is not None
    assert "which may be its own" in after_restart.problem.say("en")


def test_what_was_done_is_still_known_after_a_restart(empty_house: House) -> None:
    done = empty_house.jobs.start("sum", lambda _: {"next": "/", "sum": 3}, title=ADDING)
    empty_house.jobs.wait(done.id)
    large = empty_house.jobs.start("sum", lambda _: {"next": "/", "all": "x" * 300_000},
                                   title=ADDING)
    empty_house.jobs.wait(large.id)
    later = Jobs(empty_house.workspace)

    known, shortened = later.get(done.id), later.get(large.id)

    assert known is not None
    assert shortened is not None
    assert (known.state, known.result) == (JobState.DONE, {"next": "/", "sum": 3})
    assert shortened.result == {"next": "/", "shortened": True}


def test_a_stopped_job_ends_where_it_next_tells_how_far_it_is() -> None:
    told, go_on, jobs = Event(), Event(), Jobs()

    def work(progress: Progress) -> dict[str, object]:
        progress(ADDING, 1, 2)
        told.set()
        go_on.wait(5)
        progress(ADDING, 2, 2)
        return {"sum": 3}

    job = jobs.start("sum", work, title=ADDING)
    told.wait(5)
    jobs.stop(job.id)
    go_on.set()
    over = jobs.wait(job.id)

    assert over.state is JobState.FAILED
    assert over.problem is not None
    assert (over.problem.key, over.result) == ("job_stopped", {})


def test_what_the_end_of_the_process_cuts_off_is_no_fault_and_known_to_the_next(
        empty_house: House, caplog: pytest.LogCaptureFixture) -> None:
    begun, go_on = Event(), Event()

    def work(_: Progress) -> dict[str, object]:
        begun.set()
        go_on.wait(20)
        return {"sum": 1 / 0}

    job = empty_house.jobs.start("results", work, title=ADDING)
    begun.wait(20)
    empty_house.jobs.leave()
    go_on.set()
    empty_house.jobs.wait(job.id)
    after_restart = Jobs(empty_house.workspace).get(job.id)

    assert caplog.records == []
    assert after_restart is not None
    assert after_restart.problem is not None
    assert after_restart.problem.key == "job_interrupted"


def test_who_waits_in_line_says_so_and_can_be_stopped() -> None:
    said, jobs = Event(), Jobs()

    def work(progress: Progress) -> dict[str, object]:
        def heard(step: Text, done: int, total: int | None) -> None:
            said.set()
            progress(step, done, total)

        with jobs.in_line(heard):
            return {}

    with jobs.in_line(silent):
        job = jobs.start("look", work, title=ADDING)
        said.wait(5)
        waiting = jobs.get(job.id)
        jobs.stop(job.id)
        stopped = jobs.wait(job.id)
    followed = jobs.wait(jobs.start("look", work, title=ADDING).id)

    assert waiting is not None
    assert waiting.step == IN_LINE
    assert stopped.state is JobState.FAILED
    assert followed.state is JobState.DONE

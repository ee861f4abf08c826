"""Very many are judged by two processes: the same answers in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from caopan.diagnose.diagnosis import Diagnosis, Subject
from caopan.diagnose.inputs import Inputs, sessions
from caopan.diagnose.reading import Ask
from caopan.playbook.handbook import handbook
from caopan.workspace import judging
from caopan.workspace.judging import SecondJudgeError, judged

COUNT = 5


@pytest.fixture(scope="module")
def asked() -> tuple[Inputs, Ask]:
    """Return five rooms with six sessions each."""
    days = [f"2026-03-{day:02}" for day in range(1, 7)]
    rows = sessions(
        subject=[at for at in range(COUNT) for _ in days],
        session_id=[f"s{at}-{day}" for at in range(COUNT) for day in days],
        started_at=days * COUNT,
        columns={"gmv": [1000 * (at + 1) + day for at in range(COUNT) for day in range(len(days))]})
    made = tuple(Subject(kind="streamer", id=f"a{at}", name=f"a{at}", currency="CNY")
                 for at in range(COUNT))
    book = handbook()
    return (Inputs(subjects=made, categories=(None,) * COUNT, sessions=rows),
            Ask(rules=book.rules, ladder=book.ladder))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "BLOCK", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def told(one: Diagnosis) -> tuple[str, str]:
    """Return who it is about and its headline."""
    return one.subject.id, one.headline.plain("en")


def with_process(one: Diagnosis) -> tuple[str, int]:
    """Return who it is about and which process judged them."""
    return one.subject.id, os.getpid()


def failing(one: Diagnosis) -> str:
    """Fail on the second subject, which is the second process's."""
    if one.subject.id == "a1":
        message = "no words for a1"
        raise ValueError(message)
    return one.subject.id


def ending(one: Diagnosis) -> str:
    """End the process that judges the second subject."""
    if one.subject.id == "a1":
        os.kill(os.getpid(), signal.SIGKILL)
    return one.subject.id


def of_two(asked: tuple[Inputs, Ask], form: object) -> Iterator[object]:
    """Return what two processes make of everyone."""
    inputs, ask = asked
    return judged(inputs, ask, wanted=range(COUNT), form=form, many=1)  # type: ignore[arg-type]


def test_two_processes_say_what_one_says(asked: tuple[Inputs, Ask]) -> None:
    inputs, ask = asked

    alone = list(judged(inputs, ask, wanted=range(COUNT), form=told))

    assert [one for one, _ in alone] == ["a0", "a1", "a2", "a3", "a4"]
    assert list(of_two(asked, told)) == alone


def test_every_other_block_is_the_second_process_s(asked: tuple[Inputs, Ask]) -> None:
    judges = [process for _, process in of_two(asked, with_process)]

    assert judges[::2] == [os.getpid()] * 3
    assert len(set(judges[1::2])) == 1
    assert judges[1] != os.getpid()


def test_a_fault_of_the_second_process_is_told_by_the_first(asked: tuple[Inputs, Ask]) -> None:
    with pytest.raises(RuntimeError, match="no words for a1"):
        list(of_two(asked, failing))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_second_process_that_was_ended_is_said(asked: tuple[Inputs, Ask]) -> None:
    with pytest.raises(SecondJudgeError) as caught:
        list(of_two(asked, ending))

    assert "第二个进程" in caught.value.message.say("zh")
    assert "second process" in caught.value.message.say("en")


def test_the_second_process_ends_with_whoever_stops_listening(asked: tuple[Inputs, Ask]) -> None:
    listening = of_two(asked, with_process)
    next(listening)
    _, process = next(listening)

    listening.close()  # type: ignore[attr-defined]

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.skipif(os.name != "posix", reason="the end of a process by a closed pipe")
def test_the_second_process_ends_with_the_first_however_that_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", judging.START], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        said, faults = process.communicate(timeout=60)

    assert (process.returncode, said, faults) == (1, b"", b"")

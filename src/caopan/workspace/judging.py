"""Judge very many subjects on two processors: every other block in a second process."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import each
from caopan.diagnose.inputs import Inputs
from caopan.diagnose.reading import Ask
from caopan.units.message import CaopanError, Message, Text

MANY = 4_000
"""From so many subjects on a second process pays: it starts and reads the arrays in 2 to 8 s."""
BLOCK = 100
"""Subjects of one turn; what a turn made crosses between the processes as one piece."""
AHEAD = 4
"""Turns that the second process may be ahead."""
START = "from caopan.workspace.judging import second; second()"
Made = TypeVar("Made")


def judged(inputs: Inputs, ask: Ask, *, wanted: Sequence[int],
           form: Callable[[Diagnosis], Made], many: int = MANY) -> Iterator[Made]:
    """Yield what ``form`` makes of each wanted subject's diagnosis, in the order wanted.

    ``form`` and what it makes have to be picklable: from ``many`` subjects on, where there are two
    processors, a second process makes every other block of them while this one makes the rest.

    Raises:
        SecondJudgeError: the second process was ended before it was done.

    >>> judged.__name__
    'judged'
    """
    if len(wanted) < many or not sys.executable or (os.cpu_count() or 1) == 1:
        yield from map(form, each(inputs, ask, only=wanted))
        return
    blocks = [wanted[at:at + BLOCK] for at in range(0, len(wanted), BLOCK)]
    own, others = blocks[::2], blocks[1::2]
    command = [sys.executable, "-c", START]
    with (subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,  # noqa: S603
          ThreadPoolExecutor(1) as reader):
        try:
            telling = reader.submit(_tell, process, (inputs, ask, others, form))
            coming: deque[Future[list[Made]]] = deque(
                reader.submit(_next, process) for _ in others[:AHEAD])
            mine = map(form, each(inputs, ask, only=[one for block in own for one in block]))
            for turn, block in enumerate(blocks):
                if turn % 2 == 0:
                    yield from (next(mine) for _ in block)
                    continue
                telling.result()
                if turn // 2 + AHEAD < len(others):
                    coming.append(reader.submit(_next, process))
                yield from coming.popleft().result()
        finally:
            process.kill()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the second process says: what one block made, or its fault as text."""

    block: Sequence[Any] = ()
    fault: str = ""


def second() -> None:
    """Judge what stands on standard input, and write what each block makes to standard output.

    The other end of ``judged``. A fault is told as text, for the first process to raise. It ends
    with the first process, however that ends: what it reads from closes then.
    """
    out = sys.stdout.buffer
    try:
        inputs, ask, blocks, form = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own process
    except (EOFError, pickle.UnpicklingError, KeyboardInterrupt):
        os._exit(1)
    Thread(target=_end_with_first, daemon=True).start()
    try:
        made = map(form, each(inputs, ask, only=[one for block in blocks for one in block]))
        for block in blocks:
            pickle.dump(_Told(block=[next(made) for _ in block]), out, protocol=5)
            out.flush()
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)
    except Exception:  # noqa: BLE001 - whatever it is, the first process has to tell it
        pickle.dump(_Told(fault=traceback.format_exc()), out)
        out.flush()


def _end_with_first() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _tell(process: subprocess.Popen[bytes], question: object) -> None:
    if process.stdin is None:
        return
    try:
        pickle.dump(question, process.stdin, protocol=5)
        process.stdin.flush()  # open for as long as this process lives
    except BrokenPipeError as fault:
        raise SecondJudgeError from fault


def _next(process: subprocess.Popen[bytes]) -> list[Made]:
    """Return what the next block made.

    Raises:
        SecondJudgeError: there is none any more.
        RuntimeError: the second process tells of a fault.
    """
    if process.stdout is None:
        raise SecondJudgeError
    try:
        made = pickle.load(process.stdout)  # noqa: S301 - of our own process
    except (EOFError, pickle.UnpicklingError) as fault:
        raise SecondJudgeError from fault
    if made.fault:
        raise RuntimeError(made.fault)
    return list(made.block)


class SecondJudgeError(CaopanError):
    """Raised when the process that judged half of the subjects was ended from outside."""

    def __init__(self) -> None:
        """Say what most likely ended it."""
        super().__init__(Message(
            key="second_judge",
            text=Text(zh="帮着判断的第二个进程中途没了，多半是内存不够，被系统结束了",
                      en="the second process that judged half of them was ended, most likely by "
                         "the system for want of memory"),
            hint=Text(zh="关掉别的程序再试一次；或一次只诊断一个：caopan diagnose --merchant ID",
                      en="close other programs and try again, or diagnose one at a time: "
                         "caopan diagnose --merchant ID")))

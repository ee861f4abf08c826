"""Figures (数值): answers that a page waits for only a moment, worked out once and shared."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYetError
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

PATIENCE = 0.15
"""Seconds a page waits; it says "working it out" after that and asks again."""
MOST = 64
"""How many answers are held; the one asked for longest ago goes first."""
WORKERS = 2
Answer = TypeVar("Answer")


class Figures:
    """Answers by question; those who ask at once share one piece of work.

    A question names the state it is about (such as the imports that count), so that nothing held
    is ever out of date.

    >>> figures = Figures(patience=5)
    >>> figures.ask(("gmv", 1), lambda: 3)
    3
    >>> figures.ask(("gmv", 1), lambda: 4)
    3
    """

    def __init__(self, *, patience: float = PATIENCE, most: int = MOST) -> None:
        """Hold nothing yet.

        Args:
            patience: seconds to wait for an answer.
            most: how many answers are held.
        """
        self._patience = patience
        self._most = most
        self._found: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="figures")
        self._turn = Lock()

    def ask(self, question: Hashable, make: Callable[[], Answer]) -> Answer | None:
        """Return the answer, or None while it is being worked out.

        Args:
            question: what is asked, and of which state.
            make: works it out, in a thread of its own; never returns None.

        Raises:
            Exception: what ``make`` raised; it is told once, and tried again at the next question.
        """
        return self.ask_all({question: make})[0]

    def ask_all(self, asked: Mapping[Hashable, Callable[[], Answer]]) -> list[Answer | None]:
        """Return several answers in their order, each as ``ask``; together they wait once.

        >>> Figures(patience=5).ask_all({"a": lambda: 1, "b": lambda: 2})
        [1, 2]

        Raises:
            Exception: what one of them raised.
        """
        until = monotonic() + self._patience
        coming = {question: self._begun(question, make) for question, make in asked.items()}
        return [self._answer(question, one, until) for question, one in coming.items()]

    def _begun(self, question: Hashable, make: Callable[[], Answer]) -> Future[Answer]:
        with self._turn:
            coming: Future[Answer] | None = self._found.get(question)
            if coming is None:
                coming = self._found[question] = self._pool.submit(make)
            self._found.move_to_end(question)
            self._forget()
            return coming

    def _answer(self, question: Hashable, coming: Future[Answer], until: float) -> Answer | None:
        try:
            return coming.result(timeout=max(until - monotonic(), 0))
        except NotYetError:
            return coming.result() if coming.done() else None
        finally:
            if coming.done() and coming.exception() is not None:
                with self._turn:
                    self._found.pop(question, None)

    def settle(self) -> None:
        """Wait until nothing is being worked out.

        >>> figures = Figures(patience=0)
        >>> _ = figures.ask("gmv", lambda: 3)
        >>> figures.settle()
        >>> figures.ask("gmv", lambda: 4)
        3
        """
        with self._turn:
            coming = tuple(self._found.values())
        wait(coming)

    def _forget(self) -> None:
        over = [question for question, coming in self._found.items() if coming.done()]
        for question in over[:max(0, len(self._found) - self._most)]:
            del self._found[question]

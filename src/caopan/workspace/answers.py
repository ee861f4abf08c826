"""What a workspace remembers between questions, as long as the same imports count."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from caopan.store.store import Store

MOST = 400
"""How many answers are kept; the one asked for longest ago goes first."""
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Kept:
    """Answers by question and by the imports they were made from.

    A new import or an undone one changes what counts, so nothing kept is ever out of date.

    >>> kept = Kept()
    >>> kept.answer((1,), ("sum",), lambda: 3), kept.answer((1,), ("sum",), lambda: 4)
    (3, 3)
    >>> kept.answer((1, 2), ("sum",), lambda: 4)
    4
    """

    most: int = MOST
    _answers: OrderedDict[tuple[tuple[int, ...], tuple[Hashable, ...]], object] = field(
        default_factory=OrderedDict)
    _making: dict[Hashable, Lock] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def answer(self, imports: tuple[int, ...], question: tuple[Hashable, ...],
               make: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, worked out once for these imports.

        Two who ask at once wait for one piece of work; other questions are not held up.
        """
        key = (imports, question)
        with self._turn:
            making = self._making.setdefault(key, Lock())
        with making:
            with self._turn:
                if key in self._answers:
                    self._answers.move_to_end(key)
                    return self._answers[key]  # type: ignore[return-value]
            made = make()
            with self._turn:
                self._answers[key] = made
                self._forget()
            return made

    def questions(self) -> tuple[tuple[Hashable, ...], ...]:
        """Return the questions whose answers are remembered, the one asked longest ago first.

        >>> kept = Kept()
        >>> kept.answer((1,), ("sum", 2), lambda: 3)
        3
        >>> kept.questions()
        (('sum', 2),)
        """
        with self._turn:
            return tuple(question for _, question in self._answers)

    def _forget(self) -> None:
        while len(self._answers) > self.most:
            self._answers.popitem(last=False)
        for key in [one for one, lock in self._making.items()
                    if one not in self._answers and not lock.locked()]:
            del self._making[key]


def counting(store: Store) -> tuple[int, ...]:
    """Return the imports that count, which is what every answer depends on."""
    return store.counting()

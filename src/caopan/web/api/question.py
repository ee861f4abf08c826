"""Whose diagnosis a call is about, over which days, against what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.call import Call
from caopan.web.console.diagnosis import known
from caopan.workspace.asking import Question, check
from caopan.workspace.results import Kept

Who = Literal["streamer", "merchant"]
Versus = Literal["previous", "peers"]
First = Annotated[date | None, Query(alias="from")]
After = Annotated[date | None, Query(alias="to")]


class Asked(BaseModel):
    """A question: one subject, other days or another comparison."""

    model_config = ConfigDict(extra="forbid")
    grain: Who
    id: str
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    against: Versus = "previous"
    currency: str | None = None

    def question(self) -> Question:
        """Return it as the workspace takes it.

        Raises:
            CaopanError: the period is none.
        """
        return question(self.grain, self.id, self.start, self.end, self.against, self.currency)


def question(grain: Who, subject: str, start: First = None, end: After = None,
             against: Versus = "previous", currency: str | None = None) -> Question:
    """Return the question that an address asks.

    >>> question("merchant", "m1").is_usual
    True

    Raises:
        CaopanError: the period is none.
    """
    made = Question(grain=grain, id=subject, start=start, end=end, against=against,
                    currency=currency or None)
    check(made)
    return made


Questioned = Annotated[Question, Depends(question)]


def kept_of(call: Call, asked: Question) -> Kept:
    """Return the kept diagnosis that a question is about.

    Raises:
        UnknownAnswerError: it was not worked out yet.
        CaopanError: nobody has that id.
    """
    found = known(call, asked)
    if found is None:
        raise UnknownAnswerError
    return found


class UnknownAnswerError(CaopanError):
    """Raised where a question was not worked out yet."""

    def __init__(self) -> None:
        """Say how that is begun."""
        super().__init__(Message(
            key="unknown_answer",
            text=Text(zh="这个诊断还没有算过", en="this diagnosis was not worked out yet"),
            hint=Text(zh="先算：POST /api/answers（自己的时段或比法），POST /api/results（所有人）",
                      en="work it out: POST /api/answers (own days or comparison), "
                         "POST /api/results (everyone)")))

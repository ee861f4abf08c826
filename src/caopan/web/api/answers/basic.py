"""What answers are made of: amounts, ranges, sentences, periods, problems in files, jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Amount = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", description="money, major units, as "
                              "decimal text; its currency stands beside it")]
Share = Annotated[float, Field(description="a ratio, 0-1; a rate may exceed 1")]
Value = Annotated[Amount | float | None, Field(
    description="money as decimal text where the unit is money, else a number; null: cannot be "
                "computed")]
Row = Annotated[dict[str, Any], Field(description="canonical columns by name (docs/reference/"
                                      "tables.md); money as decimal text, with currency")]


class Answer(BaseModel):
    """An answer or a part of one; it has no field that is not named."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class Both(Answer):
    """A sentence or name in both languages."""

    zh: str
    en: str


class Days(Answer):
    """A period in business days, the last one not included."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")


class Range(Answer):
    """An estimate with its range and the probability that the range holds the truth."""

    low: Value
    mid: Value
    high: Value
    level: float
    currency: str | None = None


class Said(Answer):
    """A keyed sentence: what happened, what to do next, in the language asked for."""

    key: str
    message: str
    hint: str | None


class Issue(Answer):
    """One problem with its place in the file."""

    level: str
    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    key: str
    message: str
    hint: str | None


class JobProblem(Answer):
    """Why a job failed."""

    key: str
    title: str
    detail: str | None


class Job(Answer):
    """Long work; ask its ``url`` until ``state`` is done or failed."""

    job: str
    url: str
    kind: str
    title: str
    state: str
    step: str | None
    done: int
    total: int | None
    began_at: datetime
    ended_at: datetime | None
    result: dict[str, Any]
    problem: JobProblem | None


class Jobs(Answer):
    """Every job that is remembered, the latest first."""

    jobs: list[Job]

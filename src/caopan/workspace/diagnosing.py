"""Diagnose what a workspace knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import each
from caopan.diagnose.inputs import Inputs
from caopan.diagnose.reading import Ask
from caopan.facts.issue import Issue
from caopan.playbook.handbook import Handbook, handbook
from caopan.report.document import document, subject
from caopan.report.words import clean
from caopan.store.store import Store
from caopan.units import number
from caopan.units.document import encoded
from caopan.units.line import LONGEST_NAME
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.units.period import Period
from caopan.units.verdict import Verdict
from caopan.workspace.asked import Asked
from caopan.workspace.defining import definitions
from caopan.workspace.gathering import gather
from caopan.workspace.grain import Grain
from caopan.workspace.judging import Made, judged
from caopan.workspace.measuring import period as asked_period
from caopan.workspace.progress import Progress
from caopan.workspace.spreading import read_of, with_metrics

GATHERING = Text(zh="汇总事实", en="gathering the facts")
JUDGING = Text(zh="拆解与判断", en="splitting and judging")
SHOWN_FINDINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnoseResult:
    """The diagnoses asked for, and what is wrong with the workspace's own handbook pages."""

    diagnoses: tuple[Diagnosis, ...]
    issues: tuple[Issue, ...]
    synthetic: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the JSON document of the command line."""
        return {"synthetic": self.synthetic,
                **document(self.diagnoses, definitions=definitions(self.diagnoses),
                           language=language)}

    def lines(self, language: Language) -> list[str]:
        """Return the diagnoses as lines for a person."""
        label = Text(zh="【合成数据】", en="[synthetic data] ").say(language)
        lines = []
        for one in self.diagnoses:
            unknown = one.unknown.plain(language) if one.unknown else ""
            gap = " " if language == "en" and unknown else ""
            name = clean(one.subject.name, most=LONGEST_NAME)
            last = one.period.end - timedelta(days=1)
            days = Text(zh="（{start} – {last}）", en=" ({start} – {last})").say(
                language, start=one.period.start, last=last)
            lines.append(f"{label if self.synthetic else ''}{name}{days}")
            lines.append(f"  {one.headline.plain(language)}{gap}{unknown}")
            lines += _factors(one, language)
            lines += [_finding(found.title.plain(language), found.verdict, language)
                      for found in one.findings[:SHOWN_FINDINGS]]
        return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnoseStream:
    """Diagnoses that are made while they are read; for very many subjects."""

    inputs: Inputs
    ask: Ask
    wanted: tuple[int, ...]
    """Positions of the subjects in the inputs."""
    issues: tuple[Issue, ...]
    synthetic: bool

    @property
    def count(self) -> int:
        """Return how many subjects there are."""
        return len(self.wanted)

    @property
    def diagnoses(self) -> Iterator[Diagnosis]:
        """Return them one by one, each made when it is asked for."""
        return each(self.inputs, self.ask, only=self.wanted)

    def whole(self) -> DiagnoseResult:
        """Return all of them at once."""
        return DiagnoseResult(diagnoses=tuple(self.diagnoses), issues=self.issues,
                              synthetic=self.synthetic)

    def each(self, form: Callable[[Diagnosis], Made]) -> Iterator[Made]:
        """Yield what a picklable function makes of each diagnosis, very many by two processes."""
        return judged(self.inputs, self.ask, wanted=self.wanted, form=form)

    def head(self) -> dict[str, object]:
        """Return the fields of the JSON document that stand before ``subjects``."""
        return {"synthetic": self.synthetic}

    def subjects(self, language: Language) -> Iterator[str]:
        """Yield the entries of ``subjects`` in the JSON document, one by one, as JSON."""
        return self.each(partial(_entry, language))


def _entry(language: Language, one: Diagnosis) -> str:
    return encoded(subject(one, definitions=definitions((one,)), language=language))


def stream(store: Store, asked: Asked, *, progress: Progress,
           book: Handbook | None = None) -> DiagnoseStream:
    """Gather the facts and return the diagnoses asked for, made as they are read.

    Raises:
        NoSessionsError: nothing that could be diagnosed was imported.
        NobodyNamedError: there are sessions, and none of them says whose it is.
        UnknownSubjectError: nobody has that id.
        HalfPeriodError: only one end of the period is given.
    """
    only, grain = asked.only, asked.whose
    period = _period(asked.start, asked.end)
    tables = store.tables()
    progress(GATHERING, 0, None)
    inputs = gather(tables, store.fetch, grain=grain)
    if not inputs.subjects:
        raise NobodyNamedError(grain) if _any_sessions(store) else NoSessionsError
    wanted = tuple(at for at, subject in enumerate(inputs.subjects)
                   if only in {None, subject.id})
    if not wanted:
        raise UnknownSubjectError(str(only), grain)
    book = book or book_of(store)
    inputs = with_metrics(inputs, tables, store.fetch, grain=grain, period=period,
                          wanted=read_of(book.rules))
    progress(JUDGING, 0, None)
    ask = Ask(rules=book.rules, ladder=book.ladder, period=period, against=asked.against)
    return DiagnoseStream(inputs=inputs, ask=ask, wanted=wanted, issues=book.issues,
                          synthetic=bool(store.setting("synthetic")))


def _any_sessions(store: Store) -> bool:
    return bool(store.fetch(store.tables()["sessions"].limit(1)).num_rows)


def book_of(store: Store) -> Handbook:
    """Return the handbook in force: the shipped one under the workspace's own pages."""
    folder = Path(store.folder.root) / "playbook"
    return handbook(folder if folder.is_dir() else None)


def _period(start: date | None, end: date | None) -> Period | None:
    if (start is None) != (end is None):
        raise HalfPeriodError
    return asked_period(start, end)


def _factors(one: Diagnosis, language: Language) -> list[str]:
    if one.change.refused is not None:
        return [f"  {one.change.refused.say(language)}"]
    lines = []
    for factor in one.change.factors:
        amount = number.change(factor.amount, unit=one.change.unit,
                               currency=one.subject.currency, language=language)
        spread = (number.change_interval(factor.interval, unit=one.change.unit, language=language)
                  if factor.interval else "—")
        lines.append(f"    {factor.name.plain(language)}  {amount}  {spread}  "
                     f"{_verdict(factor.verdict, language)}")
    return lines


def _finding(title: str, verdict: Verdict, language: Language) -> str:
    return f"  · {title}  {_verdict(verdict, language)}"


def _verdict(verdict: Verdict, language: Language) -> str:
    words = {Verdict.SUPPORTED: Text(zh="有据", en="supported"),
             Verdict.CANNOT_TELL: Text(zh="无法判断", en="cannot tell")}
    return words[verdict].say(language)


class NoSessionsError(CaopanError):
    """Raised when there is nothing to diagnose."""

    def __init__(self) -> None:
        """Say what to bring."""
        super().__init__(Message(
            key="no_sessions",
            text=Text(zh="工作区里还没有场次，没法诊断",
                      en="the workspace has no sessions to diagnose"),
            hint=Text(zh="先导入直播明细：caopan import 文件夹",
                      en="import a list of sessions first: caopan import FOLDER")))


class NobodyNamedError(CaopanError):
    """Raised when there are sessions and none of them says whose it is."""

    def __init__(self, grain: Grain) -> None:
        """Name the column that is empty."""
        super().__init__(Message(
            key="nobody_named", values={"column": grain.key},
            text=Text(zh="有场次，但没有一场写明 {column}，没法按它诊断",
                      en="there are sessions, and none of them has a {column} to diagnose by"),
            hint=Text(zh="换一种看法：--by streamer；或导入时用 --account 写明是谁的",
                      en="look another way: --by streamer; or import with --account")))


_NOBODY = {
    Grain.STREAMER: Text(zh="没有编号是 {asked} 的主播（或者没有场次）",
                         en="no host with sessions has the id {asked}"),
    Grain.MERCHANT: Text(zh="没有编号是 {asked} 的商家（或者没有场次）",
                         en="no merchant with sessions has the id {asked}")}


class UnknownSubjectError(CaopanError):
    """Raised when nobody has the id that was asked for."""

    def __init__(self, asked: str, grain: Grain) -> None:
        """Name the id and whose it should be."""
        super().__init__(Message(
            key="unknown_subject", text=_NOBODY[grain],
            values={"asked": asked, "grain": grain.value},
            hint=Text(zh="看有哪些：操盘台的主播页，或 caopan metric sessions --by {grain}_id",
                      en="see who is there: the console's page of hosts, or caopan metric "
                         "sessions --by {grain}_id")))


class HalfPeriodError(CaopanError):
    """Raised when only one end of a period is given."""

    usage = True

    def __init__(self) -> None:
        """Say that both are needed."""
        super().__init__(Message(
            key="half_period",
            text=Text(zh="一段时间的开始和结束要一起给",
                      en="the start and the end of a period go together"),
            hint=Text(zh="两头都写：例如 from 2026-03-01，to 2026-03-29（不含最后一天）",
                      en="give both: for example from 2026-03-01, to 2026-03-29 (not included)")))

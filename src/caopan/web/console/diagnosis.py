"""诊断 · Diagnosis: who needs me, and where one subject's money went."""

from __future__ import annotations

from hashlib import sha256

from starlette.responses import Response

from caopan.access.action import Action
from caopan.playbook.rule import Rule
from caopan.report.words import Words
from caopan.web.console.diagnosis_query import PARTS, PATH, Asked, ready
from caopan.web.console.diagnosis_view import View, drawn, fallen, view
from caopan.web.house import House, Inside
from caopan.web.jobs import JobState
from caopan.web.refreshing import asked as asked_job
from caopan.web.refreshing import begin, refreshed
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace import results as kept_results
from caopan.workspace.asking import Question, check
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.grain import Grain
from caopan.workspace.results import Kept


def page(visit: Visit) -> Response:
    """Show one subject's diagnosis, or how far it is.

    Raises:
        CaopanError: nobody has that id, or the address asks for a period that is none.
    """
    asked = Asked.of(visit)
    check(asked.question)
    job = refreshed(visit.house)
    found = known(visit, asked.question)
    words = Words(language=visit.language)
    if found is None:
        if not asked.question.is_usual:
            job = asked_job(visit.house, asked.question, leads_to=asked.address())
        everyone = visit.workspace.rooms.everyone(Grain(asked.question.grain))
        return visit.show("diagnosis/waiting.html", asked=asked, job=job, w=words,
                          name=everyone.name_of(asked.question.id))
    drawings, of = visit.house.drawn, (found.moment.made_at, asked.question, words.language)
    section = drawings.answer((), of, lambda: drawn(found, words=words))
    fall = drawings.answer((), (*of, asked.tree), lambda: fallen(
        found, asked, name=section.name, words=words))
    made = view(found, asked, section=section, fall=fall, words=words,
                rules=rules_of(visit.house))
    until = found.moment.until
    shown = _shown(found, asked)
    return visit.show(
        "diagnosis/page.html", v=made, s=made.section, d=made.drawer, asked=asked, w=words,
        shown=shown, stays=_stay(visit, made, shown),
        job=None if found.moment.covered else job, default=asked.question.is_usual,
        ready=[(days, asked.over(period)) for days, period in ready(until)
               if period != made.diagnosis.period] if until else [])


def _stay(visit: Visit, made: View, shown: str) -> tuple[str, ...]:
    """Return the parts that stand on the page already and can stay: nothing in them changes."""
    if not visit.is_fragment:
        return ()
    there, _, split = visit.request.headers.get("x-shown", "").partition(" ")
    here, _, now = shown.partition(" ")
    if there != here:
        return ()
    return (*(("fall",) if split == now else ()), "steps", "sessions",
            *(("notes",) if made.section.notes else ()))


def _shown(found: Kept, asked: Asked) -> str:
    """Return what a page shows: when it was worked out, and its split with the factor opened."""
    split = sha256(repr((asked.tree, asked.factor)).encode()).hexdigest()[:12]
    return f"{found.moment.made_at.isoformat()} {split}"


def known(visit: Inside, question: Question) -> Kept | None:
    """Return the kept diagnosis a question asks for; None where it must be worked out first.

    Raises:
        UnknownSubjectError: the results cover the facts, and nobody there has that id.
    """
    everyone = visit.workspace.results()
    kept = None if everyone is None else kept_results.kept(
        everyone, question.grain, question.id, currency=question.currency)
    if everyone is not None and kept is None and everyone.moment.covered:
        raise UnknownSubjectError(question.id, Grain(question.grain))
    if question.is_usual:
        return kept
    return visit.workspace.answered(question)


def status(visit: Visit) -> Response:
    """Show how far the work behind a page is; once it is done the page is loaded again."""
    job = visit.house.jobs.get(visit.query.get("job", ""))
    if job is None or job.state is JobState.DONE:
        return Response(status_code=204, headers={"hx-refresh": "true"})
    return visit.show("diagnosis/progress.html", job=job, w=Words(language=visit.language))


def again(visit: Visit) -> Response:
    """Work the results out anew, on demand."""
    job = refreshed(visit.house)
    if job is not None and job.state is JobState.FAILED:
        begin(visit.house)
    back = str(visit.form.get("back") or PATH)
    return visit.go(back if back.startswith(PATH) else PATH)


def rules_of(house: House) -> dict[str, Rule]:
    """Return the rules in force by id; read once for every state of the handbook."""
    mark = house.workspace.results_mark()
    if mark not in house.rules:
        house.rules.clear()
        house.rules[mark] = {rule.id: rule for rule in house.workspace.handbook().rules}
    return house.rules[mark]


SCREENS = (
    Screen(path=f"{PARTS}/status", action=Action.READ, show=status),
    Screen(path=f"{PARTS}/again", action=Action.READ, show=again, methods=("POST",)),
    Screen(path=PATH + "/{grain}/{id:path}", action=Action.READ, show=page),
)

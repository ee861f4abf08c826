"""导入中心 · Import centre: receive files, show what they are, take them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

from caopan.access.action import Action
from caopan.units.clock import business_day
from caopan.units.message import Text
from caopan.web.console.imports_answers import SCREENS as ANSWERS
from caopan.web.console.imports_bar import bar, importing
from caopan.web.console.imports_correct import SCREENS as CORRECTIONS
from caopan.web.console.imports_excerpt import excerpts
from caopan.web.console.imports_record import SCREENS as RECORD
from caopan.web.console.imports_rows import changed, columns
from caopan.web.console.imports_words import told
from caopan.web.console.imports_work import begin_look, idle_of, running, upload_of
from caopan.web.csv_answer import csv_answer
from caopan.web.refreshing import refreshed
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.incoming import is_clutter
from caopan.workspace.look import FileState, Look
from caopan.workspace.looking import issues, looked
from caopan.workspace.progress import Progress
from caopan.workspace.synthetic import SyntheticWorkspaceError

PAGE, BEGIN = "/import", "/import/begin"
BLOCK = 2**20
"""Bytes copied at once."""
YEARS = 4
"""Years offered for dates that carry none."""
RECENT = 5
"""Imports shown where new files are dropped."""
DEMO = Text(zh="造合成数据", en="building the synthetic world")


def start(visit: Visit) -> Response:
    """Show the two ways in, uploads that wait, and what runs."""
    workspace = visit.workspace
    return told(visit, "start", batches=workspace.imports.active(), job=importing(visit),
                waiting=workspace.imports.incoming.open(),
                records=workspace.imports.records()[:RECENT])


def begin(visit: Visit) -> Response:
    """Make room for an upload whose files follow one by one, and name it.

    Raises:
        SyntheticWorkspaceError: real files would mix with synthetic ones.
    """
    _refuse_synthetic(visit)
    return JSONResponse({"upload": visit.workspace.imports.incoming.begin(now=visit.now).id})


def drop(visit: Visit) -> Response:
    """Take the files of a plain form, look at them and go there.

    Raises:
        CaopanError: the workspace is synthetic, or the disk does not take the files.
    """
    _refuse_synthetic(visit)
    files = list(_sent(visit))
    if not files:
        return visit.go(PAGE)
    shelf = visit.workspace.imports.incoming
    asked = str(visit.form.get("upload") or "")
    upload = idle_of(visit, shelf.get(asked)) if asked else shelf.begin(now=visit.now)
    for file in files:
        with file.file as body, shelf.receive(upload.id, file.filename or "") as receiving:
            while block := body.read(BLOCK):
                receiving.write(block)
    begin_look(visit, upload)
    return visit.go(f"{PAGE}/{upload.id}")


def _sent(visit: Visit) -> Iterator[UploadFile]:
    """Yield the files of a form; what systems leave in folders is let go."""
    for file in visit.form.getlist("files"):
        if not isinstance(file, UploadFile):
            continue
        if file.filename and not is_clutter(file.filename):
            yield file
        else:
            file.file.close()


def show(visit: Visit) -> Response:
    """Show an upload: its files, the chosen one in full, and what it all would do.

    Raises:
        UnknownUploadError: it is not there any more.
    """
    upload = upload_of(visit)
    if upload.batch is not None:
        return visit.go(f"{PAGE}/batches/{upload.batch}")
    shelf, job = visit.workspace.imports.incoming, running(visit, upload)
    if job is not None and not job.is_over:
        return told(visit, "working", upload=upload, job=job, files=shelf.listed(upload.id))
    look = looked(shelf, upload)
    if look is None:
        return told(visit, "working", upload=upload, job=job, files=shelf.listed(upload.id))
    return _page(visit, look)


def download(visit: Visit) -> Response:
    """Return every problem of an upload as a CSV file."""
    upload, language = upload_of(visit), visit.language
    head = [visit.word("级别"), visit.word("文件"), visit.word("工作表"), visit.word("行"),
            visit.word("列"), visit.word("值"), visit.word("问题"), visit.word("怎么办")]
    levels = {"error": visit.word("错误"), "warning": visit.word("提醒"),
              "future_error": visit.word("以后会是错误")}
    return csv_answer(f"import-{upload.id}-issues.csv", head, (
        (levels[issue.level.value], issue.file, issue.sheet, issue.row, issue.column, issue.value,
         issue.message.say(language), issue.message.advise(language))
        for issue in issues(visit.workspace.imports.incoming, upload)))


def fresh(visit: Visit) -> Response:
    """Show how old every source is: a part of a page that loads by itself, or a page of its own."""
    template = "fresh" if visit.is_fragment else "fresh_page"
    return told(visit, template, sources=visit.workspace.imports.freshness())


def demo(visit: Visit) -> Response:
    """Fill an empty workspace with the synthetic world, in the background."""
    workspace = visit.workspace

    def work(progress: Progress) -> dict[str, object]:
        workspace.demo(size="toy", progress=progress)
        refreshed(visit.house)
        return {"next": "/"}

    if importing(visit) is None:
        visit.house.jobs.start("import", work, title=DEMO)
    return visit.go(PAGE)


def _page(visit: Visit, look: Look) -> Response:
    upload = upload_of(visit)
    file = look.file(visit.query.get("file")) or look.file(None)
    mapping = None
    if file is not None and file.can_map and (
            "map" in visit.query or file.state is FileState.ASKS):
        mapping = visit.workspace.imports.column_map(
            upload, file.name, table=visit.query.get("table"),
            sheet=visit.query.get("sheet") or None)
    return told(
        visit, "page", upload=upload, look=look, file=file, mapping=mapping,
        bar=bar(visit, look), job=running(visit, upload),
        troubles=excerpts(look, file) if file else (), FileState=FileState,
        changes=changed(look.changes, visit.language),
        columns=columns(file) if file else (), asked=_asked(look), years=_years(visit))


def _years(visit: Visit) -> tuple[int, ...]:
    """Return the years that dates without one are probably of."""
    this = business_day(visit.now).year
    return tuple(range(this, this - YEARS, -1))


def _asked(look: Look) -> frozenset[str]:
    """Return the answers that the files leave open: fields of the form below them."""
    fields = {"no_account": "account", "year_assumed": "year", "no_year": "year",
              "naive_times": "timezone", "implied_zone": "timezone", "other_currency": "currency",
              "unknown_currency": "currency"}
    return frozenset(fields[each.key] for each in look.troubles if each.key in fields)


def _refuse_synthetic(visit: Visit) -> None:
    if visit.workspace.synthetic:
        raise SyntheticWorkspaceError


def again(visit: Visit) -> Response:
    """Look once more, for example because other imports came in between."""
    upload = upload_of(visit)
    begin_look(visit, replace(upload, job=None))
    return visit.go(f"{PAGE}/{upload.id}")


SCREENS = (
    Screen(path=PAGE, action=Action.READ, show=start),
    Screen(path=PAGE, action=Action.IMPORT, show=drop, methods=("POST",)),
    Screen(path=BEGIN, action=Action.IMPORT, show=begin, methods=("POST",)),
    Screen(path=f"{PAGE}/fresh", action=Action.READ, show=fresh),
    Screen(path=f"{PAGE}/demo", action=Action.IMPORT, show=demo, methods=("POST",)),
    *RECORD,
    Screen(path=f"{PAGE}/{{upload}}", action=Action.READ, show=show),
    Screen(path=f"{PAGE}/{{upload}}/issues.csv", action=Action.EXPORT, show=download),
    Screen(path=f"{PAGE}/{{upload}}/look", action=Action.IMPORT, show=again, methods=("POST",)),
    *ANSWERS,
    *CORRECTIONS,
)

"""``caopan run PATH…``: the main job, from files to a report one can send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caopan.cli.import_ import import_lines
from caopan.cli.opened import new_workspace, options_of
from caopan.cli.output import refuse, say, show, show_json
from caopan.cli.progress import progress
from caopan.units.line import cut
from caopan.units.message import Language, Text

if TYPE_CHECKING:
    from caopan.diagnose.diagnosis import Diagnosis

HELP = Text(zh="主流程：导入、诊断、写出可发给客户的报告",
            en="The main job: import, diagnose, write the report")
SHOWN_SUBJECTS = 12
MORE = Text(zh="…另有 {n} 个，见报告", en="… {n} more: see the report")
NO_SESSIONS = Text(
    zh="没有场次，所以没有诊断：报告只写已导入的数据说明了什么；"
       "导入场次明细（每场一行，有开播时间和 GMV）才有诊断",
    en="no sessions, so no diagnosis: the report says what the imported data say; import session "
       "details (one row a session, with its start and its GMV) for a diagnosis")


def answer(diagnosis: Diagnosis, language: Language) -> str:
    """Return a subject's name and the answer as one line: what is known, then what is not."""
    known = diagnosis.headline.plain(language)
    unknown = diagnosis.unknown.plain(language) if diagnosis.unknown else ""
    name = cut(diagnosis.subject.name)
    if language == "zh":
        return f"{name}：{known}{unknown}"
    return f"{name}: {known} {unknown}".rstrip()


def run(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(
        help="文件或文件夹；不给就用已有的 · files or folders; none: what is there")] = None,
    account: Annotated[str | None, typer.Option(help="账号 · the account's id")] = None,
    timezone: Annotated[str | None, typer.Option(help="时区 · e.g. Asia/Jakarta")] = None,
    year: Annotated[int | None, typer.Option(help="没有年份的日期 · year of dates without")] = None,
    currency: Annotated[str | None, typer.Option(help="没写币种的金额 · e.g. IDR")] = None,
) -> None:
    """Import, diagnose and write the report."""
    options = options_of(context)
    with new_workspace(options) as opened, progress(options.language) as listener:
        result = opened.run(paths or [], account=account, timezone=timezone, year=year,
                            currency=currency, language=options.language, progress=listener)
    if result.refused is not None:
        refuse(result.refused, language=options.language, as_json=options.json,
               issues=result.imported.issues if result.imported else ())
        raise typer.Exit(1)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in import_lines(result.imported, options.language) if result.imported else []:
        say(line)
    for diagnosis in result.diagnoses[:SHOWN_SUBJECTS]:
        say(answer(diagnosis, options.language))
    if (more := len(result.diagnoses) - SHOWN_SUBJECTS) > 0:
        say(MORE.say(options.language, n=more))
    if not result.diagnoses:
        say(NO_SESSIONS.say(options.language))
    say(Text(zh="报告：", en="report:").say(options.language))
    show(str(result.report))

"""``caopan import PATH…``: files into facts, as one batch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caopan.cli.opened import new_workspace, options_of
from caopan.cli.output import issue_lines, refuse, say, show_json
from caopan.cli.progress import progress
from caopan.units.message import Language, Text

if TYPE_CHECKING:
    from caopan.workspace.records import ImportResult

HELP = Text(zh="导入文件：认出版式，坏行列出，好行入库",
            en="Import files: recognised, checked, one batch")
SHOWN_ISSUES = 20


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹 · files or folders")],
    source: Annotated[str | None, typer.Option(help="指定版式 · force one layout")] = None,
    mapping: Annotated[Path | None, typer.Option(
        help="列映射文件或已存的名字 · a mapping file or a saved mapping's name")] = None,
    account: Annotated[str | None, typer.Option(help="账号 · the account's id")] = None,
    timezone: Annotated[str | None, typer.Option(help="时区 · e.g. Asia/Jakarta")] = None,
    year: Annotated[int | None, typer.Option(help="没有年份的日期 · year of dates without")] = None,
    currency: Annotated[str | None, typer.Option(help="没写币种的金额 · e.g. IDR")] = None,
    dry_run: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--dry-run", help="只看不写 · look, write nothing")] = False,
    strict: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--strict", help="有一个文件坏就全不导 · any broken file refuses the batch")] = False,
) -> None:
    """Import files."""
    options = options_of(context)
    with new_workspace(options) as opened, progress(options.language) as listener:
        result = opened.import_files(paths, source=source, mapping=mapping, account=account,
                                     timezone=timezone, year=year, currency=currency,
                                     dry_run=dry_run, strict=strict, progress=listener)
    if result.refused is not None:
        refuse(result.refused, language=options.language, as_json=options.json,
               issues=result.issues)
        raise typer.Exit(1)
    if options.json:
        show_json(result.document(options.language))
        return
    for line in import_lines(result, options.language):
        say(line)


def import_lines(result: ImportResult, language: Language) -> list[str]:
    """Return an import's result as lines for a person."""
    lines = [f"{file.file}  →  {file.layout}  "
             + ", ".join(f"{name} {rows:,}" for name, rows in file.rows.items())
             for file in result.files]
    lines += [Text(zh="跳过 {file}：{reason}", en="skipped {file}: {reason}").say(
        language, file=skipped.file, reason=skipped.reason.say(language))
        for skipped in result.skipped]
    lines += issue_lines(result.issues, language, most=SHOWN_ISSUES)
    if len(result.issues) > SHOWN_ISSUES:
        more = Text(zh="…还有 {n} 个问题，--json 看全部", en="… {n} more issues: see --json")
        lines.append(more.say(language, n=len(result.issues) - SHOWN_ISSUES))
    lines += [join.sentence.plain(language) for join in result.joins]
    lines += [Text(zh="{name}：新增 {added}，更正 {replaced}，未变 {unchanged}",
                   en="{name}: {added} added, {replaced} replaced, {unchanged} unchanged").say(
        language, name=name, added=counts.added, replaced=counts.replaced,
        unchanged=counts.unchanged) for name, counts in result.tables.items()]
    if result.batch is not None:
        lines.append(Text(zh="批次 {batch}（caopan undo {batch} 可撤销）",
                          en="batch {batch} (caopan undo {batch} takes it back)").say(
            language, batch=result.batch))
    return lines

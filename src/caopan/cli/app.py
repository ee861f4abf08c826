"""The command line: the general options, the verbs, and how a refusal leaves."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from caopan import __version__
from caopan.cli import (
    backtest,
    batches,
    budget,
    campaign,
    demo,
    diagnose,
    experiment,
    export,
    forecast,
    growth,
    import_,
    lineup,
    mapping,
    metric,
    pace,
    rehearse,
    response,
    runsheet,
    serve,
    stock,
    undo,
)
from caopan.cli import run as run_verb
from caopan.cli.options import Options, hoisted, language_of, workspace_of
from caopan.cli.output import refuse, say, show
from caopan.cli.usage import usage_error
from caopan.units.message import CaopanError, Language, Message, Text

ABOUT = {
    "zh": "操盘：把直播间的导出变成看得懂、信得过的诊断。",
    "en": "Caopan: exports in, a diagnosis an operator trusts out.",
}


VERBS = (
    ("run", run_verb.run, run_verb.HELP),
    ("import", import_.import_, import_.HELP),
    ("mapping", mapping.mapping, mapping.HELP),
    ("batches", batches.batches, batches.HELP),
    ("undo", undo.undo, undo.HELP),
    ("export", export.export, export.HELP),
    ("metrics", metric.metrics, metric.HELP_LIST),
    ("metric", metric.metric, metric.HELP),
    ("diagnose", diagnose.diagnose, diagnose.HELP),
    ("forecast", forecast.forecast, forecast.HELP),
    ("backtest", backtest.backtest, backtest.HELP),
    ("stock", stock.stock, stock.HELP),
    ("budget", budget.budget, budget.HELP),
    ("response", response.response, response.HELP),
    ("experiment", experiment.experiment, experiment.HELP),
    ("pace", pace.pace, pace.HELP),
    ("rehearse", rehearse.rehearse, rehearse.HELP),
    ("demo", demo.demo, demo.HELP),
    ("serve", serve.serve, serve.HELP),
)
GROUPS = (
    ("plan", lineup.GROUP_HELP, (
        ("lineup", lineup.lineup, lineup.HELP),
        ("campaign", campaign.campaign, campaign.HELP),
        ("growth", growth.growth, growth.HELP))),
    ("runsheet", runsheet.GROUP_HELP, (
        ("export", runsheet.export, runsheet.EXPORT_HELP),
        ("import", runsheet.import_, runsheet.IMPORT_HELP))),
)
"""Verbs of two words: the first, what it is about, and the second ones."""
NAMES = [*(name for name, _, _ in VERBS), *(name for name, _, _ in GROUPS)]


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 not done, 2 wrong usage.

    >>> run(["--version"])
    caopan 0.1.0
    0
    """
    as_json = "--json" in arguments
    language: Language = "zh"
    try:
        language = language_of(arguments)
        left = _obeyed(hoisted(arguments), language)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except CaopanError as refused:
        refuse(refused.message, language=language, as_json=as_json and not refused.usage,
               issues=getattr(refused, "issues", ()))
        return 2 if refused.usage else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # noqa: BLE001 - the last wall: no traceback reaches a user
        refuse(_unexpected(fault), language=language, as_json=as_json)
        return 1
    return left


def _obeyed(words: Sequence[str], language: Language) -> int:
    """Run one command; return the exit code it left with.

    Raises:
        UsageError: the words cannot be read.
    """
    app = application(language)
    try:
        left = app(words, prog_name="caopan", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as found:
        if not words:
            say(found.message)  # nothing was asked: the help is the answer
            return 2
        raise usage_error(found, words=words, verbs=NAMES) from found
    return left if isinstance(left, int) else 0


def application(language: Language) -> typer.Typer:
    """Return the application, its help in one language.

    >>> application("en").info.help
    'Caopan: exports in, a diagnosis an operator trusts out.'
    """
    app = typer.Typer(name="caopan", help=ABOUT[language], no_args_is_help=True,
                      add_completion=False, pretty_exceptions_enable=False,
                      rich_markup_mode=None)
    app.callback()(_general)
    for name, verb, texts in VERBS:
        app.command(name=name, help=texts.say(language))(verb)
    for name, texts, verbs in GROUPS:
        group = typer.Typer(name=name, help=texts.say(language), no_args_is_help=True,
                            rich_markup_mode=None)
        group.callback()(_grouped)
        for second, act, said in verbs:
            group.command(name=second, help=said.say(language))(act)
        app.add_typer(group)
    return app


def _grouped() -> None:
    """Do nothing: a group of one verb stays a group."""


def _version(asked: bool) -> None:  # noqa: FBT001 - what the option hands over
    if asked:
        show(f"caopan {__version__}")
        raise typer.Exit


def _general(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option(
        help="工作区文件夹 · the workspace folder [$CAOPAN_WORKSPACE, ./caopan-workspace]")] = None,
    lang: Annotated[str | None, typer.Option(help="zh | en")] = None,
    json: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--json", help="stdout 只输出一份 JSON · one JSON document on stdout")] = False,
    version: Annotated[bool, typer.Option(  # noqa: FBT002 - a flag
        "--version", help="版本 · the version", is_eager=True, callback=_version)] = False,
) -> None:
    del version
    words = ["--lang", lang] if lang else []
    context.obj = Options(workspace=workspace_of(workspace), language=language_of(words),
                          json=json)


def _unexpected(fault: Exception) -> Message:
    """Keep the traceback in a file for a report and say where it is."""
    handle, name = tempfile.mkstemp(prefix="caopan-fault-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(fault)))
    return Message(
        key="unexpected",
        text=Text(zh="程序自身出了错（{fault}），数据没有改动",
                  en="the program itself failed ({fault}); the data are unchanged"),
        values={"fault": type(fault).__name__, "file": name},
        hint=Text(zh="请把 {file} 附在问题报告里", en="attach {file} to a report of the problem"),
    )

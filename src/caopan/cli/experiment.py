"""``caopan experiment``: design a spend ladder with its draw, and log what was drawn."""

from __future__ import annotations

from typing import Annotated

import typer

from caopan.cli.opened import options_of, workspace
from caopan.cli.output import show, show_json
from caopan.units.message import CaopanError, Message, Text

HELP = Text(zh="实验：设计投放阶梯（×0、×1、×2 抽签），说清把握和学费；抽到什么就记下来",
            en="Experiment: design a spend ladder (×0, ×1, ×2, drawn) with its power and cost, "
               "and log what was drawn")
LOGGED = Text(zh="实验记录里有 {n} 场", en="{n} sessions in the log")


def experiment(
    context: typer.Context,
    streamer: Annotated[str | None, typer.Option(help="为哪位主播设计 · design for a host")] = None,
    sessions: Annotated[int | None, typer.Option(
        help="做多少场；不写就按八成把握算 · how many; else as the power needs")] = None,
    detect: Annotated[float, typer.Option(
        help="多投 1 块多卖多少要看得出来 · the return of one yuan more to be seen")] = 2.0,
    seed: Annotated[int, typer.Option(help="抽签种子 · seed of the draw")] = 1,
    log: Annotated[list[str] | None, typer.Option(
        help="记下一场：场次=x0|x1|x2|off，可多次 · log a session, repeatable")] = None,
) -> None:
    """Design an experiment, or log what was drawn."""
    options = options_of(context)
    if streamer is None and not log:
        raise NothingAskedError
    with workspace(options) as opened:
        if log:
            pairs = (entry.rpartition("=") for entry in log)
            kept = opened.log_experiment({name: rung for name, _, rung in pairs})
            if options.json:
                show_json({"logged": kept})
            else:
                show(LOGGED.say(options.language, n=len(kept)))
            return
        made = opened.experiment(streamer=streamer or "", sessions=sessions, detect=detect,
                                 seed=seed)
    if options.json:
        show_json(made.document(options.language))
        return
    for line in made.lines(options.language):
        show(line)


class NothingAskedError(CaopanError):
    """Raised where neither a design nor an entry of the log is asked for."""

    usage = True

    def __init__(self) -> None:
        """Say what may be asked."""
        super().__init__(Message(
            key="no_experiment_asked",
            text=Text(zh="没说要设计还是要记录",
                      en="neither a design nor a log entry was asked for"),
            hint=Text(zh="写 --streamer ID 设计，或 --log 场次=x1 记录",
                      en="write --streamer ID for a design, or --log SESSION=x1 for an entry")))

"""Progress on stderr for work that takes a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from caopan.units.message import Language, Text
from caopan.workspace.progress import Progress


@contextmanager
def progress(language: Language) -> Iterator[Progress]:
    """Yield a listener that draws what the workspace reports; nothing off a terminal.

    Rich is loaded here and not before: it costs more than the rest of the command line.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    console = Console(stderr=True)
    with Bars(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"),
              TimeElapsedColumn(), console=console, transient=True,
              disable=not console.is_terminal) as bars:
        task = bars.add_task("", total=None, told="")

        def report(step: Text, done: int, total: int | None) -> None:
            told = f"{done:,} / {total:,}" if total else ""
            bars.update(task, description=step.say(language), completed=done, total=total,
                        told=told)

        yield report

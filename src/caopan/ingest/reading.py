"""Read one file: what it is, its rows as canonical tables, its problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from caopan.facts.issue import Issue, Level
from caopan.facts.schema import EXTRA_PREFIX
from caopan.ingest import apostrophe
from caopan.ingest.canonical import canonical
from caopan.ingest.catalogue import layouts as known_layouts
from caopan.ingest.chunk import Chunk
from caopan.ingest.column import reader
from caopan.ingest.context import Context
from caopan.ingest.correction import Placed, corrected, placed
from caopan.ingest.damage import unopened
from caopan.ingest.delimited import Delimited
from caopan.ingest.found import Found, on_disk
from caopan.ingest.grid import Block, Grid, full, padded
from caopan.ingest.header import folded
from caopan.ingest.layout import Layout
from caopan.ingest.messages import message
from caopan.ingest.opening import grids
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.recognise import MISFITS, Recognised, recognise, wanted
from caopan.ingest.settle import (
    Bound,
    calendar,
    checked,
    spoken_currency,
    warn_of_naive_times,
    zone,
)
from caopan.ingest.typed import typed
from caopan.units.message import CaopanError, Message, Text

_EXCHANGE = "canonical"
"""The platform name of the exchange format: offsets are due, and its CSV marks formulas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table of a file that was recognised."""

    grid: Grid
    recognised: Recognised
    problems: Problems


@dataclass(slots=True, kw_only=True)
class Reading:
    """One file on its way in (读入): consume ``chunks()``, then ``issues`` is complete."""

    file: str
    options: Options
    parts: tuple[Part, ...] = ()
    skipped: Message | None = None
    """Why nothing of the file is read; None where something is."""
    noted: list[Issue] = field(default_factory=list)

    @property
    def layout(self) -> str | None:
        """Return the layout of the file (of its first recognised sheet); None where skipped."""
        return self.parts[0].recognised.fit.layout.name if self.parts else None

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Return why the layout was recognised."""
        return tuple(reason for part in self.parts for reason in part.recognised.reasons)

    @property
    def issues(self) -> list[Issue]:
        """Return every problem found so far; complete once ``chunks()`` is consumed."""
        return [*self.noted, *(issue for part in self.parts for issue in part.problems.issues)]

    def chunks(self) -> Iterator[Chunk]:
        """Return the canonical rows, a bounded stretch at a time; read it once.

        This is the one wall against faults of a reader: a file that breaks off in the middle, or
        that the product itself fails on, ends in one error issue; nothing of it should be kept
        then, see ``broken``. Only memory that runs out goes through: it is no file's fault.
        """
        for done, part in enumerate(self.parts):
            try:
                for chunk in _chunks(part, self.file, self.options):
                    yield replace(chunk, share=(done + chunk.share) / len(self.parts))
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - one bad file must not stop the others
                self.skipped = _given_up(error, self.file)
                part.problems.add(self.skipped)
                return

    @property
    def broken(self) -> bool:
        """Return whether the file, or its reading, was given up."""
        return self.skipped is not None


def read(path: Path | Found, *, options: Options,
         layouts: Sequence[Layout] | None = None) -> Reading:
    """Return the reading of one file; it never raises for what a file holds.

    Args:
        path: the file, or one that ``found.walk`` returned.
        options: the operator's choices.
        layouts: the layouts to try; None: all that the product knows.

    >>> from caopan.units.clock import now
    >>> reading = read(Path("/no/such.csv"), options=Options(now=now(), salt=b""))
    >>> reading.skipped.key
    'no_such_path'
    """
    file = path.name if isinstance(path, Found) else str(path)
    try:
        found = path if isinstance(path, Found) else on_disk(path)
        return _reading(found, options, known_layouts() if layouts is None else layouts)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad file must not stop the others
        return _skipped(file, options, _given_up(error, file))


def _given_up(error: Exception, file: str) -> Message:
    """Return why a file was given up; a fault of the product itself is named as one."""
    if isinstance(error, CaopanError):
        return error.message
    if isinstance(error, FileNotFoundError):
        return message("no_such_path", path=file)
    if isinstance(error, OSError):
        return unopened(error, path=file)
    return message("own_fault", fault=f"{type(error).__name__}: {error}")


def _reading(found: Found, options: Options, layouts: Sequence[Layout]) -> Reading:
    checked(options)
    parts: list[Part] = []
    failures: list[tuple[str | None, Message]] = []
    for grid in grids(found):
        chosen = _recognise(grid, found.name, options, layouts)
        if isinstance(chosen, Recognised):
            problems = Problems(file=found.name, sheet=grid.sheet)
            parts.append(Part(grid=grid, recognised=chosen, problems=problems))
        else:
            failures.append((grid.sheet, chosen))
    if not parts:
        chosen_failure = next((why for _, why in failures if why.key in MISFITS),
                              failures[0][1] if failures else message("empty_file"))
        return _skipped(found.name, options, chosen_failure)
    noted = [_left_out(found.name, sheet, why) for sheet, why in failures]
    return Reading(file=found.name, options=options, parts=tuple(parts), noted=noted)


def _recognise(grid: Grid, file: str, options: Options,
               layouts: Sequence[Layout]) -> Recognised | Message:
    """Try the mapping that was given, then saved mappings, then the layouts."""
    if options.mapping is not None:
        return recognise(grid, layouts=[options.mapping.layout()], file=file)
    own = [mapping.layout() for mapping in options.mappings.values()]
    chosen = wanted([*own, *layouts], options.source)
    if options.source is None and own:
        known = recognise(grid, layouts=own, file=file)
        if isinstance(known, Recognised):
            return known
    return recognise(grid, layouts=chosen, file=file)


def _left_out(file: str, sheet: str | None, why: Message) -> Issue:
    """Return the issue of a sheet that was not read beside others that were."""
    if why.key in MISFITS:
        return Issue(level=Level.ERROR, message=why, file=file, sheet=sheet)
    return Issue(level=Level.WARNING, message=message("sheet_skipped", sheet=sheet), file=file,
                 sheet=sheet)


def _skipped(file: str, options: Options, why: Message) -> Reading:
    return Reading(file=file, options=options, skipped=why,
                   noted=[Issue(level=Level.ERROR, message=why, file=file)])


def _chunks(part: Part, file: str, options: Options) -> Iterator[Chunk]:
    fit = part.recognised.fit
    bound: list[Bound] = [(reader(each.field, table=fit.layout.table), each.at)
                          for each in fit.bindings if each.field.to is not None]
    headers = {how.field.to or "": fit.header.names[at] for how, at in bound}
    mended = placed(options.corrections, file=file, sheet=part.grid.sheet,
                    headers=fit.header.names)
    blocks = partial(_blocks, part.grid, after=fit.header.row, width=len(fit.header.names),
                     mended=mended)
    marked = fit.layout.platform == _EXCHANGE and isinstance(part.grid, Delimited)
    context = calm = None
    for block in map(full, blocks(problems=part.problems)):
        if not len(block.rows):
            continue
        if context is None:
            context = _context(part, file, options, block, bound)
            calm = calendar(context, block, bound,
                            (each for each in blocks(problems=Problems(file=file))))
        if calm is None:
            continue
        plain = apostrophe.without(block, bound=bound) if marked else block
        rows = typed(plain, bound=bound, context=context, calendar=calm,
                     constants=fit.layout.constants)
        if not rows.num_rows:
            continue
        for chunk in _shaped(rows, fit.layout, context):
            yield replace(canonical(chunk, context=context, headers=headers), share=block.share)
    _say_what_is_dropped(part)
    if context is None and not any(each.level is Level.ERROR for each in part.problems.kept):
        part.problems.add(message("only_header"), level=Level.WARNING)


def _blocks(grid: Grid, *, after: int, width: int, mended: Sequence[Placed],
            problems: Problems) -> Iterator[Block]:
    """Return the rows as corrected, each as wide as the header whatever the file holds."""
    for block in grid.blocks(after=after, width=width, problems=problems):
        yield corrected(padded(block, width=width), mended)


def _say_what_is_dropped(part: Part) -> None:
    """Warn of own columns about persons: the operator meant them to be kept."""
    for each in part.recognised.fit.bindings:
        if each.field.to is None and folded(each.field.header).startswith(EXTRA_PREFIX):
            part.problems.once(message("personal_dropped", header=each.field.header),
                               column=each.field.header)


def _shaped(rows: pa.Table, layout: Layout, context: Context) -> Iterator[Chunk]:
    if layout.shape is not None:
        yield from layout.shape(rows, context)
    else:
        yield Chunk(table=layout.table, rows=rows)


def _context(part: Part, file: str, options: Options, block: Block,
             bound: Sequence[Bound]) -> Context:
    fit = part.recognised.fit
    layout = fit.layout
    spoken = spoken_currency(block, bound, layout=layout, given=options.currency)
    context = Context(layout=layout.name, platform=layout.platform, file=file,
                      sheet=part.grid.sheet, titles=fit.header.titles, headers=fit.header.names,
                      options=options, currency=spoken, zone=ZoneInfo("UTC"),
                      problems=part.problems)
    context = replace(context, zone=zone(context, layout=layout))
    if layout.platform == _EXCHANGE:
        warn_of_naive_times(context, block, bound)
    return context

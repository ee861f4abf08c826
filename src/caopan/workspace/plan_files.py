"""Which files of a plan's folder are the plan's (排期文件): told by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from caopan.facts.issue import Issue
from caopan.facts.schema import TABLES
from caopan.ingest.catalogue import layouts
from caopan.ingest.found import Found
from caopan.ingest.grid import Grid
from caopan.ingest.layout import Layout
from caopan.ingest.opening import grids
from caopan.ingest.options import Options
from caopan.ingest.recognise import Recognised, nearest, recognise
from caopan.units.message import CaopanError, Text

TABLES_READ = ("planned_sessions", "planned_products")
MAPPED = Text(
    zh="把列名改成表格说明里的名字；改不了就先 caopan import 文件 --mapping 映射，"
       "再不带 --plan 地问",
    en="name the columns as the reference of tables does; where they cannot be renamed, first "
       "caopan import FILE --mapping MAPPING, then ask without --plan")


def plan_layouts(options: Options) -> list[Layout]:
    """Return the layouts that a plan may follow: saved mappings first."""
    own = [mapping.layout() for mapping in options.mappings.values()]
    return [each for each in (*own, *layouts()) if each.table in TABLES_READ]


def of_a_plan(files: Sequence[Found], options: Options) -> list[Found]:
    """Return the files that are the plan's, or may be: one alone is, whatever it holds.

    A file is none of the plan's where each of its tables follows, or comes nearest to, another
    one. What cannot be told apart from a plan is one, unless its name is that of another table.
    """
    if len(files) <= 1:
        return list(files)
    own = [mapping.layout() for mapping in options.mappings.values()]
    every = [*own, *layouts()]
    return [each for each in files if not _other(each, every, plan_layouts(options))]


def without_mapping(issue: Issue) -> Issue:
    """Return a problem with what to do about it where no mapping can be given."""
    hint = issue.message.hint
    if hint is None or "--mapping" not in hint.en:
        return issue
    return replace(issue, message=replace(issue.message, hint=MAPPED))


def _other(file: Found, every: Sequence[Layout], plans: Sequence[Layout]) -> bool:
    try:
        tables = [_is_other(grid, file.name, every, plans) for grid in grids(file)]
    except (CaopanError, OSError):
        return False  # whoever reads it says what is wrong
    return bool(tables) and all(tables)


def _is_other(grid: Grid, file: str, every: Sequence[Layout], plans: Sequence[Layout]) -> bool:
    found = recognise(grid, layouts=every, file=file)
    if isinstance(found, Recognised):
        if found.fit.layout.table in TABLES_READ:
            return False
        named = PurePath(file).name.split(".")[0] in set(TABLES) - set(TABLES_READ)
        return named or not isinstance(recognise(grid, layouts=plans, file=file), Recognised)
    near = nearest(grid, layouts=every)
    return near is not None and near.layout.table not in TABLES_READ

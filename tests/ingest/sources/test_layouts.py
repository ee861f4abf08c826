from __future__ import annotations

import importlib
import io
import pkgutil
from datetime import UTC, datetime
from itertools import combinations

import pytest

import caopan.ingest.sources
from caopan.facts.schema import EXTRA_PREFIX, TABLES
from caopan.ingest.found import Found
from caopan.ingest.layout import Layout
from caopan.ingest.options import Options
from caopan.ingest.reading import read

LAYOUTS: tuple[Layout, ...] = tuple(
    layout
    for module in pkgutil.iter_modules(caopan.ingest.sources.__path__)
    for layout in importlib.import_module(f"caopan.ingest.sources.{module.name}").LAYOUTS
)
NAMED = {layout.name: layout for layout in LAYOUTS}
PLATFORMS = [layout for layout in LAYOUTS if layout.platform != "canonical"]


def headers(layout: Layout) -> list[str]:
    return [field.header for field in layout.fields]


def test_every_layout_of_the_contract_is_there_and_named_once() -> None:
    assert len(NAMED) == len(LAYOUTS)
    assert {layout.name for layout in PLATFORMS} == {
        "tiktok.livestreams", "tiktok.live_ads", "tiktok.products", "tiktok.live_products",
        "tiktok.videos", "tiktok.hours", "douyin.sessions", "thirdparty.sessions",
        "thirdparty.products", "thirdparty.videos", "marketplace.tmall_orders"}
    assert {f"canonical.{table}" for table in TABLES} <= set(NAMED)


@pytest.mark.parametrize(("name", "columns"), [
    ("tiktok.live_ads", 19), ("tiktok.live_products", 5), ("tiktok.hours", 4),
    ("thirdparty.sessions", 21), ("thirdparty.products", 9), ("thirdparty.videos", 9),
    ("marketplace.tmall_orders", 7),
])
def test_a_layout_knows_every_column_of_its_export(name: str, columns: int) -> None:
    assert len(NAMED[name].fields) == columns


def test_the_compass_has_its_54_columns_and_one_that_newer_exports_add() -> None:
    required = [field for field in NAMED["douyin.sessions"].fields if field.required]

    assert (len(required), len(NAMED["douyin.sessions"].fields)) == (54, 55)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_two_columns_never_fill_one(layout: Layout) -> None:
    targets = [field.to for field in layout.fields if field.to]
    places = [(field.header.casefold(), field.nth) for field in layout.fields]

    assert len(set(targets)) == len(targets)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_target_is_canonical_an_extra_or_scratch_of_a_stated_kind(layout: Layout) -> None:
    known = set(TABLES[layout.table].names)

    for field in layout.fields:
        if field.to and field.to not in known and not field.to.startswith(EXTRA_PREFIX):
            assert field.kind or field.read, field.header
            assert layout.shape, field.header


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_is_titled_in_both_languages(layout: Layout) -> None:
    assert layout.title.zh
    assert layout.title.en
    assert all(note.zh and note.en for note in layout.notes)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_constants_name_columns_of_the_table(layout: Layout) -> None:
    assert {name for name, _ in layout.constants} <= set(TABLES[layout.table].names)


def test_no_two_platform_layouts_require_the_same_columns() -> None:
    required = {layout.name: frozenset(f.header.casefold() for f in layout.fields if f.required)
                for layout in PLATFORMS}

    for one, other in combinations(PLATFORMS, 2):
        assert not required[one.name] <= required[other.name]
        assert not required[other.name] <= required[one.name]


@pytest.mark.parametrize("misleading", ["CTR", "Avg. price", "CTOR (SKU orders)", "GMV/1K views"])
def test_rates_with_misleading_names_are_never_stored(misleading: str) -> None:
    found = [f for f in NAMED["tiktok.livestreams"].fields if f.header == misleading]

    assert [field.to for field in found] == [None]


def test_a_canonical_layout_takes_exactly_the_columns_of_its_table() -> None:
    for name, table in TABLES.items():
        layout = NAMED[f"canonical.{name}"]
        assert headers(layout) == list(table.names)
        assert [f.header for f in layout.fields if f.required] == [
            column.name for column in table.columns if column.required]
        assert layout.stem == name


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("cell", ["1e400", "januari", "-"])
def test_a_file_whose_rows_are_all_bad_is_no_fault_of_the_program(
    layout: Layout, cell: str,
) -> None:
    header = ",".join(f'"{each.header}"' for each in layout.fields if each.required)
    width = sum(each.required for each in layout.fields)
    body = (header + "\n" + ",".join([cell] * width) + "\n").encode()
    found = read(Found(name="f.csv", size=len(body), open=lambda: io.BytesIO(body)),
                 options=Options(now=datetime(2026, 3, 1, tzinfo=UTC), salt=b""))

    list(found.chunks())

    assert "own_fault" not in {issue.message.key for issue in found.issues}

from __future__ import annotations

import pytest

from caopan.facts.issue import Issue, Level
from caopan.playbook.source import Source, parse

LINES = '''\
id = "x"

[title]
zh = """
[advice] 不是表头
en = 也不是字段
"""
en = "A"

[condition]
against = "level"  # [not] a header
[[condition.unless]]
metric = "opm"
[[condition.unless]]
metric = "aov"

[[examples.quiet]]
value = 1
'''


@pytest.fixture
def source() -> Source:
    found = parse(LINES, file="x.toml")
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 1),
        (("title",), 3),
        (("title", "zh"), 4),
        (("title", "en"), 8),
        (("condition", "against"), 11),
        (("condition", "unless", "0", "metric"), 13),
        (("condition", "unless", "1", "metric"), 15),
        (("condition", "unless", "1", "below"), 14),
        (("examples", "quiet", "0", "value"), 18),
        (("advice",), None),
        (("nothing", "at", "all"), None),
    ],
)
def test_a_field_is_found_on_its_line_or_the_nearest_table_around_it(
    source: Source, path: tuple[str, ...], line: int | None
) -> None:
    assert source.line(path) == line


@pytest.mark.parametrize(
    ("text", "row"),
    [("a = 1\nb = \n", 2), ('a = 1\n[t\nb = "', 2), ("a = 1\na = 2\n", 2), ('a = """\nopen', 2)],
)
def test_a_file_that_is_no_toml_says_where_it_breaks(text: str, row: int) -> None:
    found = parse(text, file="x.toml")

    assert isinstance(found, Issue)
    assert (found.level, found.file, found.row) == (Level.ERROR, "x.toml", row)
    assert found.message.say("zh").startswith("文件读不了：")
    assert "at line" not in found.message.say("en")


def test_a_file_nested_without_end_is_one_issue() -> None:
    found = parse(f"a = {'[' * 30_000}", file="x.toml")

    assert isinstance(found, Issue)
    assert "nested too deeply" in found.message.say("en")

"""A rule file that is sound, and what its tests have in common."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caopan.playbook.compiler import Compiled, compiled
from caopan.playbook.source import Source, parse

KNOWN = frozenset({"aov", "opm", "enter_rate", "viewers_per_session"})

AOV_FELL = """\
id = "aov_fell"
topic = "basket"
lens = "goods"
metric = "aov"
severity = "medium"
confidence = "trade"
author = "小林"
written_on = 2026-03-01

[title]
zh = "客单价从 {comparison} 降到 {value}"
en = "GMV per buyer fell from {comparison} to {value}"

[condition]
against = "previous"
direction = "down"
change_at_least = 0.1

[advice]
zh = "补组合装"
en = "Add bundles"

[limits]
zh = "新客多时会误报"
en = "Misleads when many buyers are new"

[source]
zh = "行业经验"
en = "Trade knowledge"

[[examples.firing]]
value = 80
comparison = 100

[[examples.quiet]]
value = 95
comparison = 100
"""


@pytest.fixture
def aov_fell() -> str:
    """Return the text of a sound rule file."""
    return AOV_FELL


@pytest.fixture
def compile_text() -> Callable[[str], Compiled]:
    """Return a function that compiles a rule's text, four metrics being known."""

    def run(text: str) -> Compiled:
        source = parse(text, file="aov_fell.toml")
        assert isinstance(source, Source), source
        return compiled(source, known=KNOWN)

    return run


@pytest.fixture
def known() -> frozenset[str]:
    """Return the ids that the rules of these tests may name."""
    return KNOWN

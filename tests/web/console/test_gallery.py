from __future__ import annotations

import pytest

from caopan.web.console.chart.gallery import gallery
from caopan.web.house import House
from tests.web.conftest import owner

KINDS = list(dict.fromkeys(one.figure.kind for one in gallery()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_there_in_every_state(empty_house: House, kind: str,
                                             language: str) -> None:
    page = owner(empty_house, language=language).get(f"/gallery?chart={kind}").text

    for state in ("ready", "stale", "loading", "empty", "too_little_data", "error"):
        assert f'data-state="{state}"' in page


def test_the_parts_are_labelled_synthetic(empty_house: House) -> None:
    assert "合成数据" in owner(empty_house).get("/gallery").text

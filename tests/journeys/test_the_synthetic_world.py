from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.conftest import Operator


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of the toy world."""
    from caopan import Workspace

    place = tmp_path_factory.mktemp("world")
    with Workspace.open(place) as workspace:
        workspace.demo(size="toy", seed=7)
    return place


def test_the_world_is_labelled_wherever_it_shows(operator: Operator, made: Path) -> None:
    operator.workspace = made

    told = operator.asks("run")

    assert told["synthetic"] is True
    assert len(told["subjects"]) >= 6
    assert "Synthetic data" in Path(told["report"]).read_text("utf-8")
    assert json.loads((made / "truth.json").read_text("utf-8"))["seed"] == 7


def test_a_real_file_does_not_join_it(operator: Operator, made: Path, tmp_path: Path) -> None:
    operator.workspace = made
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at\na,b,2026-03-01T19:30:00+08:00\n", "utf-8")

    answer = operator.types("import", file, "--json")

    assert answer.code == 1
    assert answer.document["error"]["key"] == "synthetic_workspace"


def test_it_does_not_pour_over_real_facts(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at\na,b,2026-03-01T19:30:00+08:00\n", "utf-8")
    operator.asks("import", file)

    answer = operator.types("demo", "--json")

    assert answer.code == 1
    assert answer.document["error"]["key"] == "occupied_workspace"


def test_it_goes_out_and_comes_back_without_loss(operator: Operator, made: Path,
                                                 tmp_path: Path) -> None:
    operator.workspace = made
    out = operator.asks("export", tmp_path / "out")["tables"]

    operator.workspace = tmp_path / "second"
    told = operator.asks("import", tmp_path / "out")

    assert {name: counts["rows_added"] for name, counts in told["tables"].items()} == out
    assert [issue for issue in told["issues"] if issue["level"] == "error"] == []
    again = operator.asks("export", tmp_path / "again")["tables"]
    assert again == out
    for file in sorted((tmp_path / "out").glob("*.csv")):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name


def test_it_goes_out_as_parquet_and_comes_back_the_same(operator: Operator, made: Path,
                                                        tmp_path: Path) -> None:
    operator.workspace = made
    out = operator.asks("export", tmp_path / "out", "--parquet")["tables"]
    operator.asks("export", tmp_path / "text")

    operator.workspace = tmp_path / "second"
    told = operator.asks("import", tmp_path / "out")

    assert {name: counts["rows_added"] for name, counts in told["tables"].items()} == out
    assert [issue for issue in told["issues"] if issue["level"] == "error"] == []
    operator.asks("export", tmp_path / "again")
    for file in sorted((tmp_path / "text").glob("*.csv")):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name

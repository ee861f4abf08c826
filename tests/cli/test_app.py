from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.cli import app
from caopan.cli.options import language_of

Captured = pytest.CaptureFixture[str]


def test_wrong_usage_is_two_and_says_so_on_stderr(capsys: Captured) -> None:
    assert app.run(["nonsense"]) == 2
    assert app.run(["undo", "not-a-number"]) == 2
    assert app.run(["diagnose", "--against", "luck"]) == 2
    assert app.run(["--workspace", "--json", "batches"]) == 2
    assert capsys.readouterr().out == ""


def test_a_refusal_is_one_with_a_hint_on_stderr(tmp_path: Path, capsys: Captured) -> None:
    code = app.run(["--workspace", str(tmp_path), "--lang", "en", "undo", "9"])

    seen = capsys.readouterr()
    assert code == 1
    assert seen.out == ""
    assert seen.err.startswith("error: ")
    assert "\n\nhint: " in seen.err


def test_a_refusal_as_json_is_one_document_on_stdout(tmp_path: Path, capsys: Captured) -> None:
    code = app.run(["undo", "9", "--json", "--workspace", str(tmp_path), "--lang", "zh"])

    document = json.loads(capsys.readouterr().out)
    assert code == 1
    assert set(document) == {"error", "issues"}
    assert set(document["error"]) == {"key", "message", "hint", "details"}


def test_a_language_it_does_not_speak_is_wrong_usage(capsys: Captured) -> None:
    assert app.run(["--lang", "fr", "batches"]) == 2
    assert "fr" in capsys.readouterr().err


@pytest.mark.parametrize("words", [
    ["demo", "--size", "huge"], ["diagnose", "--from", "2026-03-01"],
    ["metric", "gmv_gross", "--from", "2026-03-02", "--to", "2026-03-01"],
])
def test_a_question_put_wrongly_is_wrong_usage(tmp_path: Path, words: list[str],
                                               capsys: Captured) -> None:
    Workspace.open(tmp_path / "w").close()

    assert app.run(["--workspace", str(tmp_path / "w"), "--lang", "en", *words]) == 2
    assert "hint: " in capsys.readouterr().err


@pytest.mark.parametrize(("words", "zh", "en"), [
    (["dagnose"], "没有 dagnose 这个命令|是不是 diagnose", "no command dagnose|mean diagnose"),
    (["zzz"], "没有 zzz 这个命令|caopan --help", "no command zzz|caopan --help"),
    (["undo"], "少了 BATCH|caopan undo --help", "BATCH is missing|caopan undo --help"),
    (["undo", "x"], "BATCH 写成 x 不行：要一个整数", "BATCH cannot be x: a whole number"),
    (["undo", "1", "2"], "2 是多出来的", "2 is too much"),
    (["run", "--yaer", "3"], "没有 --yaer 这个选项|是不是 --year", "no option --yaer|mean --year"),
    (["run", "--year"], "--year 后面缺一个值|caopan run --help", "--year needs a value"),
    (["serve", "--port", "99999"], "最大是 65535", "65535 is the most"),
    (["batches", "--json=1"], "--json 后面不带值", "--json takes no value"),
    (["metric", "gmv_gross", "--from", "2026"], "日期写成 2026-03-01", "written 2026-03-01"),
    (["plan", "campaign", "--level", "Q"], "可选：S, A, B", "one of: S, A, B"),
    (["diagnose", "--against", "luck"], "--against 写成 luck 不行|previous, peers",
     "--against cannot be luck|previous, peers"),
    (["diagnose", "--all", "--streamer", "a"], "只能写一个", "exclude each other"),
    (["--json"], "没说要做什么", "no command was given"),
])
def test_wrong_usage_speaks_the_language_asked_for(words: list[str], zh: str, en: str,
                                                   capsys: Captured) -> None:
    for language, said in (("zh", zh), ("en", en)):
        assert app.run(["--lang", language, *words]) == 2
        heard = capsys.readouterr().err
        assert all(part in heard for part in said.split("|")), heard
        assert ("下一步：" if language == "zh" else "hint: ") in heard
        assert "Usage:" not in heard


@pytest.mark.parametrize("words", [
    ["batches"], ["diagnose"], ["metric", "gmv_gross"], ["undo", "1"], ["backtest"],
    ["export", "out"],
])
def test_a_verb_that_reads_makes_no_workspace(words: list[str], tmp_path: Path,
                                              capsys: Captured) -> None:
    missing = tmp_path / "mistyped"

    assert app.run(["--workspace", str(missing), "--lang", "en", *words]) == 1

    said = capsys.readouterr().err
    assert f"there is no workspace in {missing}" in said
    assert "caopan demo" in said
    assert not missing.exists()


def test_workspaces_one_folder_below_are_named(tmp_path: Path, capsys: Captured) -> None:
    Workspace.open(tmp_path / "own").close()

    assert app.run(["--workspace", str(tmp_path), "--lang", "zh", "batches"]) == 1

    assert str(tmp_path / "own") in capsys.readouterr().err


@pytest.mark.parametrize(("variables", "language"), [
    ({"LANG": "en_US.UTF-8"}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "C.UTF-8"}, "zh"),
    ({"LANG": "fr_FR.UTF-8"}, "zh"), ({}, "zh"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
])
def test_the_locale_chooses_the_language(monkeypatch: pytest.MonkeyPatch, language: str,
                                         variables: dict[str, str]) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CAOPAN_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert language_of([]) == language


def test_a_workspace_that_is_a_file_is_named(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("x", "utf-8")

    assert app.run(["--workspace", str(file), "--lang", "en", "batches"]) == 1
    assert str(file) in capsys.readouterr().err


def test_an_export_onto_a_file_is_refused(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("x", "utf-8")
    Workspace.open(tmp_path / "w").close()

    code = app.run(["--workspace", str(tmp_path / "w"), "--lang", "zh", "export", str(file)])

    assert code == 1
    assert "用不了" in capsys.readouterr().err
    assert file.read_text("utf-8") == "x"


def test_a_fault_of_the_program_ends_in_a_sentence_and_a_file(
        tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(language: str) -> object:
        del language
        raise ZeroDivisionError

    monkeypatch.setattr(app, "application", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    code = app.run(["--lang", "en", "batches"])

    seen = capsys.readouterr()
    assert code == 1
    assert "ZeroDivisionError" in seen.err
    assert "Traceback" not in seen.err
    [kept] = tmp_path.glob("caopan-fault-*.txt")
    assert "Traceback" in kept.read_text("utf-8")


def test_the_help_speaks_the_language_asked_for(capsys: Captured) -> None:
    assert app.run(["--lang", "zh", "--help"]) == 0
    assert "操盘" in capsys.readouterr().out


@pytest.mark.parametrize("verb", [name for name, _, _ in app.VERBS])
def test_every_verb_has_help(verb: str, capsys: Captured) -> None:
    assert app.run(["--lang", "en", verb, "--help"]) == 0
    assert verb in capsys.readouterr().out


def test_the_catalogue_is_listed_with_definitions(tmp_path: Path, capsys: Captured) -> None:
    code = app.run(["--workspace", str(tmp_path), "--json", "metrics"])

    rows = json.loads(capsys.readouterr().out)["metrics"]
    assert code == 0
    assert all(row["formula"] and row["zh"] and row["en"] for row in rows)

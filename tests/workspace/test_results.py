"""Everyone's diagnoses are kept, and say of which state of the facts they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.store.shelf import FILE, Shelf
from caopan.units.message import CaopanError
from caopan.workspace.asked import Asked
from caopan.workspace.asking import Question
from caopan.workspace.grain import Grain
from caopan.workspace.results import Kept, folder_of, kept

LATER = """session_id,streamer_id,started_at,ended_at,title,views,orders,units,gmv,currency
s4,阿泽,2026-03-03T20:00:00+08:00,2026-03-03T22:00:00+08:00,清仓,400,4,4,120.00,CNY
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.open(tmp_path_factory.mktemp("toy") / "room")
    workspace.demo(size="toy", seed=7)
    workspace.keep_results()
    return workspace


def found(workspace: Workspace, grain: str, id_: str) -> Kept:
    results = workspace.results()
    assert results is not None
    one = kept(results, grain, id_)
    assert one is not None
    return one


def test_what_is_kept_is_what_diagnose_says(toy: Workspace) -> None:
    said = toy.diagnose().diagnoses

    assert [found(toy, "streamer", one.subject.id).diagnosis for one in said] == list(said)


def test_both_grains_are_kept_at_once(toy: Workspace) -> None:
    results = toy.results()

    assert results is not None
    assert results.subjects("streamer") == 8
    assert results.subjects("merchant") == 6
    assert results.moment.covered


def test_kept_results_are_not_worked_out_again(toy: Workspace) -> None:
    steps: list[str] = []

    toy.keep_results(lambda step, _done, _total: steps.append(step.en))

    assert steps == []


def test_nobody_was_kept_under_an_unknown_id(toy: Workspace) -> None:
    results = toy.results()

    assert results is not None
    assert kept(results, "streamer", "nobody") is None
    assert kept(results, "merchant", "m1", currency="XXX") is None


def test_an_empty_workspace_keeps_an_empty_shelf(workspace: Workspace) -> None:
    assert workspace.results() is None

    made = workspace.keep_results()

    assert made.grains == {}
    assert made.moment.until is None


def test_an_import_leaves_the_results_behind_and_an_undo_leads_back(
    workspace: Workspace, sessions: Path, tmp_path: Path,
) -> None:
    workspace.import_files([sessions])
    first = workspace.keep_results()
    assert first.moment.until == date(2026, 3, 2)
    later = tmp_path / "later.csv"
    later.write_text(LATER, encoding="utf-8")

    batch = workspace.import_files([later]).batch
    behind = workspace.results()

    assert behind is not None
    assert (behind.mark, behind.moment.covered) == (first.mark, False)
    second = workspace.keep_results()
    assert second.moment.until == date(2026, 3, 3)
    assert batch is not None
    workspace.undo(batch)
    back = workspace.results()
    assert back is not None
    assert (back.mark, back.moment.covered) == (first.mark, True)


def test_a_changed_handbook_is_another_state(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])
    workspace.keep_results()
    own = workspace.path / "playbook" / "diagnosis"
    own.mkdir(parents=True)

    (own / "aov.toml").write_text('id = "basket_aov_fell"\nstatus = "off"\n', encoding="utf-8")

    results = workspace.results()
    assert results is not None
    assert not results.moment.covered


def test_results_that_were_cut_short_are_not_there(
    workspace: Workspace, sessions: Path,
) -> None:
    workspace.import_files([sessions])

    class StoppedError(Exception):
        pass

    def stop(step: object, done: int, total: int | None) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        workspace.keep_results(stop)

    assert workspace.results() is None


def test_only_a_few_states_stay(workspace: Workspace, tmp_path: Path) -> None:
    for at in range(5):
        file = tmp_path / f"{at}.csv"
        file.write_text(LATER.replace("s4", f"t{at}"), encoding="utf-8")
        workspace.import_files([file])
        workspace.keep_results()

    assert len(list(folder_of(workspace.store).glob(f"*/{FILE}"))) == 3


def test_an_own_question_is_answered_once_and_kept(toy: Workspace) -> None:
    until = toy.results()
    assert until is not None
    assert until.moment.until is not None
    end = until.moment.until
    someone = toy.diagnose(Asked(grain=Grain.MERCHANT)).diagnoses[0].subject.id
    asked = Question(grain="merchant", id=someone, start=end.replace(day=1), end=end)

    assert toy.answered(asked) is None
    answer = toy.answer(asked)

    assert answer.diagnosis == toy.diagnose(
        Asked(merchant=someone, start=asked.start, end=asked.end)).diagnoses[0]
    assert toy.answered(asked) == answer
    steps: list[str] = []
    toy.answer(asked, lambda step, _done, _total: steps.append(step.en))
    assert steps == []


def test_half_a_period_and_an_unknown_id_are_refused(toy: Workspace) -> None:
    with pytest.raises(CaopanError, match="go together"):
        toy.answer(Question(grain="merchant", id="m1", start=date(2026, 3, 1)))
    with pytest.raises(CaopanError, match="nobody"):
        toy.answer(Question(grain="merchant", id="nobody", against="peers"))


def test_the_sessions_behind_a_reading_add_up_to_it(toy: Workspace) -> None:
    diagnosis = toy.diagnose().diagnoses[0]
    value = diagnosis.figures["gmv_per_session"]

    behind = toy.behind(diagnosis, metric="gmv_per_session")

    assert value is not None
    assert behind.levels[1] == pytest.approx(value)
    assert [row.session_id for row in behind.rows] == [
        str(one["session_id"]) for one in diagnosis.sessions]
    kept_rows = [row for row in behind.rows if row.counts and row.side == 1]
    assert len(kept_rows) == diagnosis.change.n_after


def test_a_number_that_is_no_reading_shows_what_each_session_sold(toy: Workspace) -> None:
    diagnosis = toy.diagnose().diagnoses[0]

    behind = toy.behind(diagnosis, metric="repurchase_30")

    assert behind.metric == "gmv_per_session"


def test_a_shelf_of_another_shape_is_not_read(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])
    made = workspace.keep_results()
    other = Shelf(file=made.shelf.file)
    assert other.about()["shape"][0] == 1

    made.shelf.file.rename(made.shelf.file.with_suffix(".kept"))

    assert workspace.results() is None

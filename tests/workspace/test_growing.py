from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from caopan import Workspace
from caopan.plan.growth_gate import Passing
from caopan.units.clock import now
from caopan.units.message import CaopanError
from caopan.workspace.growth_result import GrowthResult

HOST, SHOP = "小满", "果园"
HEAD = ("session_id,streamer_id,merchant_id,started_at,ended_at,viewers,product_clickers,buyers,"
        "orders,units,gmv,new_followers,ad_spend,currency")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return three hosts of one shop, a session each every four days until yesterday."""
    rng = np.random.default_rng(4)
    folder = tmp_path_factory.mktemp("growth")
    rows = []
    for host in (HOST, "大川", "阿泽"):
        for back in range(124, 0, -4):
            start = now() - timedelta(days=back)
            gmv = 3_000 * rng.lognormal(sigma=0.4)
            rows.append(f"{host}{back},{host},{SHOP},{start.isoformat()},"
                        f"{(start + timedelta(hours=2)).isoformat()},900,90,{int(gmv / 60)},"
                        f"{int(gmv / 55)},{int(gmv / 50)},{gmv:.2f},30,200,CNY")
    (folder / "sessions.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    with Workspace.open(folder / "w") as opened:
        opened.import_files([folder / "sessions.csv"])
        yield opened


@pytest.fixture(scope="module")
def proposal(toy: Workspace) -> GrowthResult:
    return toy.growth(HOST, template="phases")


def test_a_proposal_has_stages_gates_and_a_path_and_is_not_kept(proposal: GrowthResult) -> None:
    said = proposal.document("zh")

    assert proposal.kept is None
    assert [one.stage.id for one in proposal.gates] == ["basics", "followers", "hits"]
    assert len(said["gates"]) == len(proposal.chances) == 3  # type: ignore[arg-type]
    assert proposal.points[0].n == 0  # the month that is over is known
    assert {one.level for one in proposal.plan.steps} == {"A", "S"}


def test_gates_stand_on_the_evidence_of_the_last_thirty_days(proposal: GrowthResult) -> None:
    first = proposal.gates[0]
    sessions = next(one for one in first.conditions if one.condition.metric == "sessions")

    assert sessions.evidence.value == sessions.evidence.n
    assert sessions.passing is Passing.NOT_PASSED  # 8 of 12 in thirty days
    rate = next(one for one in first.conditions if one.condition.metric == "view_pay_rate")
    assert rate.evidence.interval is not None
    assert rate.evidence.interval.low < 1.0 < rate.evidence.interval.high


def test_the_band_widens_and_ends_where_nothing_was_tested(proposal: GrowthResult) -> None:
    told = [one for one in proposal.points if one.month is not None and one.n]
    wide = [one.month.high / one.month.mid for one in told if one.month is not None]
    days = [one.day for one in told]

    assert wide[-1] > wide[1]
    assert {one.n for one in told} == {9}
    assert proposal.points[-1].month is None
    assert days == sorted(days)
    assert all(one.chance is None or 0 <= one.chance.low <= one.chance.mid <= one.chance.high <= 1
               for one in proposal.chances)


def test_versions_are_appended_and_a_change_meanwhile_is_refused(toy: Workspace) -> None:
    plan = toy.growth_proposal(SHOP, grain="merchant")
    first = toy.keep_growth(plan, after=0)
    again = toy.keep_growth(plan, after=1)
    longer = replace(plan, stages=(replace(plan.stages[0], target=12_300), *plan.stages[1:]))
    second = toy.keep_growth(longer, after=1)

    assert (first.version, again.version, second.version) == (1, 1, 2)
    changed, = toy.growth_difference(SHOP, grain="merchant", before=1, after=2)
    assert (changed.where, changed.after) == ("stages[0].target", "123.00")
    with pytest.raises(CaopanError, match="version 2"):
        toy.keep_growth(plan, after=1)
    assert toy.growth(SHOP, grain="merchant", version=1).kept == first
    assert [one.version for one in toy.growth_plans(SHOP, "merchant")] == [1, 2]
    assert [one.version for one in toy.growth_plans()] == [2]


def test_more_spend_than_usual_counts_only_where_an_experiment_tells(toy: Workspace) -> None:
    plan = toy.growth_proposal(HOST, template="steady")
    stage = plan.stages[0]
    rich = replace(plan, stages=(replace(stage, invested=replace(
        stage.invested, spend=10 * (stage.invested.spend or 100))),))

    toy.keep_growth(rich)
    found = toy.growth(HOST)

    assert any("spend" in one.en for one in found.notes)


@pytest.mark.parametrize(("subject", "template", "key"), [
    ("nobody", None, "unknown_subject"), (HOST, "dream", "unknown_template")])
def test_what_is_not_there_is_named(toy: Workspace, subject: str, template: str | None,
                                    key: str) -> None:
    with pytest.raises(CaopanError) as refused:
        toy.growth(subject, template=template)

    assert refused.value.message.key == key

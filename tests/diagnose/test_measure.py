"""Money and units are split by the same code: what differs is said in one place."""

from __future__ import annotations

import pytest

from caopan.diagnose.funnel import metrics
from caopan.diagnose.identity import TREES, UNIT_TREES, Tree
from caopan.diagnose.measure import GMV, UNITS
from caopan.diagnose.phrases import PHRASES
from caopan.diagnose.readings import READINGS
from caopan.units.unit import Unit


@pytest.mark.parametrize("tree", UNIT_TREES, ids=lambda tree: tree.id)
def test_every_identity_of_units_telescopes_from_sessions_to_units(tree: Tree) -> None:
    below = "sessions"
    for factor in tree.factors:
        assert READINGS[factor].denominator == below
        below = READINGS[factor].numerator
        assert PHRASES[factor].fell.zh != PHRASES[factor].rose.zh
    assert below == "units"


def test_no_identity_of_units_holds_a_price() -> None:
    used = {READINGS[factor].unit for tree in UNIT_TREES for factor in tree.factors}

    assert Unit.MONEY not in used
    assert not any(READINGS[metric].unit is Unit.MONEY for metric in metrics(UNITS))


def test_every_identity_of_money_has_its_counterpart_in_units() -> None:
    """Without prices ``time_basket`` is ``time_orders``: the items of an order end both."""
    missing = {tree.id for tree in TREES} - {tree.id for tree in UNIT_TREES}

    assert missing == {"time_basket"}


def test_the_finest_identities_of_units_come_first() -> None:
    sizes = [len(tree.factors) for tree in UNIT_TREES]

    assert sizes == sorted(sizes, reverse=True)


def test_only_money_is_priced() -> None:
    assert (GMV.priced, UNITS.priced) == (True, False)
    assert (GMV.per_session, UNITS.per_session) == ("gmv_per_session", "units_per_session")
    assert all(one in READINGS for one in (*GMV.figures, *UNITS.figures))

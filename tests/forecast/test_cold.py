from __future__ import annotations

import numpy as np

from caopan.forecast.cold import hosts_known, pooled
from caopan.forecast.history import History
from tests.forecast.conftest import Make

EVERYONE = np.ones(12 * 60, dtype=np.bool_)


def test_a_new_host_is_told_by_the_hour_where_hours_are_planned(make_history: Make) -> None:
    history = make_history()

    one, two = (pooled(history, EVERYONE, hours) for hours in (1.0, 2.0))

    assert one is not None
    assert two is not None
    np.testing.assert_allclose(two, 2.0 * one)
    assert (np.diff(one) >= 0).all()


def test_every_host_weighs_alike_however_much_it_streams(make_history: Make) -> None:
    history = make_history(hosts=6, sessions=40, noise=0.1)
    busy = np.concatenate([np.flatnonzero(history.subject != 0)[::10],
                           np.flatnonzero(history.subject == 0)])
    rows = np.sort(busy)
    fewer = History(subject=history.subject[rows], start=history.start[rows],
                    hours=history.hours[rows], sold=history.sold[rows])

    whole = pooled(history, np.ones(len(history), dtype=np.bool_), 1.0)
    uneven = pooled(fewer, np.ones(len(fewer), dtype=np.bool_), 1.0)

    assert whole is not None
    assert uneven is not None
    np.testing.assert_allclose(np.log(uneven[4:15]), np.log(whole[4:15]), atol=0.5)


def test_a_host_held_out_falls_into_the_range_as_often_as_it_says(make_history: Make) -> None:
    inside = []
    for seed in range(30):
        history = make_history(hosts=8, sessions=10, seed=seed)
        others = history.subject != seed % 8
        told = pooled(history, others, np.nan)
        assert told is not None
        own = history.sold[~others]
        inside.append(((own >= told[1]) & (own <= told[17])).mean())

    assert 0.72 <= np.mean(inside) <= 0.9


def test_below_five_hosts_nothing_is_told(make_history: Make) -> None:
    history = make_history(hosts=4)
    everyone = np.ones(len(history), dtype=np.bool_)

    assert pooled(history, everyone, 1.0) is None
    assert hosts_known(history, everyone) == 4

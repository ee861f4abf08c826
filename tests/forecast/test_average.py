from __future__ import annotations

import numpy as np

from caopan.forecast.average import RULES, joined
from caopan.forecast.history import History
from caopan.forecast.prequential import weeks_of
from caopan.stats.quantiles import LEVELS

COUNT = 200
EVERY = np.ones(COUNT, dtype=np.bool_)


def _made(seed: int = 1) -> tuple[History, np.ndarray]:
    rng = np.random.default_rng(seed)
    sold = rng.lognormal(3.0, 0.3, COUNT)
    return History(subject=np.zeros(COUNT, dtype=np.int64), start=np.arange(float(COUNT)),
                   hours=np.ones(COUNT), sold=sold), sold


def _around(middle: np.ndarray) -> np.ndarray:
    return middle[:, None] * np.exp(0.3 * (LEVELS - 0.5) * 2)[None, :]


def test_a_model_that_is_better_earns_weight_and_one_that_is_worse_none() -> None:
    history, sold = _made()
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "seer": _around(sold),
            "fool": _around(np.full(COUNT, 200.0))}

    made = joined(told, history, EVERY, weeks_of(history, 100.0))

    assert made.weights["fool"].max() == 0.0
    assert made.weights["seer"][-1] > 0.9
    np.testing.assert_allclose(sum(made.weights.values()), 1.0)


def test_until_enough_was_scored_the_default_stands_alone() -> None:
    history, sold = _made()
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "seer": _around(sold)}

    made = joined(told, history, EVERY, weeks_of(history, 0.0))

    assert set(made.weights["seer"][:49]) == {0.0}
    np.testing.assert_array_equal(made.quantiles[:49], told["rate_hours"][:49])


def test_what_a_model_does_later_earns_it_nothing_now() -> None:
    history, sold = _made()
    turned = np.where(np.arange(COUNT) < 120, 200.0, sold)
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "late": _around(turned)}

    made = joined(told, history, EVERY, weeks_of(history, 0.0))

    assert made.weights["late"][:120].max() == 0.0


def test_where_a_model_tells_nothing_the_others_speak() -> None:
    history, sold = _made()
    gaps = _around(sold)
    gaps[150:] = np.nan
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "seer": gaps}

    made = joined(told, history, EVERY, weeks_of(history, 0.0))

    assert made.weights["seer"][140] > 0.5
    np.testing.assert_array_equal(made.quantiles[150:], told["rate_hours"][150:])


def test_averaged_quantiles_ascend() -> None:
    history, sold = _made()
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "seer": _around(sold)}

    made = joined(told, history, EVERY, weeks_of(history, 0.0))

    assert (np.diff(made.quantiles, axis=1) >= 0).all()


def test_memories_weigh_alike_until_enough_was_scored_and_then_the_better_one_leads() -> None:
    history, sold = _made()
    told = {"rate_hours": _around(np.full(COUNT, 20.0)), "rate_12": _around((sold + 20.0) / 2.0)}

    made = joined(told, history, EVERY, weeks_of(history, 0.0))

    np.testing.assert_allclose(made.weights["rate_12"][:49], 0.5)
    assert made.weights["rate_12"][-1] > 0.9


def test_all_memories_together_weigh_as_two_models() -> None:
    history, _ = _made()
    same = _around(np.full(COUNT, 20.0))
    told = dict.fromkeys((*RULES, "mixed"), same)

    made = joined(told, history, EVERY, weeks_of(history, 100.0))

    np.testing.assert_allclose(made.weights["mixed"][-1], 1 / 3)
    np.testing.assert_allclose(made.weights["rate_20"][-1], 2 / 15)

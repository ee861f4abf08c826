"""Amounts are exact to a hundredth, or refused."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.ingest.fault import Fault
from caopan.ingest.money import counts, minor


def good(length: int) -> np.ndarray:
    return np.zeros(length, dtype=np.uint8)


@given(st.lists(st.integers(min_value=-10**13, max_value=10**13), min_size=1, max_size=20))
def test_every_amount_written_with_two_decimals_comes_back_exactly(fen: list[int]) -> None:
    written = [f"{'-' if each < 0 else ''}{abs(each) // 100}.{abs(each) % 100:02d}"
               for each in fen]

    values, codes = minor(pa.array(written).cast(pa.float64()), good(len(fen)))

    assert values.to_pylist() == fen
    assert not codes.any()


@pytest.mark.parametrize("value", [12.345, 0.001, 1_234_567.891, 12_345_678.905])
def test_an_amount_finer_than_a_hundredth_is_refused(value: float) -> None:
    values, codes = minor(pa.array([value]), good(1))

    assert codes.tolist() == [Fault.TOO_FINE]
    assert values.to_pylist() == [None]


@pytest.mark.parametrize(("noisy", "fen"), [
    (1.429999948, 143), (0.1 + 0.2, 30), (4563964.1, 456396410), (19.99 * 3, 5997),
])
def test_the_noise_of_floating_point_is_not_fineness(noisy: float, fen: int) -> None:
    values, codes = minor(pa.array([noisy]), good(1))

    assert values.to_pylist() == [fen]
    assert not codes.any()


def test_a_null_stays_null_and_is_no_zero() -> None:
    assert minor(pa.array([None, 0.0], pa.float64()), good(2))[0].to_pylist() == [None, 0]


def test_a_fault_that_is_known_stays() -> None:
    codes = np.array([Fault.NEGATIVE], dtype=np.uint8)

    values, after = minor(pa.array([-1.0]), codes)

    assert after.tolist() == [Fault.NEGATIVE]
    assert values.to_pylist() == [None]


def test_an_amount_too_large_to_be_exact_is_refused() -> None:
    assert minor(pa.array([1e16]), good(1))[1].tolist() == [Fault.TOO_LARGE]


def test_a_fraction_is_no_count() -> None:
    values, codes = counts(pa.array([3.0, 8123.000000000001, 2.5]), good(3))

    assert values.to_pylist() == [3, 8123, None]
    assert codes.tolist() == [0, 0, Fault.NOT_WHOLE]

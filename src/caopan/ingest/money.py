"""Amounts and counts from numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from caopan.ingest.distinct import Read
from caopan.ingest.fault import Codes, Fault
from caopan.units.money import MINOR_DIGITS

LARGEST = 2**53
"""Beyond this a double no longer tells two whole numbers apart."""
_NOISE = 1e-7
"""What a spreadsheet's arithmetic adds, relative to the value."""
_MOST_NOISE = 0.01
"""Of one whole: a tenth of a minor unit is never noise."""


def minor(values: pa.Array, codes: Codes) -> Read:
    """Return amounts in minor units (int64); finer than a hundredth is a fault.

    Args:
        values: doubles in major units, shape (n,), null where blank.
        codes: the faults so far.

    >>> import numpy as np
    >>> found = minor(pa.array([1.23, 0.005]), np.zeros(2, dtype=np.uint8))
    >>> found[0].to_pylist(), Fault(found[1][1]).name
    ([123, None], 'TOO_FINE')
    """
    return _whole(values, codes, times=10**MINOR_DIGITS, fault=Fault.TOO_FINE)


def counts(values: pa.Array, codes: Codes) -> Read:
    """Return whole numbers (int64); a fraction is a fault.

    >>> import numpy as np
    >>> counts(pa.array([8123.000000000001, None]), np.zeros(2, dtype=np.uint8))[0].to_pylist()
    [8123, None]
    """
    return _whole(values, codes, times=1, fault=Fault.NOT_WHOLE)


def _whole(values: pa.Array, codes: Codes, *, times: int, fault: Fault) -> Read:
    numbers = np.array(values.fill_null(0.0), dtype=np.float64) * times
    nearest = np.round(numbers)
    noise = np.clip(np.abs(numbers) * _NOISE, 1e-6, _MOST_NOISE)
    codes = np.where((codes == 0) & (np.abs(numbers - nearest) > noise), np.uint8(fault), codes)
    codes = np.where((codes == 0) & (np.abs(nearest) >= LARGEST), np.uint8(Fault.TOO_LARGE), codes)
    gone = np.asarray(values.is_null()) | (codes > 0)
    return pa.array(np.where(gone, 0, nearest).astype(np.int64), mask=gone), codes

"""Some of the rows of a record of arrays."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from caopan.demo.ragged import Flags, Ints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def rows(record: Record, chosen: Ints | Flags) -> Record:
    """Return the record with the chosen rows of every array.

    >>> import numpy as np
    >>> from caopan.demo.spend import Spend
    >>> some = np.arange(3)
    >>> two = rows(Spend(planned=some, actual=some, experiment=some, paid_views=some * 1.0,
    ...                  carried_views=some * 1.0), some > 0)
    >>> two.actual.tolist()
    [1, 2]
    """
    return type(record)(**{f.name: getattr(record, f.name)[chosen] for f in fields(record)})

"""A diagnosis as bytes and back, nothing lost: what is kept is what was made, in both languages."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from caopan.diagnose.diagnosis import Diagnosis

DAY, MOMENT = "$day", "$moment"
"""How a day and a moment stand among plain values."""
LEVEL = 1
"""Of compression: the fastest; a diagnosis shrinks to a fifth."""
Read = Callable[[Any], Any]


def packed(diagnosis: Diagnosis) -> bytes:
    """Return a diagnosis as compressed JSON: every record a list of its fields in their order.

    >>> packed.__name__
    'packed'
    """
    text = json.dumps(diagnosis, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), LEVEL)


def unpacked(kept: bytes) -> Diagnosis:
    """Return the diagnosis that was packed; its records must be shaped as they were then.

    >>> unpacked.__name__
    'unpacked'
    """
    values = json.loads(zlib.decompress(kept), object_hook=_revived)
    return cast("Diagnosis", _reader(Diagnosis)(values))


@cache
def shape() -> str:
    """Return the mark of how records are shaped; another mark cannot be unpacked.

    >>> len(shape())
    16
    """
    seen: dict[type, None] = {}
    _walk(Diagnosis, seen)
    told = ";".join(f"{one.__name__}:{','.join(field.name for field in fields(one))}"
                    for one in seen)
    return sha256(told.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    kind: type = type(value)
    return _values(kind)(value)


@cache
def _values(kind: type) -> Callable[[object], object]:
    """Return what takes a record's fields apart."""
    if not is_dataclass(kind):
        message = f"a diagnosis holds no {kind.__name__}"
        raise TypeError(message)
    names = [field.name for field in fields(kind)]
    getter = attrgetter(*names)
    return getter if len(names) > 1 else lambda value: (getter(value),)


def _revived(found: dict[str, Any]) -> object:
    if len(found) == 1:
        if DAY in found:
            return date.fromisoformat(found[DAY])
        if MOMENT in found:
            return datetime.fromisoformat(found[MOMENT])
    return found


@cache
def _reader(hint: Any) -> Read:  # noqa: ANN401 - any type a record's field may have
    """Return what makes a value of a type from its JSON."""
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        kept = [one for one in inside if one is not NoneType]
        read = _reader(kept[0]) if len(kept) == 1 else _same
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        if len(inside) > 1 and inside[1] is not Ellipsis:
            return tuple
        one = _reader(inside[0])
        return lambda values: tuple(one(value) for value in values)
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else _same


def _record(kind: type) -> Read:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    readers = [(name, _reader(hints[name])) for name in names]
    return lambda values: kind(**{name: read(value) for (name, read), value
                                  in zip(readers, values, strict=True)})


def _same(value: Any) -> Any:  # noqa: ANN401 - what is plain stays as it is
    return value


def _walk(hint: Any, seen: dict[type, None]) -> None:  # noqa: ANN401 - any type of a field
    """Note every record that a type is made of."""
    if is_dataclass(hint) and isinstance(hint, type):
        if hint not in seen:
            seen[hint] = None
            for inside in get_type_hints(hint).values():
                _walk(inside, seen)
        return
    for inside in get_args(hint):
        _walk(inside, seen)

"""Every layout that the product knows: one module of ``sources`` a platform."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from caopan.ingest import sources
from caopan.ingest.layout import Layout


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the layouts of every source, in the order of their names.

    >>> all(layout.fields for layout in layouts())
    True
    """
    found: list[Layout] = []
    for module in iter_modules(sources.__path__):
        found += getattr(import_module(f"{sources.__name__}.{module.name}"), "LAYOUTS", ())
    return tuple(sorted(found, key=lambda layout: layout.name))

"""Templates (模板): one environment a language, with the house's numbers as filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caopan.report.words import capital
from caopan.units import number
from caopan.units.clock import to_the_minute
from caopan.units.message import Language, Text
from caopan.units.unit import Unit
from caopan.web.console.chart.macro import macro_globals
from caopan.web.static import asset
from caopan.web.words import Words

FOLDER = Path(__file__).parent / "console" / "templates"


def environment(words: Words, language: Language) -> Environment:
    """Return the templates in one language; what a template does not know is an error.

    Filters: ``count money percent points times duration value change interval change_interval``
    as in ``units/number.py``, ``say`` for a ``Text``, ``capital`` for words that begin a heading,
    ``moment`` for an instant.
    Functions: ``asset(path)``.
    """
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        extensions=["jinja2.ext.i18n"])
    made.install_gettext_translations(words.of(language), newstyle=True)  # type: ignore[attr-defined]
    for told in (number.count, number.money, number.points):
        made.filters[told.__name__] = partial(told, language=language)
    for measured in (number.value, number.change, number.interval, number.change_interval,
                     number.change_span):
        made.filters[measured.__name__] = partial(_measured, measured, language=language)
    for silent in (number.percent, number.times, number.duration, number.level, number.symbol):
        made.filters[silent.__name__] = silent
    made.filters["capital"] = capital
    made.filters["moment"] = to_the_minute
    made.filters["say"] = partial(_say, language=language)
    made.globals.update(macro_globals())
    made.globals.update(asset=asset, language=language, MISSING=number.MISSING)
    return made


def _measured(tell: Callable[..., str], told: object, *, unit: str, **how: object) -> str:
    """Return a number in a unit that a template may name by its word."""
    return tell(told, unit=Unit(unit), **how)


def _say(text: Text | None, *, language: Language) -> str:
    """Return a finished sentence; nothing where there is none."""
    return text.plain(language) if text is not None else ""

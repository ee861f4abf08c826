"""What travels to the browser: one small block of JSON a chart."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from caopan.units.message import Language
from caopan.web.console.chart.figure import Figure

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026",
            "\u2028": "\\u2028", "\u2029": "\\u2029"}


def block(figure: Figure, *, language: Language) -> Markup | None:
    """Return the chart as JSON that may stand in a script element, None for what is drawn here.

    A number that is not finite is null: unknown and not zero.

    >>> from caopan.units.message import Text
    >>> from caopan.units.unit import Unit
    >>> from caopan.web.console.chart.maturity import Curve, Maturity
    >>> name = Text(zh="</script>", en="</script>")
    >>> figure = Maturity(title=name, unit=Unit.RATIO,
    ...                   curves=(Curve(name=name, n=1, points=((0, float("nan")),)),))
    >>> "</script>" in block(figure, language="zh"), "[0,null]" in block(figure, language="zh")
    (False, True)
    """
    drawn = figure.data(language=language) if figure.state.drawn else None
    if drawn is None:
        return None
    whole = {"kind": figure.kind, "unit": figure.unit.value, "currency": figure.currency,
             "language": language, "title": figure.title.plain(language)} | drawn
    body = json.dumps(_finite(whole), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, escape in _ESCAPES.items():
        body = body.replace(letter, escape)
    return Markup(body)  # noqa: S704 - nothing that could end the element is left


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_finite(one) for one in value]
    return value

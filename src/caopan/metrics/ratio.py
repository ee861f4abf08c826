"""The one division of the catalogue."""

from __future__ import annotations

import ibis.expr.types as ir


def ratio(numerator: ir.Value, denominator: ir.Value | int) -> ir.Value:
    """Return numerator over denominator as a float; null where the denominator is null or 0.

    A denominator that is a plain number is a constant other than 0.

    A ratio of sums (比率): give it sums, never an average of ratios. Engines divide by zero in
    three ways and lose integer casts in two; this is the only place that divides.

    >>> import ibis
    >>> ibis.duckdb.connect().to_pyarrow(ratio(ibis.literal(1), ibis.literal(4))).as_py()
    0.25
    """
    if isinstance(denominator, ir.Value):
        denominator = denominator.cast("float64").nullif(0)
    return numerator.cast("float64") / denominator

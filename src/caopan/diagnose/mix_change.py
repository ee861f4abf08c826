"""The split by product as a record: units, mix, prices, with a range for each."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.change import Totals, stated
from caopan.diagnose.column import Column, column, interval, known
from caopan.diagnose.diagnosis import Change, Factor
from caopan.diagnose.mix import FORMULA, PARTS, Mix
from caopan.diagnose.sides import Sides
from caopan.diagnose.signals import FEWEST
from caopan.playbook.signal import Against
from caopan.stats.arrays import Floats, divided, grouped_sum
from caopan.stats.persistence import USUAL, inflation
from caopan.stats.student import t_probability, t_quantile
from caopan.units.message import Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

NAMES = {
    "units": Text(zh="件数", en="units"), "mix": Text(zh="商品结构", en="product mix"),
    "price": Text(zh="价格", en="prices"), "unlisted": Text(zh="没有商品明细", en="not listed"),
}
TESTED = ("mix", "price")
"""The parts that are zero where nothing about the products changed."""


def columns(made: Mix, sides: Sides, *, level: float) -> dict[str, Column]:
    """Return every part as a signal against the period before: its amount, its range, its chance.

    The value is the amount in minor units, compared with none.
    """
    error, freedom = _errors(made, sides)
    reach = t_quantile(level, freedom)
    found = {}
    for place, part in enumerate(PARTS):
        amount = np.where(made.there, made.amounts[:, place], np.nan)
        chance = t_probability(divided(amount, error[:, place]), freedom)
        half = reach * error[:, place]
        found[part] = column(
            part, Against.PREVIOUS, amount, level=level, comparison=np.zeros(len(amount)),
            n=sides.count[:, 1], n_comparison=sides.count[:, 0], half=half, prize=amount,
            probability=chance if part in TESTED else np.full(len(amount), np.nan),
            prize_half=half)
    return found


def change(
    made: Mix, parts: dict[str, Column], subject: int, *, total: Totals,
    periods: tuple[Period, Period], verdicts: dict[str, bool], level: float,
) -> Change:
    """Return the record of one subject's split by product."""
    before, after = (round(sold) for sold in total.sold[subject])
    counts = total.count[subject]
    factors = []
    for place, part in enumerate(PARTS):
        amount = int(made.amounts[subject, place])
        units = made.units[subject] if part == "units" else np.full(2, np.nan)
        factors.append(Factor(
            id=part, name=NAMES[part], unit=Unit.COUNT if part == "units" else Unit.MONEY,
            before=known(units[0]), after=known(units[1]), amount=amount,
            interval=interval(amount, parts[part].half[subject], level),
            p_value=known(parts[part].probability[subject]),
            verdict=Verdict.SUPPORTED if verdicts.get(part) else Verdict.CANNOT_TELL))
    return Change(
        identity="products", formula=FORMULA, period=periods[0], compared_period=periods[1],
        before=before, after=after, n_before=int(counts[0]), n_after=int(counts[1]),
        interval=interval(after - before, total.half[subject], level),
        verdict=stated(total.sure[subject]), method="additive",
        factors=tuple(factors))


def _errors(made: Mix, sides: Sides) -> tuple[Floats, Floats]:
    """Return the standard error of every part, shape (s, 4), and its degrees of freedom."""
    cells = 2 * sides.subjects
    count = grouped_sum(np.ones(len(sides.cell)), sides.cell, cells)
    loose = inflation(USUAL, count) * divided(count, count - 1.0)
    error = np.empty((sides.subjects, len(PARTS)))
    for place in range(len(PARTS)):
        pull = made.influence[:, place]
        mean = divided(grouped_sum(pull, sides.cell, cells), count)
        squares = grouped_sum((pull - mean[sides.cell]) ** 2, sides.cell, cells) * loose
        error[:, place] = np.sqrt(squares.reshape(-1, 2).sum(axis=1))
    least = sides.count.min(axis=1)
    freedom = np.where(least >= FEWEST, least - 1.0, np.nan)
    return error, freedom

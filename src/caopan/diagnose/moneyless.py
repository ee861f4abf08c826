"""Subjects whose sessions carry units and no amounts (只有件数): diagnosed apart, in units."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caopan.diagnose.inputs import Inputs, MetricTable, Products, Sessions
from caopan.diagnose.measure import GMV, UNITS, Measure
from caopan.stats.arrays import Bools, Ints, grouped_sum
from caopan.units.message import Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The inputs of subjects whose sales are counted in one measure, and where they come from.

    ``places``: shape (s,), the positions of the part's subjects among all, ascending.
    """

    inputs: Inputs
    places: Ints


def parted(inputs: Inputs) -> tuple[Part, ...]:
    """Return the subjects by what their sales are counted in; a part without a subject is left out.

    Sales are counted in units where no session of a subject has an amount and some have units.
    The parts never meet: an amount is no number of units, so neither can be the other's peer.

    >>> from caopan.diagnose.diagnosis import Subject
    >>> from caopan.diagnose.inputs import sessions
    >>> rows = sessions(subject=[0, 1], session_id=["a", "b"], columns={"units": [3, 4],
    ...                 "gmv": [900, None]}, started_at=["2026-03-01", "2026-03-01"])
    >>> two = tuple(Subject(kind="streamer", id=i, name=i, currency="CNY") for i in "ab")
    >>> [(part.inputs.sessions.measure.id, part.places.tolist()) for part in
    ...  parted(Inputs(subjects=two, categories=(None, None), sessions=rows))]
    [('gmv', [0]), ('units', [1])]
    """
    count = len(inputs.subjects)
    counted = _counted(inputs.sessions, count)
    if inputs.sessions.measure is not GMV or not counted.any():
        return (Part(inputs=inputs, places=np.arange(count)),)
    made = ((_of(inputs, there, measure), there) for there, measure in
            ((~counted, GMV), (counted, UNITS)) if there.any())
    return tuple(Part(inputs=part, places=np.flatnonzero(there)) for part, there in made)


def without_amounts() -> Message:
    """Return the note that nothing is priced, and what would change that.

    >>> without_amounts().say("zh")
    '文件里只有件数，没有金额：一切按件数拆，不估价，也没有成长阶段'
    """
    return Message(
        key="no_money",
        text=Text(zh="文件里只有件数，没有金额：一切按件数拆，不估价，也没有成长阶段",
                  en="the files carry units and no amounts: everything is split in units, nothing "
                     "is priced, and there is no growth stage"),
        hint=Text(zh="导入带成交金额（GMV）的场次或订单，就能按钱拆",
                  en="import sessions or orders with their GMV to have it in money"))


def _counted(sessions: Sessions, subjects: int) -> Bools:
    """Return of which subjects no amount is known and some units are, shape (s,)."""
    priced, counted = (grouped_sum(np.isfinite(sessions.columns[name]), sessions.subject, subjects)
                       for name in (GMV.id, UNITS.id))
    return np.asarray((priced == 0) & (counted > 0))


def _of(inputs: Inputs, there: Bools, measure: Measure) -> Inputs:
    """Return the inputs of some subjects; product rows are split in money alone."""
    sessions = inputs.sessions
    rows, number = there[sessions.subject], np.cumsum(there) - 1
    own = Sessions(
        subject=number[sessions.subject[rows]], session_id=sessions.session_id[rows],
        started_at=sessions.started_at[rows], dated=sessions.dated[rows], measure=measure,
        columns={name: column[rows] for name, column in sessions.columns.items()})
    sold = inputs.products if measure.priced else None
    chosen = np.flatnonzero(there).tolist()
    return Inputs(
        subjects=tuple(inputs.subjects[place] for place in chosen),
        categories=tuple(inputs.categories[place] for place in chosen),
        sessions=own, products=None if sold is None else _products(sold, rows),
        metrics=tuple(_metric(table, there) for table in inputs.metrics))


def _products(sold: Products, rows: Bools) -> Products:
    kept, number = rows[sold.session], np.cumsum(rows) - 1
    return Products(session=number[sold.session[kept]], product=sold.product[kept],
                    units=sold.units[kept], gmv=sold.gmv[kept], names=sold.names)


def _metric(table: MetricTable, there: Bools) -> MetricTable:
    first, second, third = (moment[there] for moment in table.moments)
    return replace(table, numerator=table.numerator[there], denominator=table.denominator[there],
                   n=table.n[there], clusters=table.clusters[there],
                   moments=(first, second, third))

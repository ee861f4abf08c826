"""Whether a reading stands without its strongest session, and when the sessions began."""

from __future__ import annotations

from statistics import median

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.dates import day as said_day
from caopan.report.words import Words
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Text
from caopan.workspace.behind import Behind, Row

FEWEST = 3
"""Sessions on a side below which nothing is said."""
DAWN, DAY = 6 * 60, 24 * 60
"""Minutes: a night's show belongs to the evening before it, so days begin at six here."""
UNDATED = frozenset({"whole_months", "days_made_up"})
"""Notes of a diagnosis whose sessions tell no hour."""


def steadiness(found: Behind, *, said: tuple[str, ...], words: Words) -> str:
    """Return in a sentence what is left without the strongest session; nothing with too few.

    ``said`` are the level before and the level of the period without that session, as read.

    >>> steadiness.__name__
    'steadiness'
    """
    strongest = without_one(found)
    before, after = found.levels
    if strongest is None or before is None or after is None or after == before:
        return ""
    row, left = strongest
    same = (left - before) * (after - before) > 0
    return (_STILL if same else _GONE).say(
        words.language, day=said_day(row.day, language=words.language), before=said[0],
        after=said[1])


def without_one(found: Behind) -> tuple[Row, float] | None:
    """Return the session without which the period comes nearest to the level before, and that.

    None with fewer than three sessions that say both sums, or where no level is known.

    >>> without_one(Behind(metric="m", numerator="a", denominator="b", rows=(), levels=(1, 2)))
    """
    before, after = found.levels
    rows = [row for row in found.rows if row.side and row.counts and row.above is not None
            and row.below is not None]
    below = sum(row.below or 0.0 for row in rows)
    above = sum(row.above or 0.0 for row in rows)
    if before is None or after is None or len(rows) < FEWEST or not above:
        return None
    per = after * below / above
    left = [(row, (above - (row.above or 0.0)) * per / (below - (row.below or 0.0)))
            for row in rows if below > (row.below or 0.0)]
    return min(left, key=lambda one: abs(one[1] - before), default=None)


def starts(found: Behind, diagnosis: Diagnosis) -> tuple[str, str] | None:
    """Return the middle starting times of both periods; None where they are not known.

    >>> starts.__name__
    'starts'
    """
    if UNDATED & {note.key for note in diagnosis.notes}:
        return None
    sides: tuple[list[int], list[int]] = ([], [])
    for row in found.rows:
        if row.counts:
            at = row.started_at.astimezone(BUSINESS_ZONE)
            sides[row.side].append((at.hour * 60 + at.minute - DAWN) % DAY)
    if min(map(len, sides)) < FEWEST:
        return None
    before, after = ((round(median(side)) + DAWN) % DAY for side in sides)
    return f"{before // 60:02}:{before % 60:02}", f"{after // 60:02}:{after % 60:02}"


_STILL = Text(zh="去掉本期最起作用的一场（{day}）：{before} → {after}，方向没变",
              en="without the period's strongest session ({day}): {before} → {after}, the same way")
_GONE = Text(zh="去掉本期最起作用的一场（{day}）：{before} → {after}，方向反了，是这一场带出来的",
             en="without the period's strongest session ({day}): {before} → {after}, the other "
                "way; that session alone made it")

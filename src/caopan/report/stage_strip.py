"""The growth ladder (成长阶梯) as a strip: now as a tick, the next month as an amber range."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from caopan.diagnose.diagnosis import Stage
from caopan.report import svg
from caopan.report.findings_axis import anchor_at
from caopan.report.scale import tick_label, word_for
from caopan.report.svg import share
from caopan.report.words import Words
from caopan.units import number

HEIGHT = 54.0
BAR = 26.0
"""Where the strip stands, from the top."""
GAP = 0.4
"""Between two rungs, share of the width."""


def stage_strip(stage: Stage, *, currency: str, words: Words) -> Markup | None:
    """Return the strip; None where the ladder is empty."""
    limits = tuple(float(limit) for limit in stage.limits if limit > 0)
    if not limits:
        return None
    edges = [100.0 * index / (len(limits) + 1) for index in range(len(limits) + 2)]
    now = None if stage.monthly_gmv is None else place(stage.monthly_gmv, limits=limits)
    parts = [_rung(left, right, now) for left, right in pairwise(edges)]
    parts += [_limit(limit, edge, words) for limit, edge in zip(limits, edges[1:], strict=False)]
    if stage.expected is not None:
        parts.append(_range(place(stage.expected.low, limits=limits),
                            place(stage.expected.high, limits=limits)))
    if now is not None:
        said = words("stage.now", amount=number.money(stage.monthly_gmv, currency=currency,
                                                      language=words.language))
        parts.append(_now(now, said))
    return svg.strip(*parts, height=HEIGHT, title=words("stage.title"), kind="stage")


def place(amount: float, *, limits: tuple[float, ...]) -> float:
    """Return where an amount stands on the strip, as a share of the width.

    Rungs are equally wide and straight inside; the open one above the last limit is half full at
    twice the limit and never quite full.

    >>> place(15, limits=(10.0, 20.0)), place(-5, limits=(10.0,)), place(20, limits=(10.0,))
    (50.0, 0.0, 75.0)
    """
    rungs = len(limits) + 1
    for index, (low, high) in enumerate(pairwise((0.0, *limits))):
        if amount < high:
            return 100.0 * (index + max(amount - low, 0.0) / (high - low)) / rungs
    return 100.0 * (rungs - limits[-1] / amount) / rungs


def _rung(left: float, right: float, now: float | None) -> str:
    wide = right - left - GAP
    parts = [_piece(left, wide, "track")]
    if now is not None and now >= right:
        parts.append(_piece(left, wide, "done"))
    elif now is not None and now > left:
        parts.append(_piece(left, now - left, "now"))
    return "".join(parts)


def _piece(left: float, wide: float, kind: str) -> str:
    return svg.tag("rect", x=share(left), y=BAR, width=share(wide), height=7.0, rx=2.0,
                   class_=f"b {kind}")


def limit_label(limit: float, *, words: Words) -> str:
    """Return a rung's limit, minor units, with as few decimals as it needs.

    >>> limit_label(50_000_000, words=Words(language="zh"))
    '50万'
    """
    amount = limit / 100
    word = word_for([amount], language=words.language)
    return tick_label(amount, step=amount, word=word)


def _limit(limit: float, edge: float, words: Words) -> str:
    return svg.words((share(edge - GAP), BAR + 24), limit_label(limit, words=words), "t small",
                     anchor="end")


def _range(left: float, right: float) -> str:
    return svg.tag("rect", x=share(left), y=BAR - 3, width=share(max(right - left, 0.5)),
                   height=13.0, rx=2.0, class_="range")


def _now(at: float, said: str) -> str:
    return (svg.line((share(at), BAR - 8), (share(at), BAR + 10), "tick-now")
            + svg.words((share(at), BAR - 12), said, "t name", anchor=anchor_at(at, edge=16.0)))

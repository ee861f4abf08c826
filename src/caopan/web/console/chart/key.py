"""The key of a chart (图例): small, beside the heading, only where lines need a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from caopan.report import svg

WIDTH, HEIGHT, MIDDLE = 20.0, 10.0, 5.0
STEPS = 6
"""Steps of the one-hue scale."""


class Sign(StrEnum):
    """What a thing looks like in the chart; the style sheet knows ``key-`` and its value."""

    ACTUAL = "actual"
    PLAN = "plan"
    FORECAST = "forecast"
    PEER = "peer"
    DECISION = "decision"
    SEEN = "seen"
    CHOSEN = "chosen"
    MARKED = "marked"
    SCALE = "scale"
    BLANK = "blank"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A sign and what it means."""

    sign: Sign
    label: str

    @property
    def swatch(self) -> Markup:
        """Return the sign as a small drawing, hidden from those who hear the page.

        >>> Key(sign=Sign.PLAN, label="计划").swatch.count("<line")
        1
        """
        parts = _parts(self.sign)
        return Markup(svg.tag("svg", *parts, class_=f"key key-{self.sign.value}",  # noqa: S704 - made of our own signs
                              width=WIDTH, height=HEIGHT, aria_hidden="true"))


def _parts(sign: Sign) -> list[str]:
    if sign is Sign.SCALE:
        wide = WIDTH / STEPS
        return [svg.tag("rect", x=step * wide, y=1.0, width=wide, height=8.0,
                        class_=f"seq-{step}") for step in range(STEPS)]
    if sign in {Sign.BLANK, Sign.UNSAID}:
        return [svg.tag("rect", x=(WIDTH - 10) / 2, y=0.5, width=10.0, height=9.0, rx=2,
                        class_="mark")]
    if sign in {Sign.DECISION, Sign.SEEN, Sign.CHOSEN, Sign.MARKED}:
        return [svg.tag("circle", cx=WIDTH / 2, cy=MIDDLE, r=3.5, class_="mark")]
    line = svg.line((0.0, MIDDLE), (WIDTH, MIDDLE), "stroke")
    band = svg.tag("rect", x=0.0, y=1.0, width=WIDTH, height=8.0, class_="band")
    return [band, line] if sign is Sign.FORECAST else [line]

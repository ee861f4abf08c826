"""GMV of a campaign day by day as a drawing: the band of the forecast against the target."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_outlook import Outlook

WIDTH, HEIGHT, PAD = 300.0, 130.0, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Points as SVG has them; ``target``: the height of the target line, None without one."""

    area: str
    middle: str
    target: float | None
    first: str
    last: str


def band(campaign: Campaign, outlook: Outlook) -> Band | None:
    """Return the drawing, None where nothing can be told."""
    if not outlook.days:
        return None
    most = max(outlook.days[-1].so_far.high, campaign.target or 0, 1.0)
    step = WIDTH / max(len(outlook.days) - 1, 1)

    def place(at: int, value: float) -> str:
        return f"{at * step:.1f},{height(value):.1f}"

    def height(value: float) -> float:
        return HEIGHT - (HEIGHT - PAD) * value / most

    upper = [place(at, one.so_far.high) for at, one in enumerate(outlook.days)]
    lower = [place(at, one.so_far.low) for at, one in enumerate(outlook.days)]
    return Band(
        area=" ".join([*upper, *reversed(lower)]),
        middle=" ".join(place(at, one.so_far.mid) for at, one in enumerate(outlook.days)),
        target=None if campaign.target is None else height(campaign.target),
        first=f"{outlook.days[0].day:%m/%d}", last=f"{outlook.days[-1].day:%m/%d}")

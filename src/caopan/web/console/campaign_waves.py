"""The waves of one session as a drawing: spend by step over the minutes of the show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from caopan.plan.campaign import Campaign, PlannedWave, Showing
from caopan.units.clock import BUSINESS_ZONE

WIDTH, HEIGHT, PAD = 640.0, 180.0, 26.0
ENOUGH = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A wave: its place, and whether stock meets its demand."""

    wave: PlannedWave
    x: float
    y: float
    width: float
    height: float
    short: bool
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChart:
    """The steps; money an hour is what their height tells, ``limit`` the height of the guard."""

    steps: tuple[Step, ...]
    limit: float | None


def wave_chart(campaign: Campaign, session: Showing) -> WaveChart:
    """Return the drawing of a session's waves."""
    mine = [one for one in campaign.waves if one.session_id == session.session_id]
    rates = [_rate(one) for one in mine]
    guard = campaign.guards.hour_limit
    most = max([*rates, float(guard or 0), 1.0])
    end = max([*(one.end for one in mine), session.minutes or 0.0, 1.0])

    def height(rate: float) -> float:
        return (HEIGHT - PAD) * rate / most

    return WaveChart(
        limit=None if guard is None else HEIGHT - height(guard),
        steps=tuple(Step(
            wave=one, x=WIDTH * one.start / end, width=max(WIDTH * (one.end - one.start) / end, 2),
            y=HEIGHT - height(rate), height=height(rate), clock=_clock(session, one),
            short=one.cover is not None and one.cover < ENOUGH)
            for one, rate in zip(mine, rates, strict=True)))


def _rate(one: PlannedWave) -> float:
    """Return spend an hour, minor units."""
    return one.spend / max((one.end - one.start) / 60.0, 1 / 60)


def _clock(session: Showing, one: PlannedWave) -> str:
    start, end = ((session.starts_at + timedelta(minutes=at)).astimezone(BUSINESS_ZONE)
                  for at in (one.start, one.end))
    return f"{start:%H:%M}–{end:%H:%M}"

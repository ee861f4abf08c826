"""How large a synthetic world is."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.units.message import CaopanError, Message, Text

WINDOW_DAYS = 28
"""The known changes take place in the last window of this many days."""

PLAN_DAYS = 14
"""Sessions are planned for this many days after the last day of history."""

MINIMUM_DAYS = 2 * WINDOW_DAYS
"""A shorter world has no window to compare the last one with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The knobs of a world; totals are expectations, the draw differs by a few percent.

    ``show_hours`` is the median length of a daily (B) show; ``campaigns`` scales how often S and A
    shows happen; ``goods`` is the mean number of products of a merchant; ``videos`` is short
    videos per host and week; ``loyalty`` multiplies the chance that a buyer comes back;
    ``block_orders`` bounds what is held in memory at a time.

    >>> Size(name="mine", merchants=10, days=90, sessions=300, orders=9_000).hosts
    13

    Raises:
        WorldTooSmallError: fewer than 2 merchants or 56 days, or nothing is ever sold.
    """

    name: str
    merchants: int
    days: int
    sessions: int
    orders: int
    show_hours: float = 2.5
    campaigns: float = 1.0
    goods: float = 18.0
    videos: float = 1.0
    loyalty: float = 1.0
    fruit: bool = False
    block_orders: int = 800_000

    def __post_init__(self) -> None:
        """Refuse a world that cannot tell a story."""
        for knob, value, least in (
            ("merchants", self.merchants, 2), ("days", self.days, MINIMUM_DAYS),
            ("sessions", self.sessions, 1), ("orders", self.orders, 1),
        ):
            if value < least:
                raise WorldTooSmallError(knob, value, least)

    @property
    def hosts(self) -> int:
        """Return the number of hosts: one a merchant and a second one for every third."""
        return self.merchants + round(self.merchants / 3)


SIZES: dict[str, Size] = {size.name: size for size in (
    Size(name="toy", merchants=6, days=120, sessions=460, orders=18_000, goods=14.0, fruit=True),
    Size(name="small", merchants=60, days=180, sessions=5_000, orders=200_000),
    Size(name="medium", merchants=1_000, days=180, sessions=40_000, orders=2_000_000),
    Size(name="large", merchants=50_000, days=90, sessions=200_000, orders=20_000_000,
         show_hours=0.95, campaigns=0.35, goods=12.0, videos=0.3,
         loyalty=1.8),
)}
"""The named sizes: a first run, a small office, a provider, a platform."""


def size_named(name: str) -> Size:
    """Return the size of a name.

    >>> size_named("toy").merchants
    6

    Raises:
        UnknownSizeError: no size has that name.
    """
    if name not in SIZES:
        raise UnknownSizeError(name)
    return SIZES[name]


class UnknownSizeError(CaopanError):
    """Raised for a size that has no name here."""

    usage = True

    def __init__(self, name: str) -> None:
        """Name the size."""
        super().__init__(Message(
            key="demo_unknown_size",
            text=Text(zh="没有名为 {name} 的合成数据规模", en="no synthetic world has size {name}"),
            values={"name": name},
            hint=Text(zh="可选：toy、small、medium、large",
                      en="choose toy, small, medium or large"),
        ))


class WorldTooSmallError(CaopanError):
    """Raised for a knob below what a world needs."""

    def __init__(self, knob: str, value: int, least: int) -> None:
        """Name the knob, its value and the least that works."""
        super().__init__(Message(
            key="demo_too_small",
            text=Text(zh="合成数据的 {knob} 为 {value}，太小", en="{knob} of the world is {value}"),
            values={"knob": knob, "value": value, "least": least},
            hint=Text(zh="至少设为 {least}", en="set it to at least {least}"),
        ))

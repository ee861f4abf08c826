"""When the shows are, how long and at which level: the calendar of every host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from caopan.demo import change, season
from caopan.demo.cast import Hosts, Life, Merchants
from caopan.demo.ragged import Flags, Floats, Ints
from caopan.demo.shock import conversion_noise, session_noise
from caopan.demo.size import PLAN_DAYS, WINDOW_DAYS, Size

LEVELS = ("B", "A", "S")
DAILY, BRAND, GRAND = range(3)
SECONDS_A_DAY = 86_400
FALSE_START_SHARE = 0.015
"""Shows that are preceded by a start of under a minute."""
NO_CART_SHARE = 0.02
"""Shows that sell nothing because they have no cart."""
LONGEST_OVERRUN = 1.25
CHANGEOVER_SECONDS = 600
"""A show ends at least this long before the host's next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """The shows (场次), sorted by merchant and time; every array has shape (shows,)."""

    number: Ints
    host: Ints
    merchant: Ints
    start: Ints
    """Seconds after the first midnight of history."""
    seconds: Ints
    """Length in seconds; of a planned show, the planned length."""
    level: Ints
    planned_minutes: Ints
    planned_listed: Ints
    listed: Ints
    false_start: Flags
    cart: Flags
    noise: Floats
    """Log noise of traffic."""
    conversion: Floats
    """Factor of conversion, mean 1."""

    @property
    def day(self) -> Ints:
        """Return the business day after the first one."""
        return self.start // SECONDS_A_DAY


def schedule(
    size: Size, merchants: Merchants, hosts: Hosts, changes: Ints, *,
    first_day: date, rng: np.random.Generator,
) -> Shows:
    """Return the shows of the history and of the two planned weeks after it.

    >>> from caopan.demo.cast import cast
    >>> from caopan.demo.size import size_named
    >>> rng, toy = np.random.default_rng(1), size_named("toy")
    >>> merchants, hosts = cast(toy, rng)
    >>> made = schedule(toy, merchants, hosts, change.assign(merchants.life),
    ...                 first_day=date(2026, 1, 1), rng=rng)
    >>> 300 < len(made.host) < 800
    True
    """
    host, day, morning = _days(size, merchants, hosts, changes, first_day, rng)
    level = _levels(size, merchants.life[hosts.merchant[host]], day, first_day, rng)
    keep = ~(morning & (level > DAILY))
    host, day, morning, level = host[keep], day[keep], morning[keep], level[keep]
    start = day * SECONDS_A_DAY + _clock(hosts, host, morning, level, rng)
    rows = _planned(size, merchants, hosts, changes, host=host, level=level, start=start, rng=rng)
    rows |= {"host": host, "merchant": hosts.merchant[host], "start": start, "level": level}
    return _lived(size, merchants, rows, rng)


def _days(
    size: Size, merchants: Merchants, hosts: Hosts, changes: Ints, first_day: date,
    rng: np.random.Generator,
) -> tuple[Ints, Ints, Flags]:
    days = np.arange(size.days + PLAN_DAYS)
    last = (days >= size.days - WINDOW_DAYS) & (days < size.days)
    fewer = change.ratio("sessions", changes[hosts.merchant][:, None], active=last[None, :])
    weekday = np.exp(season.weekday_effect(first_day, days))
    chance = hosts.cadence[:, None] / 7 * weekday * fewer
    fruit = (merchants.life[hosts.merchant] == Life.FRUIT)[:, None]
    weekly = (size.days - 1 - days) % 7 == 3  # noqa: PLR2004 - the middle of the week before
    main = np.where(fruit, weekly, rng.random(chance.shape) < chance)
    early = (rng.random(chance.shape) < chance * 0.6) & hosts.double[:, None]
    host, day = np.nonzero(main)
    early_host, early_day = np.nonzero(early)
    morning = np.repeat([False, True], [len(host), len(early_host)])
    both = np.concatenate([host, early_host]), np.concatenate([day, early_day])
    return both[0].astype(np.int64), both[1].astype(np.int64), morning


def _levels(
    size: Size, life: Ints, day: Ints, first_day: date, rng: np.random.Generator,
) -> Ints:
    festival = season.festivals(first_day, days=size.days + PLAN_DAYS)[day] & (life == Life.LIVING)
    grand = np.where(festival, 0.12, 0.004) * size.campaigns
    brand = np.where(festival, 0.35, 0.07) * size.campaigns
    draw = rng.random(len(day))
    level = np.where(draw < grand, GRAND, np.where(draw < grand + brand, BRAND, DAILY))
    return np.where(life == Life.FRUIT, DAILY, level)


def _clock(
    hosts: Hosts, host: Ints, morning: Flags, level: Ints, rng: np.random.Generator,
) -> Ints:
    evening = np.where(hosts.double, np.maximum(hosts.hour, 18.5), hosts.hour)[host]
    hour = np.where(morning, 7.5, evening)
    hour = np.where(level == BRAND, 12.0, np.where(level == GRAND, 10.0, hour))
    minutes = np.round(hour * 60 + rng.normal(0, 8, len(host)).clip(-20, 20))
    seconds: Ints = (minutes * 60).astype(np.int64)
    return seconds


def _planned(
    size: Size, merchants: Merchants, hosts: Hosts, changes: Ints, *, host: Ints, level: Ints,
    start: Ints, rng: np.random.Generator,
) -> dict[str, Ints]:
    owner, n = hosts.merchant[host], len(host)
    fruit = merchants.life[owner] == Life.FRUIT
    daily = hosts.hours[host] * np.exp(np.where(fruit, 0, rng.normal(0, 0.42, n)))
    hours = np.where(level == DAILY, daily.clip(0.4, 6.5), rng.uniform(8.0, 11.0, n))
    hours = np.where(level == GRAND, rng.uniform(12.0, 16.0, n), hours)
    hours *= change.ratio("hours_per_session", changes[owner], active=in_window(start, size))
    minutes = np.maximum(np.round(hours * 12) * 5, 20).astype(np.int64)
    wide = (minutes / 60 / hosts.hours[host]) ** 0.3 * np.exp(rng.normal(0, 0.15, n))
    listed = np.clip(np.round(hosts.listed[host] * wide), 1, merchants.goods[owner])
    return {"planned_minutes": minutes, "planned_listed": listed.astype(np.int64)}


def in_window(start: Ints, size: Size) -> Flags:
    """Return which starts lie in the last window of the history.

    >>> from caopan.demo.size import size_named
    >>> toy = size_named("toy")
    >>> in_window(np.array([91, 92, 119, 120]) * SECONDS_A_DAY, toy).tolist()
    [False, True, True, False]
    """
    end = size.days * SECONDS_A_DAY
    return (start >= end - WINDOW_DAYS * SECONDS_A_DAY) & (start < end)


def _lived(
    size: Size, merchants: Merchants, rows: dict[str, Ints], rng: np.random.Generator,
) -> Shows:
    n, end = len(rows["host"]), size.days * SECONDS_A_DAY
    past = rows["start"] < end
    fruit = merchants.life[rows["merchant"]] == Life.FRUIT
    noise = np.where(fruit, 0.0, _noise_in_time(rows, rng))
    cut_short = np.exp(rng.normal(0, 0.15, n) + 0.25 * np.minimum(noise, 0))
    length = rows["planned_minutes"] * 60 * np.minimum(cut_short, LONGEST_OVERRUN)
    length = np.where(past & ~fruit, length, rows["planned_minutes"] * 60)
    room = np.where(past, end - rows["start"], 2 * SECONDS_A_DAY)
    room = np.minimum(room, _until_next(rows) - CHANGEOVER_SECONDS)
    listed = np.round(rows["planned_listed"] * np.exp(rng.normal(0, 0.1, n)))
    cart = (rng.random(n) >= NO_CART_SHARE) | ~past | fruit
    false = (rng.random(n) < FALSE_START_SHARE) & past & ~fruit
    rows |= {
        "seconds": np.minimum(np.maximum(length, 660), room - 1).astype(np.int64),
        "listed": np.clip(listed, 1, merchants.goods[rows["merchant"]]).astype(np.int64),
    }
    lived = {**rows, "noise": noise, "cart": cart, "false_start": np.zeros(n, dtype=np.bool_),
             "conversion": np.where(fruit, 1.0, conversion_noise(n, rng))}
    before = {name: values[false] for name, values in lived.items()}
    before["start"] = before["start"] - rng.integers(240, 540, len(before["start"]))
    before["seconds"] = rng.integers(10, 60, len(before["start"]))
    before["false_start"] = np.ones(len(before["start"]), dtype=np.bool_)
    before["cart"] = before["false_start"]
    both = {name: np.concatenate([lived[name], before[name]]) for name in lived}
    order = np.lexsort((both["start"], both["merchant"]))
    return Shows(number=np.arange(1, len(order) + 1),
                 **{name: values[order] for name, values in both.items()})


def _until_next(rows: dict[str, Ints]) -> Ints:
    """Return the seconds from each start to the host's next one."""
    order = np.lexsort((rows["start"], rows["host"]))
    wait = np.full(len(order), 2 * SECONDS_A_DAY)
    gap = np.diff(rows["start"][order])
    same = np.diff(rows["host"][order]) == 0
    wait[order[:-1][same]] = gap[same]
    return wait


def _noise_in_time(rows: dict[str, Ints], rng: np.random.Generator) -> Floats:
    order = np.lexsort((rows["start"], rows["host"]))
    noise = np.empty(len(order))
    noise[order] = session_noise(np.bincount(rows["host"]), rng)
    return noise

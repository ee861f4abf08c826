"""Ad rows find the live session they ran in, by account, start time and title.

An ad export knows the room's title and the minute it was launched, not the session's id. A row
belongs to the session of the same account whose title agrees and whose start is nearest, no
further away than ``within``. Nothing is guessed: a row that fits no session stays without one, and
so does a row that fits two equally well; both are counted.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

TITLE = "x_title"
"""The column of ad rows that holds the title of the room they advertised."""

WITHIN = timedelta(minutes=10)
"""How far a launch and the start of its session may lie apart."""

SHORTEST_PREFIX = 8
"""A title cut short by one export still agrees when this many characters are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far the join reaches (关联覆盖率).

    ``rows`` ad rows were looked at, ``joined`` found their session, ``ambiguous`` fitted two or
    more equally well and stay without one; ``sessions`` were there and ``sessions_reached`` of
    them have at least one row. ``spend`` holds, per currency, (joined, total) in minor units;
    rows whose spend is unknown add to neither.
    """

    rows: int
    joined: int
    ambiguous: int
    sessions: int
    sessions_reached: int
    spend: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The session of every ad row, in the order of the rows (null where none), and the coverage."""

    session_ids: pa.Array
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    start: datetime
    id: str
    account: str
    title: str


def joined(ads: pa.Table, sessions: pa.Table, *, within: timedelta = WITHIN) -> Joined:
    """Return the session each ad row ran in, and how much of the spend that explains.

    ``ads`` needs ``starts_at`` and may have ``streamer_id``, ``x_title``, ``session_id`` (kept
    where it is filled), ``spend`` (minor units) and ``currency``; ``sessions`` needs
    ``session_id``, ``streamer_id``, ``started_at`` and may have ``title``. An ad row without an
    account may belong to any account. Several rows may belong to one session. Titles agree when
    they are equal after folding case, width and white space, or when one is the beginning of the
    other; where one side has no title, time alone decides.

    >>> from datetime import UTC
    >>> nine, soon = datetime(2026, 4, 6, 9, 0, tzinfo=UTC), datetime(2026, 4, 6, 9, 3, tzinfo=UTC)
    >>> rooms = pa.table({"session_id": ["s1"], "streamer_id": ["shop"], "started_at": [nine],
    ...                   "title": ["Spring sale"]})
    >>> rows = pa.table({"starts_at": [soon, soon], "x_title": ["SPRING  sale", "Other"],
    ...                  "spend": [700, 300], "currency": ["IDR", "IDR"]})
    >>> result = joined(rows, rooms)
    >>> result.session_ids.to_pylist(), result.coverage.spend
    (['s1', None], {'IDR': (700, 1000)})
    """
    rooms = _index(sessions)
    ids: list[str | None] = []
    ambiguous = 0
    for start, account, title, known in zip(
        ads["starts_at"].to_pylist(), _texts(ads, "streamer_id"), _texts(ads, TITLE),
        _texts(ads, "session_id"), strict=True,
    ):
        if known:
            ids.append(known)
            continue
        best = _nearest(rooms[account], start=start, title=_plain(title), within=within)
        ambiguous += len(best) > 1
        ids.append(best[0] if len(best) == 1 else None)
    return Joined(
        session_ids=pa.array(ids, pa.string()),
        coverage=Coverage(
            rows=ads.num_rows,
            joined=sum(id_ is not None for id_ in ids),
            ambiguous=ambiguous,
            sessions=sessions.num_rows,
            sessions_reached=len({id_ for id_ in ids if id_} & set(_texts(sessions, "session_id"))),
            spend=_spend(ads, ids),
        ),
    )


def _index(sessions: pa.Table) -> defaultdict[str, list[_Session]]:
    """Return the sessions by account, and all of them under ``""``, each list by start."""
    rooms = sorted(
        (
            _Session(start=start, id=id_, account=account, title=_plain(title))
            for id_, account, start, title in zip(
                _texts(sessions, "session_id"), _texts(sessions, "streamer_id"),
                sessions["started_at"].to_pylist(), _texts(sessions, "title"), strict=True,
            )
        ),
        key=lambda room: (room.start, room.id),
    )
    index: defaultdict[str, list[_Session]] = defaultdict(list)
    for room in rooms:
        index[room.account].append(room)
    index[""] = rooms
    return index


def _nearest(
    rooms: list[_Session], *, start: datetime, title: str, within: timedelta,
) -> list[str]:
    """Return the ids of the sessions that fit best: none, one, or several that fit equally."""
    low = bisect_left(rooms, start - within, key=lambda room: room.start)
    high = bisect_right(rooms, start + within, key=lambda room: room.start)
    fits = [
        (rank, abs(room.start - start), room.id)
        for room in rooms[low:high]
        if (rank := _agreement(room.title, title)) is not None
    ]
    best = min((fit[:2] for fit in fits), default=None)
    return [id_ for rank, distance, id_ in fits if (rank, distance) == best]


def _agreement(one: str, other: str) -> int | None:
    """Return 0 for equal titles, 1 for one cut short, 2 where one is missing, None for others."""
    if not one or not other:
        return 2
    if one == other:
        return 0
    shorter, longer = sorted((one.rstrip(".…"), other.rstrip(".…")), key=len)
    cut = len(shorter) >= SHORTEST_PREFIX and longer.startswith(shorter)
    return 1 if cut else None


def _spend(ads: pa.Table, ids: list[str | None]) -> dict[str, tuple[int, int]]:
    """Return (joined, total) spend by currency, in minor units."""
    if "spend" not in ads.column_names:
        return {}
    sums: dict[str, tuple[int, int]] = {}
    for spend, currency, id_ in zip(
        ads["spend"].to_pylist(), _texts(ads, "currency"), ids, strict=True,
    ):
        if spend is not None:
            found, total = sums.get(currency, (0, 0))
            sums[currency] = (found + (spend if id_ else 0), total + spend)
    return sums


def _texts(table: pa.Table, column: str) -> Iterator[str]:
    """Yield a text column, with ``""`` for null and for a column that is not there."""
    if column not in table.column_names:
        return iter([""] * table.num_rows)
    return iter([value or "" for value in table[column].to_pylist()])


def _plain(title: str) -> str:
    """Return a title folded for comparison: width, case and runs of white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())

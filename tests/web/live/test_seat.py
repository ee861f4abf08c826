from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from caopan.web.live.seat import Seat

TOPICS = frozenset({"job:a"})


class Page:
    """A page that hears at once while it reads."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.reads = True

    def push(self, text: str) -> bool:
        if self.reads:
            self.heard.append(text)
        return self.reads


def taken(seat: Seat) -> str:
    """Take what waits, on a loop of its own: a browser's loop may hold this thread."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(asyncio.run, seat.take()).result()


def test_a_page_that_reads_is_told_at_once_and_owes_nothing() -> None:
    page = Page()
    seat = Seat(TOPICS, "zh", now=0, push=page.push)

    seat.offer("job:a", "1", now=1)
    seat.offer("job:a", "2", now=2)

    assert page.heard == ["1", "2"]
    assert not seat.is_behind("job:a")
    assert seat.told_at == 2


def test_nothing_newer_overtakes_what_waits_for_the_long_way() -> None:
    page = Page()
    seat = Seat(TOPICS, "zh", now=0, push=page.push)
    page.reads = False
    seat.offer("job:a", "1", now=1)
    page.reads = True

    seat.offer("job:a", "2", now=2)
    seat.offer("", "beat", now=2)

    assert page.heard == []
    assert taken(seat) == "2\nbeat"
    seat.offer("job:a", "3", now=3)  # the long way may still be sending what was taken
    assert page.heard == []
    assert taken(seat) == "3"


def test_the_short_way_is_open_again_once_the_long_way_has_told_all() -> None:
    page = Page()
    seat = Seat(TOPICS, "zh", now=0, push=page.push)
    page.reads = False
    seat.offer("job:a", "1", now=1)

    async def work() -> None:
        await seat.take()
        page.reads = True
        asking_again = asyncio.create_task(seat.take())
        await asyncio.sleep(0)
        seat.offer("job:a", "2", now=2)
        asking_again.cancel()

    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(asyncio.run, work()).result()

    assert page.heard == ["2"]

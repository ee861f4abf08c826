from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from caopan.units.message import Language
from caopan.web.live.hub import Hub, Pace
from caopan.web.live.seat import Seat
from caopan.web.live.topic import State

QUICK = Pace(watch=0.02, beat=0.2, gather=0.01)
WAIT = 10.0


@dataclass
class Board:
    """A topic whose state a test writes by hand."""

    watched: bool = False
    rev: int = 1
    parts: Mapping[str, str] = field(default_factory=lambda: {"a": "<p>1</p>", "b": "<p>1</p>"})
    rendered: int = 0
    broken: bool = False

    def state(self, name: str, languages: frozenset[Language]) -> State:
        self.rendered += 1
        if self.broken:
            raise OSError(name)
        return State(rev=self.rev, parts=dict.fromkeys(languages, self.parts))

    def write(self, **parts: str) -> None:
        self.rev += 1
        self.parts = {**self.parts, **parts}


async def told(seat: Seat, topic: str = "board:x") -> dict[str, Any]:
    """Return the next message of a topic; beats are passed over."""
    while True:
        for line in (await asyncio.wait_for(seat.take(), WAIT)).split("\n"):
            message: dict[str, Any] = json.loads(line)
            if message.get("topic") == topic:
                return message


def with_board(work: Callable[[Hub, Board], Coroutine[Any, Any, None]],
               board: Board | None = None) -> None:
    """Run work on a hub in a thread of its own: a browser's loop may hold this one."""
    made = board or Board()
    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(asyncio.run, work(Hub({"board": made}, pace=QUICK), made)).result()


async def until(so: Callable[[], object]) -> None:
    """Wait until something is so; looked at often, as the hub tells nobody of its health."""
    async with asyncio.timeout(WAIT):
        while not so():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)


TOPIC = frozenset({"board:x"})


def test_the_first_thing_told_is_the_whole_state_and_then_what_changed() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as seat:
            whole = await told(seat)
            board.write(b="<p>2</p>")
            hub.touch("board:x")
            patch = await told(seat)

        assert whole["html"] == {"a": "<p>1</p>", "b": "<p>1</p>"}
        assert "from" not in whole
        assert (patch["from"], patch["rev"], patch["html"]) == (1, 2, {"b": "<p>2</p>"})

    with_board(work)


def test_a_change_is_rendered_once_for_all_who_read_the_same_language() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as one, hub.seated(TOPIC, "zh") as other:
            await told(one)
            await told(other)
            before = board.rendered
            board.write(a="<p>2</p>")
            hub.touch("board:x")
            first, second = await told(one), await told(other)

            assert board.rendered == before + 1
            assert first == second

    with_board(work)


def test_a_page_that_reads_slowly_gets_the_latest_whole_and_holds_up_nobody() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as slow, hub.seated(TOPIC, "zh") as quick:
            await told(slow)
            await told(quick)
            for number in range(2, 6):
                board.write(a=f"<p>{number}</p>")
                hub.touch("board:x")
                patch = await told(quick)
                assert patch["html"] == {"a": f"<p>{number}</p>"}
            late = await told(slow)

        assert "from" not in late
        assert (late["rev"], late["html"]) == (5, {"a": "<p>5</p>", "b": "<p>1</p>"})

    with_board(work)


def test_what_nobody_tells_of_is_looked_at_again_and_again() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as seat:
            await told(seat)
            board.write(a="<p>2</p>")
            assert (await told(seat))["rev"] == 2

    with_board(work, Board(watched=True))


def test_nothing_is_told_where_nothing_changed_but_a_sign_of_life() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as seat:
            await told(seat)
            sign = json.loads(await asyncio.wait_for(seat.take(), WAIT))

        assert set(sign) == {"epoch", "checked"}
        assert sign["epoch"] >= sign["checked"]

    with_board(work, Board(watched=True))


def test_a_source_that_fails_is_asked_again_and_the_health_says_so() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as seat:
            await until(lambda: hub.health["publish"].fault)
            assert hub.health["publish"].fault == "OSError"
            board.broken = False
            assert (await told(seat))["rev"] == 1
            await until(lambda: not hub.health["publish"].fault)

        assert hub.health["publish"].restarts >= 1

    with_board(work, Board(broken=True))


def test_a_page_may_listen_to_more_and_to_nothing_that_is_not_there() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(frozenset({"nothing:x"}), "zh") as seat:
            assert seat.topics == frozenset()
            hub.listen(seat, TOPIC | {"nothing:x"})
            assert (await told(seat))["rev"] == 1

    with_board(work)


def test_nothing_runs_while_nobody_listens() -> None:
    async def work(hub: Hub, board: Board) -> None:
        async with hub.seated(TOPIC, "zh") as seat:
            await told(seat)
        await asyncio.sleep(0.05)
        asked = board.rendered
        hub.touch("board:x")
        await asyncio.sleep(0.1)

        assert board.rendered == asked
        assert not any(one.running for one in hub.health.values())

    with_board(work, Board(watched=True))

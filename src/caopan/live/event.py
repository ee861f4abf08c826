"""Events (事件): what happened in a room, as a batch brings it; read fast, each checked alone.

A batch is a JSON array or one JSON object a line. Where every event of it is sound it is read in
one go; where one is not, each is read alone, so that a bad one is refused and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from caopan.units.message import CaopanError, Message, Text

MOST_EVENTS, MOST_BYTES = 10_000, 4 << 20
FIRST_YEAR, LAST_YEAR = 2000, 2099
EARLIEST_MS, LATEST_MS = 946_684_800_000, 4_102_444_800_000
"""The same years: a time in seconds instead of milliseconds lies before."""
TOO_LARGE, TOO_MANY, NO_BATCH = "too_large", "too_many", "no_batch"

Source = Literal["hand", "observed", "platform", "computed", "synthetic"]
Channel = Literal["private", "public", "paid"]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Note = Annotated[str, msgspec.Meta(max_length=500)]
Moment = int | Annotated[datetime, msgspec.Meta(tz=True)]
Amount = (Annotated[float, msgspec.Meta(ge=0, le=1e12)]
          | Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$")])


class Event(msgspec.Struct, tag_field="kind", frozen=True, gc=False):
    """What every event says: its id, when, and from whom it is known."""

    id: Name
    at: Moment
    source: Source


class Enter(Event, tag="enter", frozen=True, gc=False):
    """People came in."""

    count: Count = 1
    channel: Channel | None = None


class Leave(Event, tag="leave", frozen=True, gc=False):
    """People left."""

    count: Count = 1
    channel: Channel | None = None


class Online(Event, tag="online", frozen=True, gc=False):
    """How many are there: a gauge."""

    value: Count


class Impression(Event, tag="impression", frozen=True, gc=False):
    """A product's card was seen."""

    product_id: Name
    count: Count = 1


class Click(Event, tag="click", frozen=True, gc=False):
    """A product was clicked."""

    product_id: Name
    count: Count = 1


class Order(Event, tag="order", frozen=True, gc=False):
    """Something was sold; ``amount`` in major units."""

    order_id: Name
    product_id: Name
    amount: Amount
    quantity: Count = 1
    buyer_id: str | None = None


class Refund(Event, tag="refund", frozen=True, gc=False):
    """Money went back."""

    order_id: Name
    amount: Amount


class Comment(Event, tag="comment", frozen=True, gc=False):
    """Somebody wrote; the words are kept only where the workspace says so."""

    count: Count = 1
    text: Note | None = None


class Like(Event, tag="like", frozen=True, gc=False):
    """Somebody liked."""

    count: Count = 1


class Follow(Event, tag="follow", frozen=True, gc=False):
    """Somebody followed."""

    count: Count = 1


class Share(Event, tag="share", frozen=True, gc=False):
    """Somebody passed it on."""

    count: Count = 1


class Spend(Event, tag="spend", frozen=True, gc=False):
    """Money was spent on traffic."""

    plan_id: Name
    amount: Amount
    impressions: Count | None = None
    entries: Count | None = None


class Stock(Event, tag="stock", frozen=True, gc=False):
    """How many boxes are left: a gauge."""

    product_id: Name
    value: Count


class Price(Event, tag="price", frozen=True, gc=False):
    """The price that is shown on air."""

    product_id: Name
    amount: Amount


class Heartbeat(Event, tag="heartbeat", frozen=True, gc=False):
    """The stream is alive."""

    note: Note | None = None


class Warned(Event, tag="warning", frozen=True, gc=False):
    """The platform has warned."""

    note: Note | None = None


Known = (Enter | Leave | Online | Impression | Click | Order | Refund | Comment | Like | Follow
       | Share | Spend | Stock | Price | Heartbeat | Warned)
KINDS: dict[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind for kind in (
        Enter, Leave, Online, Impression, Click, Order, Refund, Comment, Like, Follow, Share,
        Spend, Stock, Price, Heartbeat, Warned)}
_ALL = msgspec.json.Decoder(list[Known])
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_ONE = msgspec.json.Decoder(Known)
_LOOSE = msgspec.json.Decoder(dict[str, object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An event that was refused: its place in the batch, its id where it has one, and why."""

    index: int
    message: Message
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The sound events of a batch in their order, and the refused ones."""

    events: list[Known]
    rejected: tuple[Rejected, ...] = ()


def read(body: bytes, *, lines: bool = False) -> Batch:
    r"""Return the events of a batch.

    Args:
        body: a JSON array; one object a line with ``lines``.
        lines: whether it is NDJSON.

    >>> batch = read(b'{"id":"1","at":1764240000000,"kind":"enter","source":"hand"}\n{"id":"2"}',
    ...              lines=True)
    >>> len(batch.events), [(one.index, one.id) for one in batch.rejected]
    (1, [(1, '2')])

    Raises:
        BadBatchError: it is no batch at all, or too large.
    """
    if len(body) > MOST_BYTES:
        raise BadBatchError(TOO_LARGE, f"{len(body)} B")
    try:
        events = _ONE.decode_lines(body) if lines else _ALL.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _one_by_one(body, lines=lines)
    _check_number(len(events))
    return _in_their_years(events)


def _one_by_one(body: bytes, *, lines: bool) -> Batch:
    raws: list[bytes] = ([line for line in body.split(b"\n") if line.strip()] if lines
                         else list(map(bytes, _entries(body))))
    _check_number(len(raws))
    events: list[Known] = []
    rejected: list[Rejected] = []
    for index, raw in enumerate(raws):
        try:
            event = _ONE.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            rejected.append(Rejected(index=index, id=_id_of(raw), message=_unsound(str(error))))
            continue
        if _in_time(event):
            events.append(event)
        else:
            rejected.append(Rejected(index=index, id=event.id, message=_odd_time(event)))
    return Batch(events=events, rejected=tuple(rejected))


def _entries(body: bytes) -> list[msgspec.Raw]:
    try:
        return _RAWS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadBatchError(NO_BATCH, str(error)) from None


def _in_their_years(events: list[Known]) -> Batch:
    times = [event.at for event in events]
    try:  # whole numbers, as nearly every batch has, are looked at without a call for each
        sound = not times or (min(times) >= EARLIEST_MS and max(times) < LATEST_MS)  # type: ignore[operator]
    except TypeError:
        sound = all(map(_in_time, events))
    if sound:
        return Batch(events=events)
    rejected = tuple(Rejected(index=index, id=event.id, message=_odd_time(event))
                     for index, event in enumerate(events) if not _in_time(event))
    return Batch(events=[event for event in events if _in_time(event)], rejected=rejected)


def _in_time(event: Event) -> bool:
    at = event.at
    if isinstance(at, int):
        return EARLIEST_MS <= at < LATEST_MS
    return FIRST_YEAR <= at.year <= LAST_YEAR


def milliseconds(event: Event) -> int:
    """Return when an event was, in epoch milliseconds.

    >>> from datetime import UTC
    >>> milliseconds(Like(id="1", at=datetime(2026, 1, 1, tzinfo=UTC), source="hand"))
    1767225600000
    """
    at = event.at
    return at if isinstance(at, int) else round(at.timestamp() * 1000)


def minor(amount: float | str) -> int:
    """Return an amount of an event in minor units.

    >>> minor("59.90"), minor(12)
    (5990, 1200)
    """
    return round(float(amount) * 100)


def _id_of(raw: bytes) -> str | None:
    try:
        found = _LOOSE.decode(raw).get("id")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found[:64] if isinstance(found, str) else None


def _check_number(n: int) -> None:
    if n > MOST_EVENTS:
        raise BadBatchError(TOO_MANY, f"{n} > {MOST_EVENTS}")


def _unsound(why: str) -> Message:
    return Message(key="bad_event", values={"why": why},
                   text=Text(zh="事件读不懂：{why}", en="the event cannot be read: {why}"),
                   hint=Text(zh="按接口说明改好这一条再发；同批其余的已经收下",
                             en="mend this one by the contract and send it again; the others of "
                                "its batch were taken"))


def _odd_time(event: Event) -> Message:
    return Message(key="odd_time", values={"at": str(event.at)},
                   text=Text(zh="时间 {at} 不在 2000–2099 年", en="{at} is not in 2000–2099"),
                   hint=Text(zh="整数时间用毫秒，不是秒", en="whole numbers are milliseconds"))


class BadBatchError(CaopanError):
    """Raised for a batch that cannot be taken at all."""

    def __init__(self, key: str, value: str) -> None:
        """Say what it is and what it may be."""
        super().__init__(Message(
            key=key, values={"value": value, "most": MOST_EVENTS, "mib": MOST_BYTES >> 20},
            text=Text(zh="这一批收不下：{value}", en="the batch cannot be taken: {value}"),
            hint=Text(zh="一批是 JSON 数组或每行一个对象，最多 {most} 条、{mib} MiB",
                      en="a batch is a JSON array or one object a line, at most {most} events and "
                         "{mib} MiB")))

"""Kuaishou: orders one by one, told by the shop's webhook and read by the open platform's API.

After the e-commerce open platform: a call is AES-CBC (zero IV) over JSON and names an order; what
the order is comes from ``open.order.detail`` alone. ``open.order.cursor.list`` finds what no call
told of. An order belongs to the session its carrier names (``carrierType`` 2: a live room).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from caopan.ingest.feeds.capability import Capability, How
from caopan.ingest.feeds.cipher import opened
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Call, Feed, Line, Need, Way
from caopan.ingest.feeds.increment import prefix
from caopan.ingest.feeds.reading import Reading, minor, whole
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import Ask, read
from caopan.live import event as ev
from caopan.units.message import Text

NAME, PERIOD = "kuaishou", 30.0
BASE = "https://openapi.kwaixiaodian.com"
APP, SIGN, TOKEN, MESSAGE, CALLER, HOST = (f"CAOPAN_KUAISHOU_{name}" for name in (
    "APP_KEY", "SIGN_SECRET", "TOKEN", "MESSAGE_KEY", "CALL_SECRET", "BASE"))
DETAIL, LIST = "open.order.detail", "open.order.cursor.list"
PAID, OF_LIVE, GOOD, NO_MORE = "kwaishop_order_paySuccess", 2, 1, "nomore"
LATE, AHEAD = timedelta(days=1), timedelta(minutes=5)
"""A call may be so old (the platform tries again), or so far ahead of our clock."""
PAGE, MOST_PAGES, MOST_WAITING = 50, 200, 5_000
OVERLAP = timedelta(minutes=2)


@dataclass(slots=True)
class Kuaishou:
    """The orders of one live session. ``listed``: until when the list was read."""

    line: Line
    listed: datetime | None = None
    clock: datetime | None = field(default=None, repr=False)
    _called: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_WAITING), repr=False)

    def poll(self, now: datetime) -> Reading:
        """Return the orders that calls told of, and those of the list where it is due."""
        found = {one.id: one for one in self._of_calls(now)}
        if self.listed is None or now - self.listed >= timedelta(seconds=PERIOD * 0.8):
            found |= {one.id: one for one in self._of_list(now)}
            self.listed = now
        return Reading(at=now, each=tuple(found.values()), clock=self.clock)

    def hear(self, about: str) -> None:
        """Remember an order to ask for."""
        if about not in self._called:
            self._called.append(about)

    def close(self) -> None:
        """Forget what waits."""
        self._called.clear()

    def _of_calls(self, now: datetime) -> Iterator[ev.Order]:
        while self._called:
            order = self._called[0]
            yield from self._order(self._detail(order, now))
            self._called.popleft()  # only now: a call that fails is asked for again

    def _of_list(self, now: datetime) -> Iterator[ev.Order]:
        since = min(self.listed or self.line.began, now) - OVERLAP
        asked: dict[str, object] = {
            "orderViewStatus": 1, "pageSize": PAGE, "sort": 1, "queryType": 2, "cursor": "",
            "beginTime": _milliseconds(since), "endTime": _milliseconds(now)}
        for _ in range(MOST_PAGES):
            part = self._asked(LIST, asked, now)
            for row in part.get("orderList") or ():
                if isinstance(row, dict) and isinstance(row.get("orderBaseInfo"), dict):
                    yield from self._order(self._whole(row, now))
            asked["cursor"] = part.get("cursor") or NO_MORE
            if asked["cursor"] == NO_MORE:
                return

    def _whole(self, row: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return a row that says where the order came from; by its detail where it does not."""
        base = row["orderBaseInfo"]
        if "carrierType" in base and "carrierId" in base:
            return row
        return self._detail(str(base.get("oid")), now)

    def _detail(self, order: str, now: datetime) -> dict[str, Any]:
        return self._asked(DETAIL, {"oid": int(order) if order.isdecimal() else order}, now)

    def _order(self, row: dict[str, Any]) -> Iterator[ev.Order]:
        """Yield the order where it was paid, in this session; one of no money is a gift."""
        base, item = row.get("orderBaseInfo"), row.get("orderItemInfo")
        if not isinstance(base, dict) or not isinstance(item, dict):
            raise FeedError(Cause.UNREADABLE, "orderBaseInfo")
        if (whole(base, "carrierType") != OF_LIVE
                or str(base.get("carrierId")) != self.line.live_id):
            return
        paid_at, fee, order = whole(base, "payTime"), minor(base, "totalFee", scale=1), base["oid"]
        if paid_at and fee and paid_at >= _milliseconds(self.line.began):
            yield ev.Order(
                id=f"{prefix(NAME, self.line.live_id)}k/{order}", at=paid_at, source="platform",
                order_id=str(order), product_id=str(item.get("itemId") or item.get("relItemId")),
                quantity=whole(item, "num") or 1, amount=f"{fee // 100}.{fee % 100:02}",
                buyer_id=base.get("buyerOpenId") or None)

    def _asked(self, method: str, asked: Mapping[str, object], now: datetime) -> dict[str, Any]:
        safe = self.line.safe
        told = {"access_token": safe.need(TOKEN), "appkey": safe.need(APP), "method": method,
                "param": json.dumps(asked, separators=(",", ":")), "signMethod": "HMAC_SHA256",
                "timestamp": str(_milliseconds(now)), "version": "1"}
        answer = self.line.wire(Ask(
            base=safe.get(HOST) or BASE, path="/" + method.replace(".", "/"),
            query={**told, "sign": signed(told, secret=safe.need(SIGN))}))
        self.clock = answer.clock
        found = read(answer)
        if found.get("result") != GOOD:
            raise _fault(found)
        data = found.get("data")
        if not isinstance(data, dict):
            raise FeedError(Cause.UNREADABLE, "data")
        return data


def signed(told: Mapping[str, str], *, secret: str) -> str:
    """Return the signature of a call: HMAC-SHA256 over its parameters in order, in base64.

    >>> signed({"method": "a", "appkey": "b"}, secret="s")
    'odZZ44j6CsUlN14T2M4RpxQGZadtQk6eI0EKW5rwli8='
    """
    text = "&".join(f"{name}={told[name]}" for name in sorted(told)) + f"&signSecret={secret}"
    return base64.b64encode(
        hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()


def checked(body: bytes, headers: Mapping[str, str], safe: Safe, now: datetime) -> Call | None:
    """Return what a call is about: an order that was paid; None for any other sound call.

    It is sound where it was sealed with our key, names our application, and is of these days;
    where a secret of the caller is set, it must be signed with it too (``kwaisign``). Whatever is
    wrong, the refusal is the same.

    Raises:
        FeedError: it is not sound.
    """
    _check_sign(body, headers, safe)
    try:
        sealed = base64.b64decode(body.strip().strip(b'"'), validate=True)
        key = base64.b64decode(safe.need(MESSAGE), validate=True)
        told = json.loads(opened(sealed, key=key))
    except (ValueError, binascii.Error, RecursionError):
        raise FeedError(Cause.REFUSED, "call") from None
    if not isinstance(told, dict) or told.get("appKey") != safe.need(APP):
        raise FeedError(Cause.REFUSED, "call")
    at = told.get("updateTime") or told.get("createTime")
    if (not isinstance(at, int) or not now - LATE <= _instant(at) <= now + AHEAD
            or not told.get("eventId")):
        raise FeedError(Cause.REFUSED, "call")
    order = told.get("bizId")
    if told.get("event") != PAID or told.get("test") or order is None:
        return None
    return Call(id=str(told["eventId"]), about=str(order), at=_instant(at))


def _check_sign(body: bytes, headers: Mapping[str, str], safe: Safe) -> None:
    secret = safe.get(CALLER)
    if secret is None:
        return
    due = hashlib.md5(body + secret.encode()).hexdigest()  # noqa: S324 - the platform's own
    if not hmac.compare_digest(due, headers.get("kwaisign", "").lower()):
        raise FeedError(Cause.REFUSED, "call")


def _instant(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise FeedError(Cause.REFUSED, "call") from None


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _fault(found: Mapping[str, Any]) -> FeedError:
    words = " ".join(str(found[name]) for name in ("code", "sub_msg", "subMsg", "error_msg",
                                                   "errorMsg", "msg") if found.get(name))
    told, low = f"{found.get('result')} {words}", words.lower()
    if "token" in low:
        return FeedError(Cause.EXPIRED, told)
    if "timestamp" in low or "时间戳" in words:
        return FeedError(Cause.CLOCK, told)
    if "频" in words or "限流" in words or "limit" in low:
        return FeedError(Cause.LIMITED, told)
    return FeedError(Cause.REFUSED, told)


FEED = Feed(
    name=NAME, title=Text(zh="快手小店（订单）", en="Kuaishou shop (orders)"), way=Way.PUSH,
    period=PERIOD, begin=Kuaishou, check=checked, reply={"result": 1},
    live_id=Text(zh="直播编号（订单里的 carrierId）", en="the live id (an order's carrierId)"),
    source="https://open.kwaixiaodian.com/zone/new/docs/api?name=open.order.detail&version=1",
    gives=(Capability(
        kind="order", how=How.EACH, seconds=round(PERIOD) + 5, basis=Text(
            zh="逐笔已付款订单，商品总价不含运费；0 元（福袋、赠品）不计；回调几秒到，另 30 秒一查",
            en="each paid order, goods without freight; one of no money (a gift, a draw) is left "
               "out; within seconds by the webhook, each half minute without it")),),
    cannot=(
        Text(zh="没有在线、进房、点击、评论：接口只有一个 UV 数，含义没有写明，不采",
             en="neither viewers, entries, clicks nor comments: the API has one number of people, "
                "whose meaning is not documented, and it is not taken"),
        Text(zh="没有投放花费、没有库存和价格", en="no ad spend, stock or price"),
        Text(zh="退款不采：状态码没有公开文档可核",
             en="refunds are not taken: their states are not documented in public"),
        Text(zh="不能弹讲解商品", en="no pinning of a product")),
    needs=(
        Need(name=APP, title=Text(zh="appKey", en="the appKey"), secret=False),
        Need(name=SIGN, title=Text(zh="签名密钥 signSecret", en="the signSecret")),
        Need(name=TOKEN, title=Text(zh="access_token", en="access_token")),
        Need(name=MESSAGE, title=Text(zh="消息密钥（收回调才要）", en="the message key, for calls"),
             optional=True),
        Need(name=CALLER, title=Text(zh="回调签名密钥（kwaisign，有才填）",
                                     en="the secret of kwaisign, where calls are signed"),
             optional=True),
        Need(name=HOST, title=Text(zh="接口地址", en="the address"), secret=False,
             optional=True)))

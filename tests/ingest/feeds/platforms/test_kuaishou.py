"""Kuaishou's connector before a fake that checks signatures; calls are sealed as documented."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Line, Poller
from caopan.ingest.feeds.platforms.kuaishou import FEED, checked
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import carried
from caopan.live.event import Order
from tests.ingest.feeds.fake import Asked, Platform, Said, platform

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MS = round(NOW.timestamp() * 1000)
KEY = base64.b64encode(b"sixteen bytes !!").decode()
SIGN, TOKEN, APP, LIVE = "sign-secret-of-nobody", "token-of-nobody", "ks1", "8811"
SET = {"CAOPAN_KUAISHOU_APP_KEY": APP, "CAOPAN_KUAISHOU_SIGN_SECRET": SIGN,
       "CAOPAN_KUAISHOU_TOKEN": TOKEN, "CAOPAN_KUAISHOU_MESSAGE_KEY": KEY}


def order(oid: int, *, live: str = LIVE, fee: int = 5990, **other: int) -> dict[str, Any]:
    base = {"oid": oid, "payTime": MS - 1000, "totalFee": fee, "status": 30, "carrierType": 2,
            "carrierId": int(live), "buyerOpenId": "b1", **other}
    return {"orderBaseInfo": base, "orderItemInfo": {"itemId": 301, "num": 2}}


@dataclass
class Shop:
    """The fake: orders by number, and the pages of its list."""

    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    pages: list[list[dict[str, Any]]] = field(default_factory=lambda: [[]])
    broken: Said | None = None

    def answer(self, asked: Asked) -> Said:
        if self.broken is not None:
            return self.broken
        told = dict(asked.query)
        sign = told.pop("sign")
        text = "&".join(f"{name}={told[name]}" for name in sorted(told)) + f"&signSecret={SIGN}"
        due = base64.b64encode(hmac.new(SIGN.encode(), text.encode(), hashlib.sha256).digest())
        if sign != due.decode():
            return Said(body={"result": 27, "error_msg": "签名错误"})
        if told["access_token"] != TOKEN:
            return Said(body={"result": 28, "error_msg": "access_token 过期"})
        param = json.loads(told["param"])
        if asked.path == "/open/order/detail":
            return Said(body={"result": 1, "data": self.orders[param["oid"]]})
        page = int(param["cursor"] or 0)
        more = str(page + 1) if page + 1 < len(self.pages) else "nomore"
        return Said(body={"result": 1, "data": {"orderList": self.pages[page], "cursor": more}})


@pytest.fixture
def shop() -> Iterator[tuple[Shop, Platform]]:
    made = Shop()
    with platform(made.answer) as running:
        yield made, running


def begun(running: Platform, **other: str) -> Poller:
    safe = Safe(SET | {"CAOPAN_KUAISHOU_BASE": running.base} | other)
    return FEED.begin(Line(live_id=LIVE, safe=safe, wire=carried, began=NOW - timedelta(hours=1)))


def sealed(told: object, *, key: str = KEY) -> bytes:
    padding = PKCS7(128).padder()
    plain = padding.update(json.dumps(told).encode()) + padding.finalize()
    closing = Cipher(algorithms.AES(base64.b64decode(key)), modes.CBC(bytes(16))).encryptor()
    return base64.b64encode(closing.update(plain) + closing.finalize())


def message(**other: object) -> dict[str, Any]:
    return {"eventId": "243_1", "msgId": "84_1", "bizId": 2607602240240301, "userId": 1,
            "openId": "f1", "appKey": APP, "event": "kwaishop_order_paySuccess",
            "info": '{"oid":2607602240240301}', "status": 2, "createTime": MS - 2000,
            "updateTime": MS} | other


def test_the_order_of_a_call_is_asked_for_and_comes_once(shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.orders[7] = order(7)
    poller = begun(running)
    poller.hear("7")
    poller.hear("7")

    first, second = poller.poll(NOW), poller.poll(NOW + timedelta(seconds=1))

    paid = first.each[0]
    assert isinstance(paid, Order)
    assert (paid.order_id, paid.product_id, paid.quantity) == ("7", "301", 2)
    assert (paid.amount, paid.at, paid.buyer_id) == ("59.90", MS - 1000, "b1")
    assert second.each == ()


def test_the_list_finds_what_no_call_told_of_under_the_same_ids(
        shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.orders[7] = order(7)
    made.pages = [[order(7)], [order(8), order(9, live="9999"), order(10, fee=0),
                               order(11, payTime=0), order(12, carrierType=1),
                               order(13, payTime=MS - 7_200_000)]]
    poller = begun(running)
    poller.hear("7")

    reading = poller.poll(NOW)

    assert [one.order_id for one in reading.each if isinstance(one, Order)] == ["7", "8"]
    assert len({one.id for one in reading.each}) == 2


def test_a_row_without_its_carrier_is_asked_for_alone(shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.orders[8] = order(8)
    bare = order(8)
    del bare["orderBaseInfo"]["carrierType"]
    made.pages = [[bare]]

    assert len(begun(running).poll(NOW).each) == 1


def test_an_order_that_could_not_be_asked_for_is_asked_for_again(
        shop: tuple[Shop, Platform]) -> None:
    made, running = shop
    made.orders[7], made.broken = order(7), Said(status=503, body=b"")
    poller = begun(running)
    poller.hear("7")

    with pytest.raises(FeedError):
        poller.poll(NOW)
    made.broken = None

    assert len(poller.poll(NOW).each) == 1


@pytest.mark.parametrize(("other", "cause"), [
    ({"CAOPAN_KUAISHOU_SIGN_SECRET": "another-secret"}, Cause.REFUSED),
    ({"CAOPAN_KUAISHOU_TOKEN": "another-token"}, Cause.EXPIRED),
])
def test_wrong_keys_are_named_by_what_a_person_must_do(
        shop: tuple[Shop, Platform], other: dict[str, str], cause: Cause) -> None:
    _, running = shop

    with pytest.raises(FeedError) as fault:
        begun(running, **other).poll(NOW)

    assert fault.value.cause is cause


def test_a_call_that_was_sealed_with_our_key_is_about_its_order() -> None:
    call = checked(sealed(message()), {}, Safe(SET), NOW)

    assert call is not None
    assert (call.id, call.about, call.at) == ("243_1", "2607602240240301", NOW)


@pytest.mark.parametrize("other", [{"event": "kwaishop_order_addOrder"}, {"test": True}])
def test_a_sound_call_about_something_else_is_about_nothing(other: dict[str, Any]) -> None:
    assert checked(sealed(message(**other)), {}, Safe(SET), NOW) is None


@pytest.mark.parametrize("body", [
    sealed(message(), key=base64.b64encode(b"another sixteen!").decode()),
    sealed(message())[:-8],
    sealed(message(appKey="ks2")),
    sealed(message(updateTime=MS - 2 * 86_400_000)),
    sealed(message(updateTime=MS + 600_000)),
    sealed(message(updateTime=10**18)),
    sealed(message(eventId="")),
    sealed([1]),
    b"not base64", b"", json.dumps(message()).encode(),
], ids=["key", "cut", "application", "old", "ahead", "never", "no id", "list", "text", "nothing",
        "plain"])
def test_every_call_that_is_not_sound_is_refused_alike(body: bytes) -> None:
    with pytest.raises(FeedError) as refused:
        checked(body, {}, Safe(SET), NOW)

    assert refused.value.cause is Cause.REFUSED


def test_where_calls_are_signed_a_signature_is_required() -> None:
    body, secret = sealed(message()), "caller-secret"
    safe = Safe(SET | {"CAOPAN_KUAISHOU_CALL_SECRET": secret})
    sign = hashlib.md5(body + secret.encode()).hexdigest()  # noqa: S324 - the platform's own

    assert checked(body, {"kwaisign": sign}, safe, NOW) is not None
    for headers in ({}, {"kwaisign": "0" * 32}):
        with pytest.raises(FeedError):
            checked(body, headers, safe, NOW)

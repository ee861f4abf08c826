"""Every connector there is; each platform's file says its own."""

from __future__ import annotations

from caopan.ingest.feeds.feed import Feed
from caopan.ingest.feeds.platforms import douyin, kuaishou, obs, shopee, wechat
from caopan.units.message import CaopanError, Message, Text

FEEDS: dict[str, Feed] = {one.name: one for one in (
    kuaishou.FEED, douyin.FEED, wechat.FEED, shopee.FEED, obs.FEED)}


def feed_of(name: str) -> Feed:
    """Return a connector by its name.

    >>> feed_of("shopee").verified.value
    'unverified'

    Raises:
        NoSuchFeedError: there is none of that name.
    """
    if name not in FEEDS:
        raise NoSuchFeedError(name)
    return FEEDS[name]


class NoSuchFeedError(CaopanError):
    """Raised for a connector that is not there."""

    def __init__(self, name: str) -> None:
        """Name it, and those that are."""
        super().__init__(Message(
            key="no_such_feed", values={"name": name[:40], "known": ", ".join(FEEDS)},
            text=Text(zh="没有叫 {name} 的对接", en="there is no connector {name}"),
            hint=Text(zh="有：{known}", en="there are {known}")))

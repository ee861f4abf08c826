"""Why a connector got nothing (对接故障): named, so that it is known how long to wait."""

from __future__ import annotations

from enum import StrEnum

from caopan.units.message import CaopanError, Message, Text


class Cause(StrEnum):
    """What is wrong."""

    LIMITED = "feed_limited"
    EXPIRED = "feed_expired"
    REFUSED = "feed_refused"
    CLOCK = "feed_clock"
    UNREACHABLE = "feed_unreachable"
    UNREADABLE = "feed_unreadable"
    UNSET = "feed_unset"


LASTING = frozenset({Cause.EXPIRED, Cause.REFUSED, Cause.UNSET})
"""What only a person mends: asking often would help nobody."""
_SAYS: dict[Cause, tuple[Text, Text]] = {
    Cause.LIMITED: (
        Text(zh="平台限流：{told}", en="the platform limits how often it may be asked: {told}"),
        Text(zh="会自动放慢，过后补上", en="it is asked more slowly and catches up by itself")),
    Cause.EXPIRED: (
        Text(zh="令牌失效：{told}", en="the token is no longer valid: {told}"),
        Text(zh="换上新令牌（环境变量或密钥文件），不用重启",
             en="put a new token into the file of secrets; nothing need be started again")),
    Cause.REFUSED: (
        Text(zh="平台拒绝：{told}", en="the platform refused: {told}"),
        Text(zh="核对密钥、权限和直播编号", en="check the keys, the permission and the live id")),
    Cause.CLOCK: (
        Text(zh="平台说时间不对：{told}", en="the platform says that the time is off: {told}"),
        Text(zh="校准本机时钟；下一次按平台的时间签名",
             en="set this machine's clock; the next call is signed by the platform's time")),
    Cause.UNREACHABLE: (
        Text(zh="连不上：{told}", en="it cannot be reached: {told}"),
        Text(zh="会自动重试，间隔逐次加长", en="it is tried again by itself, less and less often")),
    Cause.UNREADABLE: (
        Text(zh="平台的回答读不懂：{told}", en="the platform's answer cannot be read: {told}"),
        Text(zh="这一次什么都没记；还这样就改用手动录入",
             en="nothing of it was kept; where it stays so, enter by hand")),
    Cause.UNSET: (
        Text(zh="缺少设置：{told}", en="a setting is missing: {told}"),
        Text(zh="写进环境变量或密钥文件", en="put it into the environment or the file of secrets"))}


class FeedError(CaopanError):
    """Raised where a platform gave nothing; ``told`` never carries a secret or an address."""

    def __init__(self, cause: Cause, told: str, *, retry_seconds: float | None = None) -> None:
        """Say what is wrong, and how long the platform asks to wait."""
        text, hint = _SAYS[cause]
        super().__init__(Message(key=cause.value, text=text, values={"told": told[:200]},
                                 hint=hint))
        self.cause = cause
        self.told = told
        self.retry_seconds = retry_seconds

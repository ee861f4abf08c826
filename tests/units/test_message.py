from __future__ import annotations

from caopan.units.message import CaopanError, Message, Text

LATE = Message(key="late", text=Text(zh="{who} 晚了 {n} 分钟", en="{who} is {n} minutes late"),
               values={"who": "林晚", "n": 7},
               hint=Text(zh="先放暖场视频给 {who}", en="play the warm-up video for {who}"))


def test_a_message_speaks_both_languages() -> None:
    assert LATE.say("zh") == "林晚 晚了 7 分钟"
    assert LATE.say("en") == "林晚 is 7 minutes late"
    assert LATE.advise("zh") == "先放暖场视频给 林晚"


def test_a_message_without_a_hint_advises_nothing() -> None:
    assert Message(key="k", text=Text(zh="空", en="empty")).advise("zh") is None


def test_an_error_carries_its_message() -> None:
    error = CaopanError(LATE)

    assert str(error) == "林晚 is 7 minutes late"
    assert error.message.key == "late"

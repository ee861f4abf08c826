"""Words for people: one key, two languages, named placeholders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A sentence in both languages, with ``{placeholders}`` shared by both.

    >>> Text(zh="第 {row} 行", en="row {row}").say("en", row=41)
    'row 41'
    """

    zh: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        """Return the sentence in one language with its placeholders filled.

        >>> Text(zh="好", en="good").say("zh")
        '好'
        """
        return (self.zh if language == "zh" else self.en).format(**values)

    def plain(self, language: Language) -> str:
        """Return a finished sentence in one language; braces in it are a name's own.

        >>> Text(zh="主播{1}号", en="host {1}").plain("zh")
        '主播{1}号'
        """
        return self.zh if language == "zh" else self.en

    def document(self) -> dict[str, str]:
        """Return a finished sentence in both languages, as JSON carries it.

        >>> Text(zh="好", en="good").document()
        {'zh': '好', 'en': 'good'}
        """
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A keyed sentence with its values: what happened, the value, what to do next.

    >>> message = Message(key="late", text=Text(zh="晚了 {n} 天", en="{n} days late"),
    ...                   values={"n": 2})
    >>> message.say("zh")
    '晚了 2 天'
    """

    key: str
    text: Text
    values: dict[str, object] = field(default_factory=dict)
    hint: Text | None = None

    def say(self, language: Language) -> str:
        """Return what happened, in one language.

        >>> Message(key="k", text=Text(zh="空", en="empty")).say("en")
        'empty'
        """
        return self.text.say(language, **self.values)

    def advise(self, language: Language) -> str | None:
        """Return what to do next, in one language; None where there is nothing to do.

        >>> Message(key="k", text=Text(zh="空", en="empty")).advise("en") is None
        True
        """
        return self.hint.say(language, **self.values) if self.hint else None

    def document(self, language: Language) -> dict[str, str | None]:
        """Return it as JSON carries it: its key, what happened, what to do next.

        >>> Message(key="k", text=Text(zh="空", en="empty")).document("en")
        {'key': 'k', 'message': 'empty', 'hint': None}
        """
        return {"key": self.key, "message": self.say(language), "hint": self.advise(language)}


class CaopanError(Exception):
    """Raised when the product refuses; it carries a message for people in both languages.

    ``usage`` marks a question that was put wrongly, whatever the data are.
    """

    usage: ClassVar[bool] = False

    def __init__(self, message: Message) -> None:
        """Keep the message; the English sentence is the exception's own text."""
        super().__init__(message.say("en"))
        self.message = message

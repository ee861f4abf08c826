"""A person's taste (偏好): language, theme, which colour rises, how dense; kept in a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, get_args

from starlette.requests import HTTPConnection
from starlette.responses import Response

from caopan.units.message import LANGUAGES, Language
from caopan.web.spoken import spoken

COOKIE = "caopan_taste"
YEAR = 365 * 86_400
"""Seconds that a browser remembers a taste."""
Theme = Literal["dark", "light"]
Rise = Literal["green", "red"]
"""The colour of what went well: green, or red as Chinese boards show it (红涨绿跌)."""
Density = Literal["standard", "compact", "live"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """How one person's screen looks and speaks."""

    language: Language = "zh"
    theme: Theme = "dark"
    rise: Rise = "green"
    density: Density = "standard"

    @classmethod
    def read(cls, cookie: str | None, *, spoken: Language = "zh") -> Self:
        """Return the taste a cookie holds; what it does not know stays as it is shipped.

        Args:
            cookie: what the browser kept.
            spoken: the language it likes best, for as long as nobody has chosen one.

        >>> Taste.read("en.light.red.live").theme, Taste.read("en.pink").theme
        ('light', 'dark')
        >>> Taste.read(None, spoken="en").language, Taste.read("zh", spoken="en").language
        ('en', 'zh')
        """
        words = (cookie or "").split(".")
        return cls(
            language=next((one for one in LANGUAGES if one in words), spoken),
            theme=next((one for one in get_args(Theme) if one in words), "dark"),
            rise=next((one for one in get_args(Rise) if one in words), "green"),
            density=next((one for one in get_args(Density) if one in words), "standard"))

    def cookie(self) -> str:
        """Return the taste as a cookie keeps it.

        >>> Taste(language="en").cookie()
        'en.dark.green.standard'
        """
        return f"{self.language}.{self.theme}.{self.rise}.{self.density}"


def taste_of(asking: HTTPConnection) -> Taste:
    """Return the taste of who asks: what was chosen, else what the browser says of itself.

    >>> asking = HTTPConnection({"type": "http", "headers": [(b"accept-language", b"en-GB")]})
    >>> taste_of(asking).language
    'en'
    """
    return Taste.read(asking.cookies.get(COOKIE),
                      spoken=spoken(asking.headers.get("accept-language")))


def keep(answer: Response, taste: Taste) -> None:
    """Let an answer carry a taste to the browser.

    >>> answer = Response()
    >>> keep(answer, Taste(language="en"))
    >>> answer.headers["set-cookie"].split(";")[0]
    'caopan_taste=en.dark.green.standard'
    """
    answer.set_cookie(COOKIE, taste.cookie(), max_age=YEAR, samesite="lax", httponly=True)

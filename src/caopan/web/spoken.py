"""The language a caller likes best."""

from __future__ import annotations

from caopan.units.message import LANGUAGES, Language


def spoken(header: str | None) -> Language:
    """Return the language that an ``Accept-Language`` header likes best of those there are.

    >>> spoken("fr, en-GB;q=0.8, zh;q=0.5"), spoken(None)
    ('en', 'zh')
    """
    liked: dict[Language, float] = {}
    for wish in (header or "").split(","):
        tag, _, quality = wish.strip().partition(";q=")
        for language in LANGUAGES:
            if tag.lower().partition("-")[0] == language:
                liked[language] = max(liked.get(language, 0.0), _weight(quality))
    return max(liked, key=lambda one: liked[one]) if any(liked.values()) else "zh"


def _weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0

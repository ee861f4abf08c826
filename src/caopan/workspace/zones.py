"""Time zones by their IANA name."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caopan.units.message import CaopanError, Message, Text


def known_zone(name: str | None) -> str | None:
    """Return the name where it is one, None for None.

    >>> known_zone("Asia/Jakarta")
    'Asia/Jakarta'

    Raises:
        UnknownZoneError: no such zone.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZoneError(name) from None


class UnknownZoneError(CaopanError):
    """Raised for a time zone that does not exist."""

    usage = True

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_zone",
            text=Text(zh="没有时区 {name}", en="no time zone {name}"), values={"name": name},
            hint=Text(zh="例如 --timezone Asia/Shanghai 或 Asia/Jakarta",
                      en="for example --timezone Asia/Shanghai or Asia/Jakarta")))

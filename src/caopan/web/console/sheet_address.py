"""Where the run sheet of a session is (节目单地址)."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def address(session: str) -> str:
    """Return where a session's run sheet is; an id may hold any character.

    >>> address("林晚 3/1")
    '/runsheets/%E6%9E%97%E6%99%9A%203%2F1'
    """
    return f"/runsheets/{quote(session, safe='')}"


def item_query(item_id: str) -> str:
    """Return what stands behind the address to open an item.

    >>> item_query("a b")
    '?item=a+b#rs-item'
    """
    return f"?{urlencode({'item': item_id})}#rs-item"

"""The menu (菜单): what stands in the rail, on the phone's bar and in the palette."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its word is a message id of the catalogue, its key follows ``g``."""

    word: str
    path: str
    icon: str
    key: str
    on_phone: bool = False
    also: tuple[str, ...] = ()
    """Other addresses whose pages belong to it."""


MENU: tuple[Entry, ...] = (
    Entry(word="今日", path="/", icon="house", key="t", on_phone=True),
    Entry(word="导入", path="/import", icon="inbox", key="i"),
    Entry(word="主播", path="/subjects", icon="users", key="s", on_phone=True),
    Entry(word="诊断", path="/diagnose", icon="stethoscope", key="d", on_phone=True),
    Entry(word="规划", path="/plan", icon="route", key="p", on_phone=True,
          also=("/growth",)),
    Entry(word="活动", path="/campaigns", icon="calendar-range", key="c"),
    Entry(word="直播间", path="/rooms", icon="radio", key="r", on_phone=True),
    Entry(word="指标", path="/metrics", icon="ruler", key="m"),
    Entry(word="手册", path="/handbook", icon="book-open", key="h"),
    Entry(word="质量", path="/quality", icon="shield-check", key="q"),
)
SETTINGS = Entry(word="设置", path="/settings", icon="settings", key=",")


def current(path: str) -> str:
    """Return the path of the entry a page belongs to; the longest that fits.

    >>> current("/subjects/s1"), current("/")
    ('/subjects', '/')
    """
    fitting = [(len(under), entry.path) for entry in (*MENU, SETTINGS)
               for under in (entry.path, *entry.also)
               if path == under or (under != "/" and path.startswith(under + "/"))]
    return max(fitting, default=(0, ""))[1]

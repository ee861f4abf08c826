"""The form of one item (改一项): its fields as text, and what was changed in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData

from caopan.plan.item import Item
from caopan.plan.run_sheet_document import MONEY, WORDS, item_written
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.room_commands import anchored
from caopan.web.console.sheet_values import span, time_of

PLAIN = ("title", "type", "class", "product_id", "fallback_id")
ENDS = ("low", "mid", "high", "level")
RANGES = ("gmv", "units")
BATCH = ("quantity", "when", "locked")
SPARE_BATCHES = 2
"""Empty rows for more batches."""
LEVEL = 0.8
SEXAGESIMAL, LONGEST = 3, 4
"""Parts of a length, and digits of each, at most."""


def filled(item: Item, currency: str) -> dict[str, Any]:
    """Return what the form of an item holds: a text for every field, lists of texts for batches.

    >>> from caopan.plan.item import ItemType
    >>> filled(Item(id="a", type=ItemType.QA, title="答疑", seconds=90), "CNY")["seconds"]
    '1:30'
    """
    told = item_written(item, currency)
    form: dict[str, Any] = {name: told[name] or "" for name in (*PLAIN, *MONEY)}
    form["seconds"] = span(item.seconds)
    form["min_seconds"] = "" if item.min_seconds is None else span(item.min_seconds)
    form["anchor"] = "" if item.anchor is None else time_of(item.anchor)
    form |= {name: "\n".join(getattr(item, name)) for name in WORDS}
    form["sample_ready"] = {None: "", True: "yes", False: "no"}[item.sample_ready]
    form["optional"] = "yes" if item.optional else ""
    for name in RANGES:
        told_range = _mapping(_mapping(told["target"]).get(name))
        form |= {f"{name}_{end}": _short(told_range.get(end)) for end in ENDS}
    form["batch_quantity"] = [str(one.quantity) for one in item.stock_batches]
    form["batch_when"] = [one.when or "" for one in item.stock_batches]
    form["batch_locked"] = ["yes" if one.locked else "" for one in item.stock_batches]
    return form


def typed(form: FormData) -> dict[str, Any]:
    """Return a form as it was typed, in the shape of ``filled``."""
    told: dict[str, Any] = {name: str(form.get(name, "")).replace("\r\n", "\n").strip()
                            for name in (*PLAIN, *MONEY, *WORDS, "seconds", "min_seconds", "anchor",
                                         "sample_ready", "optional",
                                         *(f"{name}_{end}" for name in RANGES for end in ENDS))}
    columns = [[str(each).strip() for each in form.getlist(f"batch_{name}")] for name in BATCH]
    rows = [row for row in zip(*columns, strict=False) if row[0] or row[1]]
    told |= {f"batch_{name}": [row[at] for row in rows] for at, name in enumerate(BATCH)}
    return told


def changed(said: Mapping[str, Any], was: Mapping[str, Any], *, near: datetime | None
            ) -> dict[str, Any]:
    """Return the changed fields in the run sheet's JSON; what is as it was is left out.

    Args:
        said: the form as it was typed.
        was: the form of the item as the page showed it.
        near: when the session begins: a time of day is meant near it.

    >>> changed({"title": "新", "seconds": "10"}, {"title": "旧", "seconds": "10"}, near=None)
    {'title': '新'}

    Raises:
        BadFieldError: a length or a time cannot be read.
    """
    names = {name for name in said if said[name] != was.get(name)}
    found: dict[str, Any] = {name: said[name] or None for name in names & {*PLAIN}}
    found |= {name: said[name].lstrip("¥$").replace(",", "") or None for name in names & {*MONEY}}
    found |= {name: [line.strip() for line in said[name].split("\n") if line.strip()]
              for name in names & {*WORDS}}
    found |= {name: _seconds(said[name], name) for name in names & {"seconds", "min_seconds"}}
    if "anchor" in names:
        found["anchor"] = _anchor(said["anchor"], near)
    if "sample_ready" in names:
        found["sample_ready"] = {"yes": True, "no": False}.get(said["sample_ready"])
    if "optional" in names:
        found["optional"] = said["optional"] == "yes"
    if names & {f"batch_{name}" for name in BATCH}:
        found["stock_batches"] = [
            {"quantity": int(quantity) if quantity.isdecimal() else quantity, "when": when or None,
             "locked": locked == "yes"} for quantity, when, locked in zip(
                *(said[f"batch_{name}"] for name in BATCH), strict=True)]
    if any(name.startswith(RANGES) for name in names):
        found["target"] = {name: _range(said, name) for name in RANGES}
    return found


def _seconds(said: str, name: str) -> int | None:
    """Return minutes, minutes and seconds, or hours, minutes and seconds as seconds."""
    if not said:
        return None
    parts = said.replace("：", ":").split(":")
    if len(parts) > SEXAGESIMAL or not all(one.isascii() and one.isdigit() and len(one) <= LONGEST
                                           for one in parts):
        raise BadFieldError(said, field=name)
    minutes, seconds = (parts[:-1], int(parts[-1])) if len(parts) > 1 else (parts, 0)
    whole = 0
    for one in minutes:
        whole = whole * 60 + int(one)
    return whole * 60 + seconds


def _anchor(said: str, near: datetime | None) -> str | None:
    if not said:
        return None
    if near is None:
        raise NoStartError(said)
    at = anchored(said.replace("：", ":"), near=near)
    if at is None:
        raise BadFieldError(said, field="anchor")
    return at.isoformat()


def _range(said: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    *ends, level = (said[f"{name}_{end}"].replace(",", "") for end in ENDS)
    return {**dict(zip(ENDS, ends, strict=False)), "level": level or LEVEL} if any(ends) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _short(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


class BadFieldError(CaopanError):
    """Raised for a length or a time that cannot be read."""

    def __init__(self, said: str, *, field: str) -> None:
        """Name the field and what was typed."""
        super().__init__(Message(
            key="bad_field", values={"where": f"items[].{field}", "value": said[:40]},
            text=Text(zh="{where}写的是“{value}”，看不懂",
                      en="{where} says “{value}”, which cannot be read"),
            hint=Text(zh="时长写分钟，例如 12 或 12:30；时刻写 20:30",
                      en="write a length in minutes, such as 12 or 12:30, and a time as 20:30")))


class NoStartError(CaopanError):
    """Raised for a promised time in a session whose start nobody knows."""

    def __init__(self, said: str) -> None:
        """Say what is missing."""
        super().__init__(Message(
            key="no_start", values={"where": "items[].anchor", "value": said[:40]},
            text=Text(zh="不知道这一场几点开播，{where}“{value}”没法排",
                      en="when this session begins is not known, so {where} “{value}” cannot be "
                         "kept"),
            hint=Text(zh="先导入排期（planned_sessions），再写整点承诺",
                      en="import the plan (planned_sessions) first")))

"""How line-ups are put in order (排品规则): the shipped page, a workspace's edits, a plan's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue, Level
from caopan.playbook.fields import Fields
from caopan.playbook.overlay import LINE_UP_FILE, merged
from caopan.playbook.reader import read_source, shipped
from caopan.playbook.rule import Confidence
from caopan.playbook.source import Source
from caopan.units.message import Text

CLASSES = ("welfare", "traffic", "hero", "profit", "image", "regular")
LENGTHS = ("一组 [最少, 通常, 最多] 秒", "seconds as [least, usual, most]")
MINUTES = ("不小于 0 的分钟数", "minutes, 0 or more")
WORDS = ("一组文字", "a list of texts")
SHARES = ("至少两个大于 0 的数", "at least two numbers above 0")
FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A promise: a product begins at a minute of the show, not before and not after."""

    product_id: str
    minute: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUpRules:
    """The rules in force.

    ``seconds``: least, usual and most by class; ``apart``: minutes between two of a class;
    ``first``: the classes that may open, empty: any. ``stretch``: minutes a host is on air at most
    without a break, None: no breaks. ``traffic``: assumed, in equal parts of the show.
    ``orders``: pairs of products, the first before the second. ``loss_cap``: minor units.
    ``demanded``: the names of the rules that must hold.
    """

    seconds: dict[str, tuple[int, int, int]]
    apart: dict[str, float]
    first: frozenset[str]
    open_seconds: int
    close_seconds: int
    break_seconds: int
    stretch: float | None
    length_power: float
    traffic: tuple[float, ...]
    hold_seconds: int
    margin_floor: float
    cover: float
    banned: tuple[str, ...]
    source: Text
    confidence: Confidence
    pins: tuple[Pin, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    loss_cap: int | None = None
    demanded: frozenset[str] = frozenset()


def line_up_rules(folder: Path | None = None, *, plan: Path | None = None
                  ) -> tuple[LineUpRules, list[Issue]]:
    """Return the rules with a workspace's edits and a plan's own file laid over them.

    Args:
        folder: the workspace's ``playbook`` folder; None: the shipped page alone.
        plan: a plan's ``rules.toml``; None: it has none.

    >>> rules, issues = line_up_rules()
    >>> rules.seconds["hero"][0], sorted(rules.first), issues
    (180, ['traffic', 'welfare'], [])

    Raises:
        OSError: a file cannot be opened.
        TypeError: the shipped page itself is not sound.
    """
    base = read_source(shipped().joinpath(LINE_UP_FILE), file=LINE_UP_FILE)
    read = None if isinstance(base, Issue) else _read(base, own={})
    if isinstance(base, Issue) or read is None or read[0] is None:
        raise TypeError(LINE_UP_FILE)
    rules, issues = read[0], []
    edits = [(folder / LINE_UP_FILE, False)] if folder is not None else []
    for path, is_plan in [*edits, *([] if plan is None else [(plan, True)])]:
        if not path.is_file():
            continue
        edit = read_source(path, file=path.name)
        if isinstance(edit, Issue):
            issues.append(edit)
            continue
        laid = Source(file=edit.file, text=edit.text, data=merged(base.data, edit.data))
        changed, wrong = _read(laid, own=edit.data if is_plan else {})
        issues += wrong
        if changed is not None:
            base, rules = laid, changed
    return rules, issues


def _read(source: Source, *, own: Mapping[str, object]) -> tuple[LineUpRules | None, list[Issue]]:
    issues: list[Issue] = []
    page = Fields(source=source, issues=issues, data=dict(source.data))
    nothing = Text(zh="–", en="–")
    show, response, lint = (_table(page, name) for name in ("show", "response", "lint"))
    stretch = show.number("stretch_minutes")
    cap = page.number("loss_cap")
    rules = LineUpRules(
        seconds=_lengths(page), apart=_apart(page), first=_classes(page),
        open_seconds=show.whole("open_seconds", default=0),
        close_seconds=show.whole("close_seconds", default=0),
        break_seconds=show.whole("break_seconds", default=300), stretch=stretch or None,
        length_power=min(max(response.number("length_power") or 0.0, 0.0), 1.0),
        traffic=_traffic(response), hold_seconds=lint.whole("hold_seconds", default=480),
        margin_floor=lint.number("margin_floor") or 0.0, cover=lint.number("cover") or 1.0,
        banned=_words(lint), pins=_pins(page), orders=_orders(page),
        loss_cap=None if cap is None else round(cap * 100),
        source=page.text("source", required=True) or nothing,
        confidence=page.choice("confidence", Confidence) or Confidence.WEAK,
        demanded=frozenset(_demanded(own)))
    for each in (show, response, lint, page):
        each.finish()
    refused = any(one.level is Level.ERROR for one in issues)
    return (None if refused else rules), issues


def _demanded(own: Mapping[str, object]) -> list[str]:
    """Return the names of the rules a plan's own file speaks of."""
    names = [name for name in ("first", "loss_cap") if name in own]
    apart, show = own.get("apart_minutes"), own.get("show")
    names += [f"apart.{kind}" for kind in apart] if isinstance(apart, dict) else []
    names += ["stretch"] if isinstance(show, dict) and "stretch_minutes" in show else []
    return names


def _table(page: Fields, name: str) -> Fields:
    return page.table(name) or Fields(source=page.source, issues=page.issues, data={})


def _wrong(fields: Fields, name: str, value: object, wanted: tuple[str, str]) -> None:
    fields.complain("wrong_type", name, value=value, wanted_zh=wanted[0], wanted_en=wanted[1])


def _number(value: object, least: float = 0.0) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= least


def _lengths(page: Fields) -> dict[str, tuple[int, int, int]]:
    table, found = _table(page, "seconds"), {}
    for kind in CLASSES:
        value = table.raw(kind, required=True)
        if isinstance(value, list) and len(value) == len(("least", "usual", "most")) and all(
                isinstance(one, int) and _number(one, 1) for one in value) and (
                value == sorted(value)):
            found[kind] = (value[0], value[1], value[2])
        else:
            _wrong(table, kind, value, LENGTHS)
    table.finish()
    return found


def _apart(page: Fields) -> dict[str, float]:
    table, found = _table(page, "apart_minutes"), {}
    for kind in CLASSES:
        value = table.raw(kind)
        if isinstance(value, int | float) and _number(value):
            found[kind] = float(value)
        elif value is not None:
            _wrong(table, kind, value, MINUTES)
    table.finish()
    return {kind: minutes for kind, minutes in found.items() if minutes}


def _classes(page: Fields) -> frozenset[str]:
    value = page.raw("first")
    if isinstance(value, list) and all(one in CLASSES for one in value):
        return frozenset(value)
    if value is not None:
        page.complain("unknown_choice", "first", value=value, choices=", ".join(CLASSES))
    return frozenset()


def _traffic(response: Fields) -> tuple[float, ...]:
    value = response.raw("traffic")
    if isinstance(value, list) and len(value) >= FEWEST and all(
            _number(one) and one > 0 for one in value):
        return tuple(float(one) for one in value)
    _wrong(response, "traffic", value, SHARES)
    return (1.0, 1.0)


def _words(lint: Fields) -> tuple[str, ...]:
    value = lint.raw("banned")
    if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    if value is not None:
        _wrong(lint, "banned", value, WORDS)
    return ()


def _pins(page: Fields) -> tuple[Pin, ...]:
    found = []
    for one in page.tables("pins"):
        product, minute = one.string("product", required=True), one.number("minute")
        if minute is None or minute < 0:
            _wrong(one, "minute", minute, MINUTES)
        elif product:
            found.append(Pin(product_id=product, minute=minute))
        one.finish()
    return tuple(found)


def _orders(page: Fields) -> tuple[tuple[str, str], ...]:
    found = []
    for one in page.tables("orders"):
        pair = (one.string("first", required=True), one.string("then", required=True))
        if pair[0] and pair[1]:
            found.append((pair[0], pair[1]))
        one.finish()
    return tuple(found)

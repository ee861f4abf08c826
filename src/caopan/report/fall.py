"""One decomposition ready to be laid out: drawing, rows, and the reason where it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from caopan.diagnose.diagnosis import Change, Subject
from caopan.report.factor_rows import FactorRow, factor_rows
from caopan.report.levels import levels
from caopan.report.scale import tick_label, word_for
from caopan.report.waterfall import NO_LINKS, waterfall
from caopan.report.words import WORDS, Words
from caopan.units import number
from caopan.units.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A decomposition; ``rows`` is empty, and ``refused`` says why, where there is none."""

    title: str
    sub: str
    formula: str
    method: str
    drawing: Markup | None
    rows: tuple[FactorRow, ...]
    flags: tuple[str, ...]
    refused: str
    bring: str


def fall(
    change: Change, *, subject: Subject, name: str, key: str, words: Words,
    links: Mapping[str, str] = NO_LINKS,
) -> Fall:
    """Return the decomposition with its waterfall; ``key`` makes its ids unique on the page.

    ``links`` says where a factor leads to, by its id.
    """
    found = tree(change, subject=subject, words=words)
    if found.refused:
        return found
    drawing = waterfall(change, name=name, currency=subject.currency, key=key, words=words,
                        links=links)
    return Fall(title=found.title, sub=found.sub, formula=found.formula, method=found.method,
                drawing=drawing, rows=found.rows, flags=found.flags, refused="", bring="")


def tree(change: Change, *, subject: Subject, words: Words) -> Fall:
    """Return a further way to split the same change, as rows only."""
    refused = change.refused
    text = words.told(refused) if refused else "" if change.factors else words("refused.default")
    key = f"method.{change.method}"
    rows = () if text else factor_rows(change, currency=subject.currency, words=words)
    return Fall(
        title=words.of(f"fall.{_direction(change)}", change.measure),
        formula=words.said(change.formula),
        sub="" if text else _sub(change, subject.currency, words),
        method=words(key) if key in WORDS else change.method, drawing=None, rows=rows,
        flags=tuple(words.told(flag) for flag in change.flags), refused=text,
        bring=words.advised(refused) if refused else "")


def _direction(change: Change) -> str:
    if change.after == change.before:
        return "flat"
    return "down" if change.after < change.before else "up"


def _sub(change: Change, currency: str, words: Words) -> str:
    total = number.change(change.after - change.before, unit=change.unit, currency=currency,
                          language=words.language)
    parts = [words("fall.sub", n=len(change.factors), change=total)]
    if change.unit is Unit.UNITS:
        parts.append(words("fall.units"))
    level = next((factor.interval.level for factor in change.factors if factor.interval), None)
    if level is not None:
        parts.append(words("fall.whisker", level=number.level(level).strip("()")))
    found = levels(change)
    if found.broken:
        word = word_for([found.low, found.high], language=words.language)
        floor = tick_label(found.low, step=found.low, word=word)
        parts.append(words("fall.floor", floor=floor))
    if found.cut:
        parts.append(words("fall.cut"))
    return words("semicolon").join(parts)

"""The radar (雷达图) of abilities beside the peer mean, and its twin in ranked bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.report.svg import share
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.rows import HEIGHT, MIDDLE, Row, Rows
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """One axis (五力之一): own score and peer mean on the scale of the chart; None is unknown."""

    name: Text
    score: float | None
    peer: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar(Figure):
    """Abilities on one scale from 0 to ``top``; the bars beside rank them by their lead.

    >>> from caopan.units.unit import Unit
    >>> stock = Ability(name=Text(zh="货", en="Goods"), score=60, peer=70, n=12)
    >>> voice = Ability(name=Text(zh="播", en="Host"), score=80, peer=70, n=12)
    >>> chart = Radar(title=Text(zh="五力", en="Forces"), unit=Unit.COUNT,
    ...               abilities=(stock, voice))
    >>> [one.name.en for one in chart.ranked]
    ['Host', 'Goods']
    """

    kind: ClassVar[str] = "radar"
    abilities: tuple[Ability, ...]
    top: float = 100.0

    @property
    def ranked(self) -> tuple[Ability, ...]:
        """Return the abilities, the largest lead over the peers first, unknown ones last."""
        return tuple(sorted(self.abilities, key=lambda one: -(_lead(one) or 0.0)
                            if _lead(one) is not None else self.top * 2))

    def rows(self, *, language: Language) -> Rows:
        """Return the twin in bars: own score as a bar, the peer mean as a tick."""
        axis = Scale(low=0.0, high=self.top)
        return Rows(axis=None, rows=tuple(self._row(one, axis, language) for one in self.ranked))

    def twin(self, *, language: Language) -> Twin:
        """Return a row an ability with score, peer mean, lead and n."""
        rows = tuple((one.name.plain(language), self.said(one.score, language=language),
                      self.said(one.peer, language=language),
                      self.moved(_lead(one), language=language), f"{one.n:,}")
                     for one in self.ranked)
        return Twin(columns=columns(_ABILITY, _OWN, _PEER, _LEAD, _SAMPLE, language=language),
                    rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say where the lead is largest and where it is smallest."""
        known = [one for one in self.ranked if _lead(one) is not None]
        if not known:
            return _NONE.plain(language)
        first, last = known[0], known[-1]
        return _SUMMARY.say(
            language, first=first.name.plain(language), last=last.name.plain(language),
            lead=self.moved(_lead(first), language=language),
            trail=self.moved(_lead(last), language=language))

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Name both outlines."""
        return (Key(sign=Sign.ACTUAL, label=_OWN.plain(language)),
                Key(sign=Sign.PEER, label=_PEER.plain(language)))

    def data(self, *, language: Language) -> dict[str, object]:
        """Return names, scores and peer means in the order given."""
        return {"top": self.top, "names": [one.name.plain(language) for one in self.abilities],
                "score": [one.score for one in self.abilities],
                "peer": [one.peer for one in self.abilities],
                "words": {"score": _OWN.plain(language), "peer": _PEER.plain(language)}}

    def _row(self, one: Ability, axis: Scale, language: Language) -> Row:
        name, value = one.name.plain(language), self.said(one.score, language=language)
        peer = _BESIDE.say(language, peer=self.said(one.peer, language=language))
        return Row(name=name, note=f"n = {one.n:,}", value=value, span=peer,
                   bar=_bar(one, axis, f"{name} {value} {peer}"))


def _bar(one: Ability, axis: Scale, title: str) -> Markup:
    parts = [_block(100.0, "track")]
    if one.score is not None:
        parts.append(_block(axis.at(one.score), "now"))
    if one.peer is not None:
        at = share(axis.at(one.peer))
        parts.append(svg.line((at, MIDDLE - 9), (at, MIDDLE + 9), "peer mid"))
    return svg.strip(*parts, height=HEIGHT, title=title)


def _block(wide: float, kind: str) -> str:
    return svg.tag("rect", x=0.0, y=MIDDLE - 5, width=share(wide), height=10.0, rx=2.0,
                   class_=f"b {kind}")


def _lead(one: Ability) -> float | None:
    return None if one.score is None or one.peer is None else one.score - one.peer


_ABILITY = Text(zh="能力", en="Ability")
_OWN = Text(zh="自己", en="Own")
_PEER = Text(zh="同行均值", en="Peer mean")
_LEAD = Text(zh="领先", en="Lead")
_SAMPLE = Text(zh="样本", en="Sample")
_BESIDE = Text(zh="同行 {peer}", en="peers {peer}")
_NONE = Text(zh="没有能和同行比的一项。", en="No ability can be compared with peers.")
_SUMMARY = Text(zh="比同行最强的是 {first}（{lead}），最弱的是 {last}（{trail}）。",
                en="Strongest beside peers: {first} ({lead}); weakest: {last} ({trail}).")

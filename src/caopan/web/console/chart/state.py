"""In which state a chart is, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caopan.units.message import Language, Text


class Condition(StrEnum):
    """Ready and stale charts are drawn; the others say in words why there is nothing to see."""

    READY = "ready"
    EMPTY = "empty"
    LOADING = "loading"
    TOO_LITTLE_DATA = "too_little_data"
    ERROR = "error"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A condition with what it must say.

    ``needs`` is what is missing (too little data) or what went wrong (error);
    ``age_seconds`` is how old the data of a stale chart are.
    """

    condition: Condition
    needs: Text | None = None
    age_seconds: int | None = None

    @property
    def drawn(self) -> bool:
        """Return whether there is a chart to see."""
        return self.condition in {Condition.READY, Condition.STALE}


READY = State(condition=Condition.READY)
EMPTY = State(condition=Condition.EMPTY)
LOADING = State(condition=Condition.LOADING)

_SENTENCES: dict[Condition, Text] = {
    Condition.EMPTY: Text(zh="这段时间没有数据。换个时间，或先导入。",
                          en="No data for this time. Choose another period, or import first."),
    Condition.LOADING: Text(zh="正在算……", en="Computing …"),
    Condition.TOO_LITTLE_DATA: Text(zh="数据还不够：{needs}", en="Not enough data yet: {needs}"),
    Condition.ERROR: Text(zh="没算出来：{needs}", en="Could not be computed: {needs}"),
    Condition.STALE: Text(zh="数据停在 {age}", en="Data stopped {age}"),
}
_UNSAID = Text(zh="原因不明，请刷新再试", en="unknown reason, reload to try again")
_AGES: tuple[tuple[int, Text], ...] = (
    (86_400, Text(zh="{n} 天前", en="{n} d ago")),
    (3_600, Text(zh="{n} 小时前", en="{n} h ago")),
    (60, Text(zh="{n} 分钟前", en="{n} min ago")),
    (0, Text(zh="{n} 秒前", en="{n} s ago")),
)


def too_little_data(needs: Text) -> State:
    """Return the state of a chart that needs more: say what.

    >>> said(too_little_data(Text(zh="还差 3 场", en="3 more sessions")), language="en")
    'Not enough data yet: 3 more sessions'
    """
    return State(condition=Condition.TOO_LITTLE_DATA, needs=needs)


def failed(reason: Text) -> State:
    """Return the state of a chart that could not be computed: say why and what to do.

    >>> said(failed(Text(zh="文件读不出", en="the file cannot be read")), language="zh")
    '没算出来：文件读不出'
    """
    return State(condition=Condition.ERROR, needs=reason)


def stale(age_seconds: int) -> State:
    """Return the state of a chart whose data are older than they should be.

    >>> said(stale(75), language="zh"), said(stale(7200), language="en")
    ('数据停在 1 分钟前', 'Data stopped 2 h ago')
    """
    return State(condition=Condition.STALE, age_seconds=age_seconds)


def said(state: State, *, language: Language) -> str:
    """Return the words of a state; a chart that is ready says nothing.

    >>> said(READY, language="zh")
    ''
    """
    sentence = _SENTENCES.get(state.condition)
    if sentence is None:
        return ""
    return sentence.plain(language).replace(
        "{needs}", (state.needs or _UNSAID).plain(language)).replace(
        "{age}", age(state.age_seconds or 0, language=language))


def age(seconds: int, *, language: Language) -> str:
    """Return how long ago something was, in the largest unit that it fills.

    >>> age(12, language="zh"), age(90_000, language="en")
    ('12 秒前', '1 d ago')
    """
    size, sentence = next(step for step in _AGES if seconds >= step[0] or not step[0])
    return sentence.say(language, n=seconds // size if size else max(seconds, 0))

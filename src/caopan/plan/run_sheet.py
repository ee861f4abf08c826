"""A run sheet (节目单): the items of one session in the order they go on air."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from caopan.plan.item import Item
from caopan.units.message import CaopanError, Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSheet:
    """Items in their order; ids differ. ``currency`` is that of every amount."""

    items: tuple[Item, ...] = ()
    currency: str = "CNY"
    version: int = 1

    def at(self, item_id: str) -> int:
        """Return the place of an item, 0-based.

        Raises:
            NoSuchItemError: the sheet has no such item.
        """
        for at, one in enumerate(self.items):
            if one.id == item_id:
                return at
        raise NoSuchItemError(item_id)

    def item(self, item_id: str) -> Item:
        """Return an item by its id.

        >>> RunSheet().item("a")
        Traceback (most recent call last):
        caopan.plan.run_sheet.NoSuchItemError: the run sheet has no item a
        """
        return self.items[self.at(item_id)]

    def changed(self, item_id: str, change: Callable[[Item], Item]) -> RunSheet:
        """Return the sheet with one item changed.

        >>> from caopan.plan.item import ItemType
        >>> sheet = RunSheet(items=(Item(id="a", type=ItemType.QA, title="问", seconds=60),))
        >>> sheet.changed("a", lambda one: replace(one, seconds=90)).seconds
        90
        """
        at = self.at(item_id)
        return replace(self, items=(*self.items[:at], change(self.items[at]),
                                    *self.items[at + 1:]))

    def without(self, item_id: str) -> RunSheet:
        """Return the sheet without an item.

        >>> RunSheet().without("a")
        Traceback (most recent call last):
        caopan.plan.run_sheet.NoSuchItemError: the run sheet has no item a
        """
        at = self.at(item_id)
        return replace(self, items=self.items[:at] + self.items[at + 1:])

    def inserted(self, item: Item, *, after: int) -> RunSheet:
        """Return the sheet with an item below the place ``after``; -1 puts it first.

        >>> from caopan.plan.item import ItemType
        >>> [one.id for one in RunSheet().inserted(Item(id="a", type=ItemType.QA, title="问",
        ...                                             seconds=60), after=-1).items]
        ['a']
        """
        return replace(self, items=(*self.items[:after + 1], item, *self.items[after + 1:]))

    @property
    def seconds(self) -> int:
        """Return the length of all items together.

        >>> RunSheet().seconds
        0
        """
        return sum(one.seconds for one in self.items)


class NoSuchItemError(CaopanError):
    """Raised where a run sheet is asked for an item that it has not."""

    def __init__(self, item_id: str) -> None:
        """Name the item."""
        super().__init__(Message(
            key="no_such_item", values={"item": item_id},
            text=Text(zh="节目单里没有 {item} 这一项", en="the run sheet has no item {item}"),
            hint=Text(zh="看看现在的节目单：它可能刚被改过或删掉",
                      en="look at the run sheet as it is now: the item may just have been changed "
                         "or taken out")))

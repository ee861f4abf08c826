"""What the system fills into a campaign (系统建议): parts with reasons, each taken on its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_difference import Change, difference
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.campaign_part_words import Part
from caopan.workspace.lineup import LineUpResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One part: what would change, and why; ``untold``: why nothing can be proposed."""

    part: Part
    changes: tuple[Change, ...]
    reasons: tuple[Text, ...]
    untold: Text | None = None
    sheets: tuple[LineUpResult, ...] = ()
    """The run sheets it would keep."""

    @property
    def empty(self) -> bool:
        """Return whether taking it would change nothing."""
        return not self.changes and not self.sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The offers for one version of a campaign; ``steps``: what each makes of the one before."""

    campaign: Campaign
    offers: tuple[Offer, ...]
    steps: Mapping[Part, Campaign]

    def offer(self, part: Part) -> Offer | None:
        """Return the offer of a part, None where it was not asked for."""
        return next((one for one in self.offers if one.part is part), None)


def offered(part: Part, before: Campaign, after: Campaign, reasons: tuple[Text, ...],
            untold: Text | None = None) -> Offer:
    """Return an offer from what it would make of a campaign."""
    return Offer(part=part, changes=difference(before, after), reasons=reasons, untold=untold)


def parts_of(asked: Collection[str]) -> tuple[Part, ...]:
    """Return the parts named, in their order; none named: all.

    >>> [one.value for one in parts_of(["stock", "targets"])]
    ['targets', 'stock']

    Raises:
        NoSuchPartError: a name is none.
    """
    for name in asked:
        if name not in set(Part):
            raise NoSuchPartError(name)
    return tuple(one for one in Part if not asked or one in asked)


class NoSuchPartError(CaopanError):
    """Raised for a part that no proposal has."""

    usage = True

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="no_such_part", values={"part": name[:40], "parts": ", ".join(Part)},
            text=Text(zh="建议里没有“{part}”这一部分", en="no proposal has a part “{part}”"),
            hint=Text(zh="用其中之一：{parts}", en="use one of: {parts}")))

"""How ready a campaign is (准备度): each assurance, what blocks, and the last moment that saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caopan.plan.campaign import Campaign
from caopan.plan.campaign_checks import Check, Known
from caopan.plan.campaign_crew import contingency_checks, crew_checks
from caopan.plan.campaign_goods import pitch_checks, rhythm_checks
from caopan.plan.campaign_money import spend_checks
from caopan.playbook.campaign import Assurance


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One assurance: how much of it stands, and the first gap.

    ``share`` is a ratio 0-1, None where there is nothing to do yet. The first gap is one that
    blocks, then the one due first.
    """

    assurance: Assurance
    checks: tuple[Check, ...]

    @property
    def done(self) -> int:
        """Return how many checks stand."""
        return sum(one.done for one in self.checks)

    @property
    def share(self) -> float | None:
        """Return the share that stands."""
        return self.done / len(self.checks) if self.checks else None

    @property
    def gap(self) -> Check | None:
        """Return the first gap, None where everything stands."""
        return next(iter(_open(self.checks)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """All five assurances."""

    standings: tuple[Standing, ...]
    now: datetime

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return every check."""
        return tuple(check for one in self.standings for check in one.checks)

    @property
    def share(self) -> float | None:
        """Return the share of all checks that stands."""
        return sum(one.done for one in self.checks) / len(self.checks) if self.checks else None

    @property
    def mended(self) -> float | None:
        """Return the share once every blocker is dealt with."""
        if not self.checks:
            return None
        return sum(one.done or one.blocks for one in self.checks) / len(self.checks)

    @property
    def blockers(self) -> tuple[Check, ...]:
        """Return what the show cannot begin without, the one due first first."""
        return tuple(one for one in _open(self.checks) if one.blocks)

    @property
    def late(self) -> tuple[Check, ...]:
        """Return the blockers whose last moment has passed."""
        return tuple(one for one in self.blockers if one.due is not None and one.due < self.now)

    @property
    def last_moment(self) -> Check | None:
        """Return the blocker due first of those not late: until then all the rest can be done.

        None where no blocker with a last moment is left.
        """
        return next((one for one in self.blockers
                     if one.due is not None and one.due >= self.now), None)


def readiness(campaign: Campaign, known: Known) -> Readiness:
    """Return how ready a campaign is.

    Args:
        campaign: as it is designed.
        known: what it is held against: its template, the handbook, the run sheets that are kept.
    """
    found = {Assurance.PITCH: pitch_checks(campaign, known),
             Assurance.RHYTHM: rhythm_checks(campaign, known),
             Assurance.CREW: crew_checks(campaign, known),
             Assurance.SPEND: spend_checks(campaign, known),
             Assurance.CONTINGENCY: contingency_checks(campaign, known)}
    return Readiness(now=known.now, standings=tuple(
        Standing(assurance=assurance, checks=tuple(checks))
        for assurance, checks in found.items()))


def _open(checks: Sequence[Check]) -> list[Check]:
    """Return what is not done: what blocks first, then what is due first, undated last."""
    return sorted((one for one in checks if not one.done), key=lambda one: (
        not one.blocks, one.due is None, one.due.timestamp() if one.due else 0.0))

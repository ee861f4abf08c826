"""A campaign and how it stands as a JSON document and as lines for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caopan.live.role import ROLE_WORDS, Role
from caopan.plan.campaign_checks import Check
from caopan.plan.campaign_difference import Change
from caopan.plan.campaign_document import written
from caopan.plan.campaign_outlook import Chance, Outlook
from caopan.plan.campaign_readiness import Readiness
from caopan.playbook.campaign import ASSURANCE_WORDS, PHASE_WORDS
from caopan.report.document import amount
from caopan.report.document import interval as money_interval
from caopan.units import number
from caopan.units.clock import to_the_minute
from caopan.units.message import Language
from caopan.units.unit import Unit
from caopan.workspace.campaign_part_words import PART_WORDS
from caopan.workspace.campaign_words import (
    ABOVE,
    BELOW,
    BLOCKER,
    EXPECTED,
    GAP,
    HEAD,
    LAST,
    MET,
    NOTHING_OPEN,
    OFFER,
    PHASE,
    READY,
    SYNTHETIC,
    UNTOLD,
)
from caopan.workspace.stock_basis import together_document

if TYPE_CHECKING:
    from caopan.playbook.campaign import Template
    from caopan.playbook.campaigns import Templates
    from caopan.workspace.campaign_proposal import Offer, Proposal
    from caopan.workspace.campaign_standing import CampaignResult

Document = dict[str, object]
MOST_BLOCKERS = 8
"""Blockers a person is shown; a program reads all."""


def document(result: CampaignResult, language: Language) -> Document:
    """Return a campaign as JSON: design, readiness, outlook, proposal."""
    currency = result.campaign.currency
    return {
        "campaign": written(result.campaign),
        "readiness": readiness_document(result.readiness, language),
        "outlook": result.outlook and outlook_document(result.outlook, currency, language),
        "proposal": result.proposal and proposal_document(result.proposal, language),
        "issues": [one.document(language) for one in result.issues],
        "synthetic": result.synthetic}


def readiness_document(found: Readiness, language: Language) -> Document:
    """Return how ready a campaign is as JSON."""
    last = found.last_moment
    return {
        "share": found.share, "share_once_unblocked": found.mended,
        "done": sum(one.done for one in found.checks), "total": len(found.checks),
        "assurances": [{
            "assurance": one.assurance.value,
            "name": ASSURANCE_WORDS[one.assurance].plain(language), "done": one.done,
            "total": len(one.checks), "share": one.share,
            "first_gap": one.gap and check_document(one.gap, language)}
            for one in found.standings],
        "blockers": [check_document(one, language) for one in found.blockers],
        "late": [check_document(one, language) for one in found.late],
        "last_moment": last and last.due and last.due.isoformat(),
        "last_moment_of": last and check_document(last, language),
        "checks": [check_document(one, language) for one in found.checks]}


def check_document(one: Check, language: Language) -> Document:
    """Return a check as JSON."""
    return {"assurance": one.assurance.value, "subject": one.subject, "done": one.done,
            "blocks": one.blocks, "owner": one.owner.value,
            "owner_name": ROLE_WORDS[Role(one.owner.value)].plain(language),
            "due": one.due and one.due.isoformat(timespec="minutes"),
            **one.message.document(language)}


def outlook_document(found: Outlook, currency: str, language: Language) -> Document:
    """Return what a campaign may bring as JSON."""
    return {
        **chance_document(found.whole, currency, language), "level": found.level,
        "phases": [{"phase": phase.value, "name": PHASE_WORDS[phase].plain(language),
                    **chance_document(one, currency, language)}
                   for phase, one in found.phases.items()],
        "session_outlooks": [{"session_id": name, **chance_document(one, currency, language)}
                             for name, one in found.sessions.items()],
        "days": [{"day": one.day.isoformat(),
                  "so_far": money_interval(one.so_far, currency=currency)} for one in found.days],
        "together": together_document(found.together)}


def chance_document(one: Chance, currency: str, language: Language) -> Document:
    """Return a target with its chance as JSON; ``beyond``: only known to lie beyond that."""
    return {"status": "ok" if one.interval else "cannot_tell",
            "reason": one.reason and one.reason.plain(language), "currency": currency,
            "target": amount(one.target, currency=currency),
            "gmv": money_interval(one.interval, currency=currency),
            "probability": one.probability, "beyond": one.beyond,
            "sessions": one.sessions, "sessions_told": one.told,
            "sessions_held": one.held}


def proposal_document(found: Proposal, language: Language) -> Document:
    """Return a proposal as JSON."""
    return {"version": found.campaign.version,
            "offers": [_offer(one, language) for one in found.offers]}


def _offer(one: Offer, language: Language) -> Document:
    return {"part": one.part.value, "name": PART_WORDS[one.part].plain(language),
            "reasons": [each.plain(language) for each in one.reasons],
            "status": "cannot_tell" if one.untold else "ok",
            "reason": one.untold and one.untold.plain(language),
            "changes": [{"place": each.place, "before": each.before, "after": each.after}
                        for each in one.changes],
            "run_sheets": [each.document(language) for each in one.sheets]}


def templates_document(found: Templates, language: Language) -> Document:
    """Return the templates in force as JSON."""
    return {"templates": [_template(one, language) for one in found.templates],
            "issues": [one.document(language) for one in found.issues]}


def _template(one: Template, language: Language) -> Document:
    return {
        "id": one.id, "level": one.level.value, "name": one.name.plain(language),
        "when": one.when.plain(language), "purpose": one.purpose.plain(language),
        "hours": list(one.hours), "products": one.products,
        "phases": [{"phase": each.phase.value, "name": PHASE_WORDS[each.phase].plain(language),
                    "from_day": each.from_day, "days": each.days,
                    "target_share": each.target_share, "budget_share": each.budget_share,
                    "level": each.level.value, "purpose": each.purpose.plain(language)}
                   for each in one.phases],
        "beats": [{"id": each.id, "name": each.name.plain(language), "needed": each.needed,
                   "asks": each.asks.plain(language), "seconds": each.seconds}
                  for each in one.beats],
        "posts": [{"role": each.role.value, "people": each.people} for each in one.posts],
        "tasks": [{"id": each.id, "assurance": each.assurance.value, "blocks": each.blocks,
                   "owner": each.owner.value, "days_before": each.days_before,
                   "does": each.does.plain(language)} for each in one.tasks],
        "cards": list(one.cards), "confidence": one.confidence.value,
        "source": one.source.plain(language), "limits": one.limits.plain(language),
        "status": one.status.value, "origin": one.origin.value, "version": one.version}


def lines(result: CampaignResult, language: Language) -> list[str]:
    """Return a campaign as lines: what it is, what it may bring, how ready it is, what blocks."""
    campaign, found = result.campaign, result.readiness
    said = [(SYNTHETIC.say(language) if result.synthetic else "") + HEAD.say(
        language, name=campaign.name, level=campaign.level.value, start=campaign.start,
        burst=campaign.burst_on, sessions=len(campaign.sessions), id=campaign.id,
        version=campaign.version)]
    if result.outlook is not None:
        said.append(EXPECTED.say(language, said=chance_said(
            result.outlook.whole, campaign.currency, language)))
        said += [PHASE.say(language, phase=PHASE_WORDS[phase].plain(language), said=chance_said(
            one, campaign.currency, language)) for phase, one in result.outlook.phases.items()]
    said.append(READY.say(language, share=number.percent(found.share),
                          mended=number.percent(found.mended)))
    for one in found.standings:
        gap = NOTHING_OPEN.plain(language) if one.gap is None else one.gap.message.say(language)
        said.append(GAP.say(language, name=ASSURANCE_WORDS[one.assurance].plain(language),
                            share=number.percent(one.share), gap=gap))
    said += [BLOCKER.say(
        language, what=one.message.say(language), due=to_the_minute(one.due) if one.due else "—",
        owner=ROLE_WORDS[Role(one.owner.value)].plain(language))
        for one in found.blockers[:MOST_BLOCKERS]]
    last = found.last_moment
    if last is not None and last.due is not None:
        said.append(LAST.say(language, at=to_the_minute(last.due),
                             what=last.message.say(language)))
    return said + _offered(result, language)


def _offered(result: CampaignResult, language: Language) -> list[str]:
    found = () if result.proposal is None else result.proposal.offers
    return [OFFER.say(language, part=PART_WORDS[one.part].plain(language),
                      n=len(one.changes) + len(one.sheets),
                      why=" ".join(each.plain(language)
                                   for each in (*one.reasons, one.untold) if each))
            for one in found]


def chance_said(one: Chance, currency: str, language: Language) -> str:
    """Return a target with its chance as words."""
    if one.interval is None:
        return UNTOLD.say(language, reason=one.reason.plain(language) if one.reason else "")
    said = number.interval(one.interval, unit=Unit.MONEY, currency=currency, language=language)
    if one.target is None or one.probability is None:
        return said
    return MET.say(language, said=said,
                   target=number.money(one.target, currency=currency, language=language),
                   chance=probability_said(one, language))


def probability_said(one: Chance, language: Language) -> str:
    """Return a probability, or that it lies beyond what is known of tails."""
    if one.probability is None:
        return number.MISSING
    shown = number.percent(one.probability)
    if one.beyond is None:
        return shown
    return (ABOVE if one.beyond == "above" else BELOW).say(language, share=shown)


def difference_document(found: Sequence[Change]) -> Document:
    """Return a difference as JSON."""
    return {"changes": [{"place": one.place, "before": one.before, "after": one.after}
                        for one in found]}

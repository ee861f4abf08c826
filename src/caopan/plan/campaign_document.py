"""A campaign as JSON: read with every problem named, written without loss."""

from __future__ import annotations

from collections.abc import Mapping

from caopan.plan.campaign import (
    Campaign,
    Drill,
    Guards,
    Pitch,
    PlannedWave,
    Post,
    Pulse,
    Rhythm,
    Showing,
    Stretch,
    Supply,
    Task,
)
from caopan.plan.campaign_entry import BadCampaignError, Entry, fault
from caopan.playbook.campaign import Assurance, Level, Mode, Phase
from caopan.playbook.card import Owner
from caopan.units.message import Message
from caopan.units.money import CURRENCIES, Money

MOST_MINUTES, MOST_PEOPLE, MOST_UNITS = 2_880, 100, 10**9
MOST_BEAT = 2_000
Document = dict[str, object]


def read(document: object) -> Campaign:
    """Return a campaign from its JSON.

    >>> read({"id": "c", "name": "周年庆"})
    Traceback (most recent call last):
    caopan.plan.campaign_entry.BadCampaignError: 6 faults in the campaign: level is “None”, it \
should be one of S, A, B

    Raises:
        BadCampaignError: something in it cannot be read; every fault is named.
    """
    faults: list[Message] = []
    one = Entry(document if isinstance(document, Mapping) else {}, "", faults)
    currency = one.text("currency", most=3) or "CNY"
    if currency not in CURRENCIES:
        faults.append(fault("currency", currency, ("a currency such as CNY", "货币，例如 CNY")))
    campaign = Campaign(
        id=one.needs("id", one.text("id", most=64)) or "–",
        name=one.needs("name", one.text("name", most=80)) or "–",
        level=one.needs_choice("level", Level, Level.B),
        template=one.needs("template", one.text("template", most=80)) or "–",
        burst_on=one.needs_day("burst_on"), currency=currency,
        version=one.whole("version", most=10**9) or 1,
        target=one.money("target"), budget=one.money("budget"),
        streamers=one.words("streamers"),
        phases=tuple(_stretch(each) for each in one.entries("phases")),
        sessions=tuple(_showing(each) for each in one.entries("sessions")),
        pitches=tuple(_pitch(each) for each in one.entries("pitches")),
        rhythm=_rhythm(one.entry("rhythm")),
        posts=tuple(_post(each) for each in one.entries("posts")),
        tasks=tuple(_task(each) for each in one.entries("tasks")),
        guards=_guards(one.entry("guards")),
        waves=tuple(_wave(each) for each in one.entries("waves")),
        supplies=tuple(_supply(each) for each in one.entries("supplies")),
        drills=tuple(Drill(card_id=each.needs("card_id", each.text("card_id")) or "–",
                           person=each.text("person", most=80),
                           rehearsed=bool(each.flag("rehearsed")))
                     for each in one.entries("drills")))
    _check_ids(campaign, faults)
    if faults:
        raise BadCampaignError(faults)
    return campaign


def written(campaign: Campaign) -> Document:
    """Return a campaign as JSON; money is decimal text in major units, what is not said is null."""
    def paid(minor: int | None) -> str | None:
        return None if minor is None else Money(minor=minor, currency=campaign.currency).written()

    rhythm, guards = campaign.rhythm, campaign.guards
    return {
        "id": campaign.id, "name": campaign.name, "level": campaign.level.value,
        "template": campaign.template, "burst_on": campaign.burst_on.isoformat(),
        "currency": campaign.currency, "version": campaign.version,
        "target": paid(campaign.target), "budget": paid(campaign.budget),
        "streamers": list(campaign.streamers),
        "phases": [{"phase": one.phase.value, "start": one.start.isoformat(),
                    "end": one.end.isoformat(), "target": paid(one.target),
                    "budget": paid(one.budget), "purpose": one.purpose}
                   for one in campaign.phases],
        "sessions": [{"session_id": one.session_id, "streamer_id": one.streamer_id,
                      "starts_at": one.starts_at.isoformat(), "phase": one.phase.value,
                      "level": one.level and one.level.value, "minutes": one.minutes,
                      "target": paid(one.target), "budget": paid(one.budget)}
                     for one in campaign.sessions],
        "pitches": [{"product_id": one.product_id, "title": one.title, "beats": dict(one.beats),
                     "points": list(one.points), "proof": one.proof, "offer": one.offer,
                     "daily_price": paid(one.daily_price), "live_price": paid(one.live_price),
                     "confirmed": one.confirmed} for one in campaign.pitches],
        "rhythm": {"mode": rhythm.mode.value, "big_loop_minutes": rhythm.big_loop_minutes,
                   "small_loop_minutes": rhythm.small_loop_minutes,
                   "hold_seconds": rhythm.hold_seconds,
                   "pulses": [{"minute": one.minute, "seconds": one.seconds, "what": one.what}
                              for one in rhythm.pulses]},
        "posts": [{"role": one.role.value, "needed": one.needed, "people": list(one.people)}
                  for one in campaign.posts],
        "tasks": [{"id": one.id, "does": one.does, "assurance": one.assurance.value,
                   "owner": one.owner.value, "due": one.due.isoformat(), "blocks": one.blocks,
                   "done": one.done} for one in campaign.tasks],
        "guards": {"cover_minutes": guards.cover_minutes, "cool_minutes": guards.cool_minutes,
                   "hour_limit": paid(guards.hour_limit), "return_floor": guards.return_floor},
        "waves": [{"session_id": one.session_id, "number": one.number, "start": one.start,
                   "end": one.end, "spend": paid(one.spend), "products": list(one.products),
                   "cover": one.cover, "stock_needed": one.stock_needed,
                   "stop_below": one.stop_below, "approved": one.approved}
                  for one in campaign.waves],
        "supplies": [{"session_id": one.session_id, "product_id": one.product_id,
                      "title": one.title, "quantity": one.quantity,
                      "order_by": one.order_by and one.order_by.isoformat(),
                      "ordered": one.ordered} for one in campaign.supplies],
        "drills": [{"card_id": one.card_id, "person": one.person, "rehearsed": one.rehearsed}
                   for one in campaign.drills]}


def _stretch(one: Entry) -> Stretch:
    start, end = one.needs_day("start"), one.needs_day("end")
    if end <= start and one.day("start") and one.day("end"):
        one.wrong("end", ("a day after the start", "晚于开始的一天"))
    return Stretch(phase=one.needs_choice("phase", Phase, Phase.BURST), start=start, end=end,
                   target=one.money("target"), budget=one.money("budget"),
                   purpose=one.text("purpose"))


def _showing(one: Entry) -> Showing:
    return Showing(
        session_id=one.needs("session_id", one.text("session_id")) or "–",
        streamer_id=one.needs("streamer_id", one.text("streamer_id")) or "–",
        starts_at=one.needs_instant("starts_at"),
        phase=one.needs_choice("phase", Phase, Phase.BURST), level=one.choice("level", Level),
        minutes=one.number("minutes", most=MOST_MINUTES), target=one.money("target"),
        budget=one.money("budget"))


def _pitch(one: Entry) -> Pitch:
    return Pitch(
        product_id=one.needs("product_id", one.text("product_id")) or "–",
        title=one.needs("title", one.text("title")) or "–",
        beats=one.pairs("beats", most=MOST_BEAT), points=one.words("points"),
        proof=one.text("proof", most=MOST_BEAT), offer=one.text("offer", most=MOST_BEAT),
        daily_price=one.money("daily_price"), live_price=one.money("live_price"),
        confirmed=bool(one.flag("confirmed")))


def _rhythm(one: Entry) -> Rhythm:
    return Rhythm(
        mode=one.needs_choice("mode", Mode, Mode.STEADY),
        big_loop_minutes=one.whole("big_loop_minutes", most=MOST_MINUTES) or 0,
        small_loop_minutes=one.whole("small_loop_minutes", most=MOST_MINUTES) or 0,
        hold_seconds=one.whole("hold_seconds", most=MOST_MINUTES * 60) or 0,
        pulses=tuple(Pulse(
            minute=each.whole("minute", most=MOST_MINUTES) or 0,
            seconds=each.whole("seconds", most=MOST_MINUTES * 60) or 0,
            what=each.needs("what", each.text("what")) or "–") for each in one.entries("pulses")))


def _post(one: Entry) -> Post:
    return Post(role=one.needs_choice("role", Owner, Owner.OPERATOR),
                needed=one.whole("needed", most=MOST_PEOPLE) or 0, people=one.words("people"))


def _task(one: Entry) -> Task:
    return Task(
        id=one.needs("id", one.text("id", most=64)) or "–",
        does=one.needs("does", one.text("does")) or "–",
        assurance=one.needs_choice("assurance", Assurance, Assurance.CREW),
        owner=one.needs_choice("owner", Owner, Owner.OPERATOR), due=one.needs_instant("due"),
        blocks=bool(one.flag("blocks")), done=bool(one.flag("done")))


def _guards(one: Entry) -> Guards:
    return Guards(cover_minutes=one.whole("cover_minutes", most=MOST_MINUTES) or 0,
                  cool_minutes=one.whole("cool_minutes", most=MOST_MINUTES) or 0,
                  hour_limit=one.money("hour_limit"),
                  return_floor=one.number("return_floor", most=1_000))


def _wave(one: Entry) -> PlannedWave:
    return PlannedWave(
        session_id=one.needs("session_id", one.text("session_id")) or "–",
        number=one.whole("number", most=MOST_PEOPLE) or 0,
        start=one.number("start", most=MOST_MINUTES) or 0.0,
        end=one.number("end", most=MOST_MINUTES) or 0.0, spend=one.money("spend") or 0,
        products=one.words("products"), cover=one.number("cover", most=1.0),
        stock_needed=one.whole("stock_needed", most=MOST_UNITS),
        stop_below=one.whole("stop_below", most=MOST_UNITS), approved=bool(one.flag("approved")))


def _supply(one: Entry) -> Supply:
    return Supply(
        session_id=one.needs("session_id", one.text("session_id")) or "–",
        product_id=one.needs("product_id", one.text("product_id")) or "–",
        title=one.needs("title", one.text("title")) or "–",
        quantity=one.whole("quantity", most=MOST_UNITS) or 0, order_by=one.instant("order_by"),
        ordered=bool(one.flag("ordered")))


def _check_ids(campaign: Campaign, faults: list[Message]) -> None:
    """Add a fault for whatever stands twice where it may stand once."""
    listed: tuple[tuple[str, list[object]], ...] = (
        ("phases", [one.phase for one in campaign.phases]),
        ("sessions", [one.session_id for one in campaign.sessions]),
        ("pitches", [one.product_id for one in campaign.pitches]),
        ("posts", [one.role for one in campaign.posts]),
        ("tasks", [one.id for one in campaign.tasks]),
        ("waves", [(one.session_id, one.number) for one in campaign.waves]),
        ("supplies", [(one.session_id, one.product_id) for one in campaign.supplies]),
        ("drills", [one.card_id for one in campaign.drills]))
    for name, keys in listed:
        faults += [fault(f"{name}[{at}]", key, ("one that stands there once", "只写一次的"))
                   for at, key in enumerate(keys) if key in keys[:at] and key != "–"]

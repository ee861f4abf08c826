"""Checks of what is said and of how the show moves: pitch frames and rhythm (讲品、节奏)."""

from __future__ import annotations

from collections.abc import Iterator

from caopan.plan.campaign import Campaign, Pitch, Showing
from caopan.plan.campaign_checks import Check, Desk, Known
from caopan.plan.campaign_pitch import unwritten, warnings
from caopan.playbook.campaign import Assurance, Mode, Phase
from caopan.playbook.card import Owner


def pitch_checks(campaign: Campaign, known: Known) -> Iterator[Check]:
    """Yield a check for each pitch frame, then for how many there are, then the tasks."""
    desk = Desk(assurance=Assurance.PITCH, campaign=campaign, known=known, owner=Owner.HOST)
    if not campaign.pitches:
        yield desk.check("no_frames", blocks=True)
    for one in campaign.pitches:
        yield _frame(one, desk)
        worded = warnings(one, known.banned)
        if worded:  # it warns, and a person decides: it never blocks
            yield desk.check("words", one.product_id, item=one.title,
                             words="、".join(dict.fromkeys(each.word for each in worded)))
    n, most = len(campaign.pitches), known.template.products
    if campaign.pitches:
        yield desk.check("products", done=n >= most, n=n, most=most)
    yield from desk.tasks()


def _frame(one: Pitch, desk: Desk) -> Check:
    lacking, most = unwritten(one, desk.known.template.beats), desk.known.template.most_points
    if lacking:
        return desk.check("beats", one.product_id, item=one.title, blocks=True,
                          parts_zh="、".join(each.name.zh for each in lacking),
                          parts_en=", ".join(each.name.en for each in lacking))
    if len(one.points) > most:
        return desk.check("points", one.product_id, item=one.title, n=len(one.points), most=most)
    if not one.confirmed:
        return desk.check("confirm", one.product_id, item=one.title, blocks=True)
    return desk.check("frame", one.product_id, item=one.title, done=True)


def rhythm_checks(campaign: Campaign, known: Known) -> Iterator[Check]:
    """Yield the checks of run sheets, of hold-and-release, loops and pulses, then the tasks."""
    desk = Desk(assurance=Assurance.RHYTHM, campaign=campaign, known=known, owner=Owner.FLOOR)
    burst = campaign.held(Phase.BURST)
    if burst:
        yield from _lengths(burst, desk)
    else:
        yield desk.check("no_session", blocks=True)
    for one in campaign.main:
        yield _sheet(one, desk)
    rhythm, limit = campaign.rhythm, known.template.rhythm.hold_limit_seconds
    if limit or rhythm.hold_seconds:
        yield desk.check("hold", done=rhythm.hold_seconds <= limit, blocks=True,
                         n=rhythm.hold_seconds, most=limit)
    if rhythm.mode is Mode.LOOP:
        yield desk.check("loops", done=0 < rhythm.small_loop_minutes < rhythm.big_loop_minutes,
                         small=rhythm.small_loop_minutes, big=rhythm.big_loop_minutes)
    yield from _pulses(campaign, desk)
    yield from desk.tasks()


def _lengths(burst: tuple[Showing, ...], desk: Desk) -> Iterator[Check]:
    hours = max(one.minutes or 0.0 for one in burst) / 60.0
    least, most = desk.known.template.hours
    yield desk.check("hours", done=least <= hours <= most, hours=f"{hours:.1f}",
                     least=f"{least:g}", most=f"{most:g}")


def _sheet(one: Showing, desk: Desk) -> Check:
    faults, title = desk.known.sheets.get(one.session_id), desk.known.title(one.session_id)
    blocks = one.phase is Phase.BURST
    if faults is None:
        return desk.check("sheet", one.session_id, item=title, blocks=blocks)
    if faults:
        return desk.check("lints", one.session_id, item=title, n=faults, blocks=blocks)
    return desk.check("sheet_ready", one.session_id, item=title, done=True)


def _pulses(campaign: Campaign, desk: Desk) -> Iterator[Check]:
    pulses = campaign.rhythm.pulses
    longest = max((one.minutes or 0.0 for one in campaign.held(Phase.BURST)), default=0.0)
    late = [one for one in pulses if longest and one.minute + one.seconds / 60.0 > longest]
    for one in late:
        yield desk.check("pulse_late", one.what, item=one.what, n=one.minute, most=round(longest))
    if not late:
        yield desk.check("pulses", done=bool(pulses))

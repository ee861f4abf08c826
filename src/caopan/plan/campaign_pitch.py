"""A pitch frame looked through: what is not written, and what may not be said (合规词)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caopan.plan.campaign import Pitch
from caopan.playbook.campaign import BeatShape

POINTS, PROOF, OFFER = "points", "proof", "offer"
"""Beats that stand in fields of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A word that warns (合规词), and in which part of a frame it stands."""

    word: str
    part: str


def said(pitch: Pitch, beat: str) -> str:
    """Return what is written for a beat; "" for nothing.

    >>> said(Pitch(product_id="p", title="梨", points=("脆", "甜")), "points")
    '脆；甜'
    """
    if beat == POINTS:
        return "；".join(pitch.points)
    if beat in {PROOF, OFFER}:
        return (pitch.proof if beat == PROOF else pitch.offer) or ""
    return dict(pitch.beats).get(beat, "")


def unwritten(pitch: Pitch, beats: Sequence[BeatShape]) -> tuple[BeatShape, ...]:
    """Return the beats that a frame needs and has not.

    >>> unwritten(Pitch(product_id="p", title="梨"), ())
    ()
    """
    return tuple(one for one in beats if one.needed and not said(pitch, one.id))


def warnings(pitch: Pitch, banned: Sequence[str]) -> tuple[Wording, ...]:
    """Return the words that may not be said, each with the part it stands in.

    >>> frame = Pitch(product_id="p", title="梨", points=("全网最低",), proof="检测报告")
    >>> warnings(frame, ["全网最低", "绝对"])
    (Wording(word='全网最低', part='points'),)
    """
    parts = [("title", pitch.title), (POINTS, said(pitch, POINTS)), (PROOF, pitch.proof or ""),
             (OFFER, pitch.offer or ""), *pitch.beats]
    return tuple(Wording(word=word, part=name) for name, text in parts for word in banned
                 if word in text)

"""``caopan rehearse`` on a workspace without facts: a made session, faster than people."""

from __future__ import annotations

from caopan.cli.rehearse import lines


def test_a_rehearsal_is_told_in_sentences() -> None:
    found = {"minutes": 12, "speed": 60, "score": {
        "injected": 2, "detected": 1, "others": [
            {"card": "sell_out", "during": []}, {"card": "price_wrong", "during": ["price_wrong"]}],
        "incidents": [
            {"kind": "price_wrong", "minute": 4, "detected": True, "after_seconds": 5.0},
            {"kind": "conversion_cliff", "minute": 6, "detected": False,
             "after_seconds": None}]}}

    assert lines(found, "en") == [
        "rehearsed 12 minutes at ×60: 1 of 2 incidents were told",
        "  price_wrong, minute 4: told after 5 s",
        "  conversion_cliff, minute 6: not told",
        "1 further alerts came while nothing was made to go wrong"]
    assert all(lines(found, "zh"))

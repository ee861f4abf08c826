"""How every screen looked when somebody last looked at it and was content."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.thumb import Thumb

PLACE = Path(__file__).with_name("baseline.json")


def kept() -> dict[str, Thumb]:
    """Return the thumbs by the name of the picture."""
    return {name: Thumb.read(one)
            for name, one in json.loads(PLACE.read_text(encoding="utf-8")).items()}


def keep(thumbs: dict[str, Thumb]) -> None:
    """Take pictures as the new baseline."""
    PLACE.write_text(json.dumps({name: thumbs[name].written() for name in sorted(thumbs)},
                                indent=0) + "\n", encoding="utf-8")

"""Without a script every part of a page is reached by a plain link, as a page of its own."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

WAITS = re.compile(r'<(?:div|section)[^>]*hx-trigger="load[^>]*>(.*?)</div>', re.DOTALL)
"""A part that a script fetches, with what stands in its place until then."""


@pytest.mark.parametrize(("page", "parts"), [
    ("/", 1), ("/import", 1), ("/quality", 1), ("/subjects/streamer/林晚", 3)])
def test_what_comes_by_itself_is_a_link_until_it_is_there(
        small_room: TestClient, page: str, parts: int) -> None:
    waiting = [html.unescape(href) for part in WAITS.findall(small_room.get(page).text)
               for href in re.findall(r'<a[^>]* href="([^"]+)"', part)]

    assert len(waiting) == parts
    for href in waiting:
        alone = small_room.get(href)
        assert alone.status_code == 200, href
        assert '<main id="main"' in alone.text, href


def test_a_part_by_itself_holds_what_the_script_would_fetch(small_room: TestClient) -> None:
    for path in ("/quality/coverage", "/import/fresh", "/subjects/streamer/林晚?panel=followers",
                 "/diagnosis/behind/streamer/林晚?metric=aov"):
        part = small_room.get(path, headers={"hx-request": "true"}).text
        alone = small_room.get(path).text

        words = [word.strip() for word in re.findall(r">([^<>]+)<", part) if word.strip()]
        assert len(words) > 5, path
        assert all(word in alone for word in words), path

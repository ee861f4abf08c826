"""``/search``: the command palette, pages, metrics and rules by any part of their name."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.units.message import Text
from caopan.web.api.answers import metrics as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.console.navigation import MENU, SETTINGS
from caopan.web.console.palette import fits, metrics_like, rules_like


def show(call: Called, q: str = "") -> dict[str, object]:
    """Find pages, metrics and rules whose name holds every word."""
    words = q.lower().split()
    english = call.house.words.of("en")
    found = [_found("page", entry.path, Text(zh=entry.word, en=english.gettext(entry.word)),
                    entry.path)
             for entry in (*MENU, SETTINGS)
             if fits(f"{entry.word} {english.gettext(entry.word)}", words)]
    if words:
        found += [_found("metric", one.id, one.name, f"/metrics/{one.id}")
                  for one in metrics_like(call, words)]
        found += [_found("rule", one.id, one.called, f"/handbook/{one.id}")
                  for one in rules_like(call, words)]
    return {"found": found}


def _found(kind: str, name: str, said: Text, path: str) -> dict[str, object]:
    return {"kind": kind, "id": name, "name": said.document(), "path": path}


ENDPOINTS = (Endpoint(method="GET", path="/search", action=Action.READ, call=show,
                      answer=answers.Search),)

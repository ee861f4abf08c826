"""``/rules``: the handbook, a rule's page in this workspace, a trial before it is kept."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.playbook.document import handbook_document, rule_document
from caopan.units.message import Text
from caopan.web.api.answers import rules as answers
from caopan.web.api.answers.basic import Job
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.workspace.progress import Progress

TRYING = Text(zh="在自己的历史上试", en="trying it on the own history")


class Written(BaseModel):
    """A page of the handbook: TOML text."""

    model_config = ConfigDict(extra="forbid")
    text: str


def show(call: Called) -> dict[str, object]:
    """List every rule in force, the growth ladder, and what is wrong with the own pages."""
    return handbook_document(call.workspace.handbook(), language=call.language)


def one(call: Called, rule: str) -> dict[str, object]:
    """Show one rule: the file it was shipped as, the workspace's own page, every version."""
    return call.workspace.rule_page(rule).document(call.language)


def editions(call: Called, rule: str) -> dict[str, object]:
    """List every version of the workspace's own page, the latest first."""
    found = call.workspace.rule_page(rule).editions
    return {"rule": rule, "editions": [edition.document() for edition in found]}


def check(call: Called, rule: str, written: Written) -> dict[str, object]:
    """Say what a text would make of a rule, examples included; nothing is written."""
    return call.workspace.check_rule(rule, written.text).document(call.language)


def rehearse(call: Called, rule: str, written: Written) -> dict[str, object]:
    """Try a changed rule on every streamer, in the background; nothing is written."""
    def work(progress: Progress) -> dict[str, object]:
        with call.workspace.again() as own:
            return own.rehearse_rule(rule, written.text, progress=progress).document()

    return call.begin("rehearse", work, title=TRYING)


def keep(call: Called, rule: str, written: Written) -> dict[str, object]:
    """Keep a page as the workspace's own; the earlier one stays in the history."""
    return rule_document(call.workspace.keep_rule(rule, written.text), language=call.language)


def take_back(call: Called, rule: str) -> dict[str, object]:
    """Take the workspace's own page back; the shipped rule is in force again."""
    call.workspace.take_back_rule(rule)
    left = call.workspace.handbook().rule(rule)
    return {"taken_back": rule, "rule": left and rule_document(left, language=call.language)}


EDIT = Action.EDIT_HANDBOOK
ENDPOINTS = (
    Endpoint(method="GET", path="/rules", action=Action.READ, call=show, verb="handbook",
             answer=answers.Handbook, follows=Follows.FACTS),
    Endpoint(method="GET", path="/rules/{rule}", action=Action.READ, call=one, verb="rule_page",
             answer=answers.Page),
    Endpoint(method="GET", path="/rules/{rule}/editions", action=Action.READ, call=editions,
             answer=answers.Editions),
    Endpoint(method="POST", path="/rules/{rule}/check", action=EDIT, call=check,
             verb="check_rule", answer=answers.RuleDraft),
    Endpoint(method="POST", path="/rules/{rule}/rehearsals", action=EDIT, call=rehearse,
             verb="rehearse_rule", status=202, answer=Job),
    Endpoint(method="PUT", path="/rules/{rule}", action=EDIT, call=keep, verb="keep_rule",
             answer=answers.Rule),
    Endpoint(method="DELETE", path="/rules/{rule}", action=EDIT, call=take_back,
             verb="take_back_rule", answer=answers.TakenBack),
)

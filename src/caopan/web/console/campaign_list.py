"""活动 · Campaigns: those there are, and a new one from a template."""

from __future__ import annotations

from datetime import date

from starlette.datastructures import FormData
from starlette.responses import Response

from caopan.access.action import Action
from caopan.playbook.campaign import Level
from caopan.playbook.rule import Status
from caopan.units.clock import business_day
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.plan_money import asked_amount
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.campaign_making import Wanted


def page(visit: Visit) -> Response:
    """Show every campaign with its readiness, and what a new one is made from."""
    found = [(one, visit.workspace.campaign_readiness(one.campaign.id))
             for one in visit.workspace.campaigns()]
    templates = visit.workspace.campaign_templates()
    return visit.show(
        "campaign/list.html", found=found, issues=templates.issues,
        templates=[one for one in templates.templates if one.status is Status.ACTIVE],
        today=business_day(visit.now).isoformat())


def make(visit: Visit) -> Response:
    """Begin a campaign from a template, keep it and go there.

    Raises:
        CaopanError: the template is gone, or an amount or a day is none.
    """
    form = visit.form
    template = str(form.get("template", ""))
    found = visit.workspace.campaign_templates().template(template)
    hosts = tuple(one.strip() for one in str(form.get("streamers", "")).replace("，", ",").split(
        ",") if one.strip())
    wanted = Wanted(
        level=Level.B if found is None else found.level, template=template,
        name=str(form.get("name", "")), burst_on=day_of(form, "burst_on"), streamers=hosts,
        target=amount_of(form, "target"), budget=amount_of(form, "budget"))
    made = visit.workspace.design_campaign(wanted, language=visit.language)
    kept = visit.workspace.keep_campaign(made.campaign)
    return visit.go(f"/campaigns/{kept.campaign.id}")


def amount_of(form: FormData, name: str) -> int | None:
    """Return an amount that a form says, None where it says none.

    Raises:
        BadFieldError: what stands there is no amount.
    """
    said = str(form.get(name, "")).strip()
    found = asked_amount(said)
    if said and found is None:
        raise BadFieldError(said, AMOUNT)
    return found


def day_of(form: FormData, name: str) -> date | None:
    """Return a day that a form says, None where it says none.

    Raises:
        BadFieldError: what stands there is no day.
    """
    said = str(form.get(name, "")).strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadFieldError(said, DAY) from None


AMOUNT = Text(zh="写成数字，例如 50000 或 5万", en="write a number such as 50000 or 50K")
DAY = Text(zh="写成日期，例如 2026-11-28", en="write a date such as 2026-11-28")

SCREENS = (
    Screen(path="/campaigns", action=Action.READ, show=page),
    Screen(path="/campaigns", action=Action.RUN, show=make, methods=("POST",)),
)


class BadFieldError(CaopanError):
    """Raised for a field of a form that cannot be read."""

    usage = True

    def __init__(self, said: str, hint: Text) -> None:
        """Say what was typed, and how it should be."""
        super().__init__(Message(
            key="bad_field", values={"value": said[:40]},
            text=Text(zh="“{value}”看不懂，没有存",
                      en="“{value}” cannot be read; nothing was kept"),
            hint=hint))

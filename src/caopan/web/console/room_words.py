"""What was done to a room, as its log says it."""

from __future__ import annotations

from caopan.live.command import KIND_WORDS, Command, Kind
from caopan.live.role import ROLE_WORDS, Role
from caopan.units.message import Text
from caopan.web.console.room_cards import in_force
from caopan.web.console.room_stage import Stage, clock
from caopan.web.console.room_steps import STEPS

CARD_STEPS: dict[str, Text] = {
    "arm": Text(zh="待确认", en="armed"), "fire": Text(zh="启动", en="fired"),
    "check": Text(zh="打勾", en="ticked"), "recover": Text(zh="已恢复", en="over")}
_OTHERS = {"owner": Text(zh="负责人", en="owner"), "rehearsal": Text(zh="演练", en="rehearsal")}


def told(stage: Stage, command: Command) -> Text:
    """Return a command as one line: what was done, to what."""
    word = KIND_WORDS[command.kind]
    more = _more(stage, command)
    return Text(zh=" ".join(filter(None, (word.zh, more.zh))),
                en=" ".join(filter(None, (word.en, more.en))))


def who(name: str) -> Text:
    """Return who did something: a role by its word, else the name itself.

    >>> who("desk").en, who("owner").zh, who("rehearsal").zh, who("小美").zh
    ('link desk', '负责人', '演练', '小美')
    """
    if name in set(Role):
        return ROLE_WORDS[Role(name)]
    return _OTHERS.get(name, Text(zh=name, en=name))


def _more(stage: Stage, command: Command) -> Text:
    if command.kind is Kind.MESSAGE:
        to, text = who(str(command.text("to"))), command.text("text") or ""
        return Text(zh=f"→ {to.zh}：{text}", en=f"→ {to.en}: {text}")
    if command.kind is Kind.ACK:
        notice = next((one for one in stage.room.notices
                       if one.id == command.text("message_id")), None)
        return _same(f"“{notice.text}”" if notice else "")
    if command.kind is Kind.CONTINGENCY:
        return _card(stage, command)
    title = _title(stage, command.text("item_id"))
    if command.kind is Kind.TICK:
        step = STEPS.get(str(command.text("step")), _same(str(command.text("step"))))
        return Text(zh=f"{title} {step.zh}", en=f"{title} {step.en}")
    if command.kind is Kind.SWAP and command.text("with_id"):
        title = f"{title} → {_title(stage, command.text('with_id'))}"
    seconds, moved = command.body.get("seconds"), command.body.get("to")
    if isinstance(seconds, int):
        minutes = f"{seconds / 60:g}"
        return Text(zh=f"{title} {minutes} 分", en=f"{title} {minutes} min")
    if command.kind is Kind.ANCHOR and moved:
        title = f"{title} {clock(command.instant('to'))}"
    return _same(title.strip())


def _card(stage: Stage, command: Command) -> Text:
    card = in_force(stage.playbook).card(str(command.text("card")))
    name = card.name if card else _same(str(command.text("card")))
    step = CARD_STEPS.get(str(command.text("step")), _same(""))
    return Text(zh=f"{name.zh} {step.zh}", en=f"{name.en} {step.en}")


def _title(stage: Stage, item_id: str | None) -> str:
    both = (*stage.room.sheet.items, *stage.room.plan.items)
    return next((one.title for one in both if one.id == item_id), item_id or "")


def _same(text: str) -> Text:
    return Text(zh=text, en=text)

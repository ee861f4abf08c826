"""The policy (权限): the one place that says yes or no."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.access.actor import Actor, Role
from caopan.units.message import CaopanError, Message, Text

GRANTS: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.GUEST: frozenset({Action.ENTER}),
}
"""What each role may do; a role that is not here may do nothing."""


def allowed(actor: Actor, action: Action) -> bool:
    """Return whether an actor may do an action.

    >>> from caopan.access.actor import GUEST, OWNER
    >>> allowed(OWNER, Action.READ), allowed(GUEST, Action.READ)
    (True, False)
    """
    return action in GRANTS.get(actor.role, frozenset())


def check(actor: Actor, action: Action) -> None:
    """Pass where an actor may do an action.

    >>> from caopan.access.actor import OWNER
    >>> check(OWNER, Action.IMPORT)

    Raises:
        ForbiddenError: the policy says no.
    """
    if not allowed(actor, action):
        raise ForbiddenError(action)


class ForbiddenError(CaopanError):
    """Raised when an actor may not do what it asks."""

    def __init__(self, action: Action) -> None:
        """Name the action."""
        super().__init__(Message(
            key="forbidden", values={"action": action.value, "action_zh": action.said.zh,
                                     "action_en": action.said.en},
            text=Text(zh="没有权限：{action_zh}", en="you may not {action_en}"),
            hint=Text(zh="用启动时打印的一次性链接进入；链接用过了就重新启动 caopan serve",
                      en="come in by the one-time link that caopan serve printed; start it again "
                         "for a new one")))

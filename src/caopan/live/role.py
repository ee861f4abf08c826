"""The roles of a room (岗位): who stands where in one session, several a person if need be."""

from __future__ import annotations

from enum import StrEnum

from caopan.units.message import Text


class Role(StrEnum):
    """A place in the room, held for one session; not what a person may do in the workspace."""

    OPERATOR = "operator"
    HOST = "host"
    FLOOR = "floor"
    DESK = "desk"
    TRAFFIC = "traffic"
    SERVICE = "service"


ROLE_WORDS: dict[Role, Text] = {
    Role.OPERATOR: Text(zh="操盘手", en="operator"),
    Role.HOST: Text(zh="主播", en="host"),
    Role.FLOOR: Text(zh="场控", en="floor"),
    Role.DESK: Text(zh="中控", en="link desk"),
    Role.TRAFFIC: Text(zh="投手", en="traffic"),
    Role.SERVICE: Text(zh="客服", en="service"),
}

"""Settings of a workspace (设置): saved mappings, the salt, the ledger's own id."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from caopan.store.models import SETTINGS

SALT_BYTES = 32
MAPPING_PREFIX = "mapping:"
IDENTITY = "ledger"
SALT = "salt"


def setting(connection: Connection, key: str) -> Any:  # noqa: ANN401 - any JSON
    """Return a setting's JSON value; None where it was never set."""
    return connection.scalar(select(SETTINGS.c.value).where(SETTINGS.c.key == key))


def set_setting(connection: Connection, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    """Set a setting to a JSON value, replacing the earlier one."""
    connection.execute(delete(SETTINGS).where(SETTINGS.c.key == key))
    connection.execute(insert(SETTINGS), {"key": key, "value": value})


def take_setting(connection: Connection, key: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Remove a setting that has a value; return whether it had it."""
    held = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.key == key)).first()
    if held is None or held.value != value:
        return False
    connection.execute(delete(SETTINGS).where(SETTINGS.c.key == key))
    return True


def settings(connection: Connection, *, prefix: str = "") -> dict[str, Any]:
    """Return the settings whose key starts with a prefix, the prefix cut off, by key."""
    rows = connection.execute(select(SETTINGS).order_by(SETTINGS.c.key))
    return {row.key.removeprefix(prefix): row.value for row in rows if row.key.startswith(prefix)}


def made_once(connection: Connection, key: str) -> str:
    """Return a random setting in hexadecimal, made on first use; call it in a transaction."""
    found = setting(connection, key)
    if found is None:
        found = secrets.token_hex(SALT_BYTES)
        set_setting(connection, key, found)
    return str(found)

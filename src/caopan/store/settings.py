"""Settings of a workspace (设置): saved mappings, the salt, the ledger's own id."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caopan.store.models import SettingRow

SALT_BYTES = 32
MAPPING_PREFIX = "mapping:"
IDENTITY = "ledger"
SALT = "salt"


def setting(session: Session, key: str) -> Any:  # noqa: ANN401 - any JSON
    """Return a setting's JSON value; None where it was never set."""
    row = session.get(SettingRow, key)
    return None if row is None else row.value


def set_setting(session: Session, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    """Set a setting to a JSON value, replacing the earlier one."""
    session.merge(SettingRow(key=key, value=value))


def take_setting(session: Session, key: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Remove a setting that has a value; return whether it had it."""
    row = session.get(SettingRow, key)
    if row is None or row.value != value:
        return False
    session.delete(row)
    return True


def settings(session: Session, *, prefix: str = "") -> dict[str, Any]:
    """Return the settings whose key starts with a prefix, the prefix cut off, by key."""
    rows = session.scalars(select(SettingRow).order_by(SettingRow.key))
    return {row.key.removeprefix(prefix): row.value for row in rows if row.key.startswith(prefix)}


def made_once(session: Session, key: str) -> str:
    """Return a random setting in hexadecimal, made on first use; call it in a transaction."""
    found = setting(session, key)
    if found is None:
        found = secrets.token_hex(SALT_BYTES)
        set_setting(session, key, found)
    return str(found)

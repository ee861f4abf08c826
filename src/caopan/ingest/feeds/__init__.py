"""Connectors (对接): what platforms tell of a running room, each behind what it declares."""

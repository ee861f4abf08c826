"""控场: the room while it is on air. State and events in, state out; no clock, no database."""

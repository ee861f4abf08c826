"""Charts as typed values: data for the client, a table twin, a sentence, a state."""

"""The catalogue: one metric, one definition."""

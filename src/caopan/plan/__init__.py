"""Plan (排期): what to have in stock and what to spend for sessions to come."""

"""The ledger's history: one numbered change a file, each saying why."""

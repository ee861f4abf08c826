"""Live rooms of a workspace: kept in the ledger, held in memory, written by one thread."""

"""Tables, ledger, batches: the only SQL and the only connections."""

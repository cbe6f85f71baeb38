"""Evidence: the ledger of acts and reads, its chain and its verifier."""

"""Rebuild: figures are put right from the ledger of facts, month by month, while the service goes on."""

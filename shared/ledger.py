"""The indexes every ledger has: an entry is found by its id, an organisation's last by when it was received."""

from __future__ import annotations

from pymongo import IndexModel

LEDGER_INDEXES = [IndexModel([("organisation", 1), ("received", -1)])]
FACT_LEDGER_INDEXES = [IndexModel([("month", 1), ("path", 1)])]

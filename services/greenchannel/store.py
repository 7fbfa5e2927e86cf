"""Where the green channel lies."""

from __future__ import annotations

from pymongo import IndexModel

from services.greenchannel.model import Case, GreenService, ProcessLimits
from shared.database.indexes import FACT_LEDGER_INDEXES, LEDGER_INDEXES
from shared.pipeline.corrections import Correction
from shared.todo import aside, reminding
from shared.web import acts

INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "fact_ledger": FACT_LEDGER_INDEXES,
    "leases": [],
    "alive": [],
    Correction.collection: [],
    **acts.INDEXES,
    **reminding.INDEXES,
    **aside.INDEXES,
    ProcessLimits.collection: [],
    Case.collection: [
        IndexModel([("completed", 1), ("due", 1)]),
        IndexModel(
            [("provisional", 1), ("due", 1), ("_id", 1)],
            name="provisional",
            partialFilterExpression={"provisional": True},
        ),
    ],
    GreenService.collection: [IndexModel([("organisation", 1), ("day", 1)])],
}

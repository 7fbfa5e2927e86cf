"""Where inspection lies, and what its pages ask of it."""

from __future__ import annotations

from pymongo import IndexModel

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.patrols import Inspection, PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.photos import store as photos
from services.inspection.rectifications.model import FoundItems, Rectification
from services.inspection.stations.model import Connection
from services.inspection.stations.reads import CONTACTS
from services.inspection.supervision.model import Device, Viewing, ViewingGrant
from shared.database.indexes import FACT_LEDGER_INDEXES, LEDGER_INDEXES
from shared.pipeline.corrections import Correction
from shared.todo import aside, reminding
from shared.web import acts

ADDED = IndexModel([("added.photo", 1)], partialFilterExpression={"added.photo": {"$gt": ""}})
"""Of the few to which photos were added."""
INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "fact_ledger": FACT_LEDGER_INDEXES,
    "leases": [],
    "alive": [],
    Correction.collection: [],
    **acts.INDEXES,
    **reminding.INDEXES,
    **aside.INDEXES,
    **photos.INDEXES,
    PatrolPlans.collection: [],
    Checklist.collection: [IndexModel([("county", 1)])],
    Inspection.collection: [
        IndexModel([("organisation", 1), ("day", 1)]),
        IndexModel([("photos", 1)], partialFilterExpression={"photos": {"$gt": ""}}),
        ADDED,
    ],
    PatrolDay.collection: [IndexModel([("county", 1), ("closed", 1), ("day", 1)])],
    PatrolRound.collection: [IndexModel([("county", 1), ("day", 1)])],
    Rectification.collection: [
        IndexModel([("county", 1), ("look", 1)]),
        IndexModel([("county", 1), ("stage", 1), ("deadline", 1)]),
        IndexModel([("county", 1), ("stage", 1), ("found", -1)]),
        IndexModel([("county", 1), ("above", 1), ("stage", 1)]),
        IndexModel([("organisation", 1), ("found", 1)]),
        ADDED,
        IndexModel(
            [("county", 1), ("provisional", 1), ("deadline", 1), ("_id", 1)],
            name="provisional",
            partialFilterExpression={"provisional": True},
        ),
    ],
    Commitment.collection: [IndexModel([("county", 1), ("organisation", 1)])],
    ExcellenceMark.collection: [IndexModel([("county", 1), ("quarter", 1)])],
    Incident.collection: [
        IndexModel([("county", 1), ("reported", -1), ("_id", -1)]),
        IndexModel([("county", 1), ("stage", 1), ("due", 1)]),
        IndexModel([("organisation", 1), ("quarter", 1)]),
        IndexModel(
            [("county", 1), ("provisional", 1), ("due", 1), ("_id", 1)],
            name="provisional",
            partialFilterExpression={"provisional": True},
        ),
    ],
    Device.collection: [IndexModel([("county", 1)])],
    ViewingGrant.collection: [],
    Viewing.collection: [IndexModel([("county", 1), ("at", -1)])],
    Connection.collection: [IndexModel([("county", 1)])],
    CONTACTS: [],
    FoundItems.collection: [],
}

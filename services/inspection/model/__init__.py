"""What inspection keeps; a module for each subject."""

from services.inspection.model.checklists import Checklist, ChecklistVersion
from services.inspection.model.connectivity import Connection
from services.inspection.model.dated import Dated, From
from services.inspection.model.excellence import Commitment, ExcellenceMark
from services.inspection.model.incidents import Incident, IncidentStage
from services.inspection.model.patrols import Inspection, PatrolDay, PatrolRound, Tally
from services.inspection.model.plans import PatrolPlan, PatrolPlans
from services.inspection.model.rectifications import (
    DONE,
    TO_DO,
    FoundItem,
    FoundItems,
    Rectification,
    Stage,
    Step,
    What,
)
from services.inspection.model.supervision import Device, Viewing, ViewingGrant

__all__ = [
    "DONE",
    "TO_DO",
    "Checklist",
    "ChecklistVersion",
    "Commitment",
    "Connection",
    "Dated",
    "Device",
    "ExcellenceMark",
    "FoundItem",
    "FoundItems",
    "From",
    "Incident",
    "IncidentStage",
    "Inspection",
    "PatrolDay",
    "PatrolPlan",
    "PatrolPlans",
    "PatrolRound",
    "Rectification",
    "Stage",
    "Step",
    "Tally",
    "Viewing",
    "ViewingGrant",
    "What",
]

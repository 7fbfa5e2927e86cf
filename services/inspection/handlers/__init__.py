"""Which rule decides which submission; a module for each subject."""

from services.inspection.handlers.connectivity import CONNECTIVITY
from services.inspection.handlers.excellence import EXCELLENCE
from services.inspection.handlers.incidents import INCIDENTS
from services.inspection.handlers.patrols import PATROLS
from services.inspection.handlers.plans import PLANS
from services.inspection.handlers.rectifications import RECTIFICATIONS
from services.inspection.handlers.supervision import SUPERVISION
from shared.decisions import Handlers

HANDLERS: Handlers = {
    **PATROLS,
    **PLANS,
    **RECTIFICATIONS,
    **EXCELLENCE,
    **INCIDENTS,
    **SUPERVISION,
    **CONNECTIVITY,
}

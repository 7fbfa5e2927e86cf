"""Which rule decides which submission or follows which fact; a module for each subject."""

from services.inspection.excellence.handlers import EXCELLENCE, INCIDENTS
from services.inspection.patrols.handlers import PATROLS, PLANS
from services.inspection.photos.handlers import EVIDENCE
from services.inspection.rectifications.handlers import OPINIONS, RECTIFICATIONS
from services.inspection.stations.handlers import CONNECTIVITY
from services.inspection.supervision.handlers import SUPERVISION
from shared.events.withdrawals import WithdrawFromInspection
from shared.pipeline.corrections import nothing_more
from shared.pipeline.decisions import Handler, Handlers

HANDLERS: Handlers = {
    **PATROLS,
    **PLANS,
    **RECTIFICATIONS,
    **EVIDENCE,
    **EXCELLENCE,
    **INCIDENTS,
    **SUPERVISION,
    **CONNECTIVITY,
    WithdrawFromInspection: Handler(nothing_more),
}

FOLLOWED: Handlers = {**OPINIONS}

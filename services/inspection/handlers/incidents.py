"""Which rule decides what is said of incidents, and what it needs to look at."""

from __future__ import annotations

from services.inspection.model import Incident
from services.inspection.rules import incidents
from shared.decisions import Handler, Handlers, Key, Query
from shared.events.inspection import AnswerIncident, CloseIncident, MarkUnanswered, ReportIncident

INCIDENTS: Handlers = {
    ReportIncident: Handler(incidents.report_incident, lambda event: [Key(Incident, incidents.reported_id(event))]),
    AnswerIncident: Handler(incidents.answer_incident, lambda event: [Key(Incident, incidents.incident_id(event))]),
    CloseIncident: Handler(incidents.close_incident, lambda event: [Key(Incident, incidents.incident_id(event))]),
    MarkUnanswered: Handler(incidents.mark_unanswered, lambda event: [Query(Incident, incidents.past_due(event))]),
}

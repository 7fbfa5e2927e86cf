"""Rules of incidents: reported, answered by the organisation within 5 working days, closed by somebody above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.excellence import quarter_of
from shared.calendar import due_after
from shared.events import Event
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    IncidentAnswered,
    IncidentClosed,
    IncidentReported,
    IncidentUnanswered,
    MarkUnanswered,
    ReportIncident,
    UnansweredWithdrawn,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

ANSWER_WITHIN = 5
"""Working days for an answer, the day of the report not counted; ours, the county's account names none."""
OPEN = (IncidentStage.REPORTED, IncidentStage.UNANSWERED)
"""An answer is still waited for."""


def report_incident(state: State, event: Event[ReportIncident]) -> Verdict:
    """Its id is the report's; two submitters that use one id for an organisation do not share an incident."""
    if state.get(Incident, reported_id(event)) is not None:
        return Refused("incident-already-reported", incident=event.id)
    incident = _reported(event)
    fact = IncidentReported(
        incident=event.id,
        kind=incident.kind,
        person=incident.person,
        due=incident.due,
        provisional=incident.provisional,
    )
    return Accepted((incident,), (fact,))


def _reported(event: Event[ReportIncident]) -> Incident:
    day = event.day
    due = due_after(day, ANSWER_WITHIN)
    return Incident(
        id=reported_id(event),
        county=county_of(event.organisation),
        organisation=event.organisation,
        incident=event.id,
        kind=event.data.kind,
        summary=event.data.summary,
        person=event.data.person,
        reported=day,
        quarter=quarter_of(day),
        due=due.day,
        provisional=due.provisional,
        records={"reported": event.key},
    )


def answer_incident(state: State, event: Event[AnswerIncident]) -> Verdict:
    """By whose it is now, once, after it was reported; in time on the due day or before, whenever learnt."""
    asked, day = event.data, event.day
    incident = state.get(Incident, incident_id(event))
    if incident is None:
        return Refused("unknown-incident", incident=asked.incident)
    if event.submitter != state.roster.answering(event.organisation, event.day):
        return Refused("answer-not-its-own", organisation=event.organisation)
    if incident.stage is IncidentStage.WITHDRAWN:
        return Refused("incident-withdrawn", incident=asked.incident, matter=incident.kind)
    if incident.stage not in OPEN:
        return Refused("incident-already-answered", incident=asked.incident, matter=incident.kind)
    if day < incident.reported:
        return Refused("incident-later", incident=asked.incident, matter=incident.kind)
    fact = IncidentAnswered(
        incident=incident.incident,
        kind=incident.kind,
        on_time=day <= incident.due,
        was_unanswered=incident.stage is IncidentStage.UNANSWERED,
    )
    withdrawn = tuple(mark_withdrawn(incident)) if fact.on_time else ()
    marked = None if withdrawn else incident.marked
    said = {"stage": IncidentStage.ANSWERED, "answered": day, "answer": asked.answer, "marked": marked}
    answered = incident.having(**said, records={**incident.records, "answered": event.key})
    return Accepted((answered,), (fact, *withdrawn))


def mark_withdrawn(incident: Incident) -> Iterator[About]:
    """The mark is taken back as of when it was made, so that it never stood in any report's sum."""
    if incident.marked is not None:
        fact = UnansweredWithdrawn(incident=incident.incident, kind=incident.kind, due=incident.due)
        yield About(incident.organisation, fact, incident.marked)


def close_incident(state: State, event: Event[CloseIncident]) -> Verdict:
    """By somebody above, once it is answered or its answer is overdue; nobody is judge in its own case."""
    asked, day = event.data, event.day
    incident = state.get(Incident, incident_id(event))
    if incident is None:
        return Refused("unknown-incident", incident=asked.incident)
    if event.submitter == state.roster.answering(event.organisation, event.day):
        return Refused("own-incident", organisation=event.organisation)
    if incident.stage is IncidentStage.WITHDRAWN:
        return Refused("incident-withdrawn", incident=asked.incident, matter=incident.kind)
    if incident.stage is IncidentStage.CLOSED:
        return Refused("incident-already-closed", incident=asked.incident, matter=incident.kind)
    if incident.stage is IncidentStage.REPORTED:
        return Refused("incident-not-answered", incident=asked.incident, matter=incident.kind, due=incident.due)
    if day < (incident.answered or incident.due):
        return Refused("incident-later", incident=asked.incident, matter=incident.kind)
    said = {"stage": IncidentStage.CLOSED, "closed": day, "upheld": asked.upheld, "note": asked.note}
    closed = incident.having(**said, records={**incident.records, "closed": event.key})
    fact = IncidentClosed(incident=incident.incident, kind=incident.kind, upheld=asked.upheld)
    return Accepted((closed,), (fact,))


def mark_unanswered(state: State, event: Event[MarkUnanswered]) -> Verdict:
    """Every incident whose answer was due before the day and has not come is unanswered from now on."""
    late = state.find(Incident, past_due(event))
    marked = (one.having(stage=IncidentStage.UNANSWERED, marked=event.time) for one in late)
    facts = (
        About(one.organisation, IncidentUnanswered(incident=one.incident, kind=one.kind, due=one.due)) for one in late
    )
    return Accepted(tuple(marked), tuple(facts))


def past_due(event: Event[MarkUnanswered]) -> dict[str, Any]:
    """The filter of incidents that a day makes unanswered."""
    return {
        "county": county_of(event.organisation),
        "stage": IncidentStage.REPORTED.value,
        "due": {"$lt": event.data.day.isoformat()},
    }


def reported_id(event: Event[ReportIncident]) -> str:
    """Reports about two organisations may bear one id: theirs are kept apart."""
    return f"{event.organisation}/{event.id}"


def incident_id(event: Event[AnswerIncident] | Event[CloseIncident]) -> str:
    """The incident that an answer or a closing means."""
    return f"{event.organisation}/{event.data.incident}"

"""Which rule decides what is said of commitments, marks and incidents, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from services.inspection.excellence.rules import excellence, incidents, settling, undoing
from shared.events import Event
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    GrantExcellenceMark,
    MarkUnanswered,
    PublishCommitment,
    ReportIncident,
    SettleAnswerDays,
    WithdrawCommitment,
    WithdrawExcellenceMark,
)
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query


def _granting(event: Event[GrantExcellenceMark]) -> Iterator[Need]:
    yield Key(ExcellenceMark, excellence.mark_id(event))
    yield Query(Incident, excellence.upheld_incidents(event))


EXCELLENCE: Handlers = {
    PublishCommitment: Handler(
        excellence.publish_commitment, lambda event: [Key(Commitment, excellence.commitment_id(event))]
    ),
    WithdrawCommitment: Handler(
        excellence.withdraw_commitment, lambda event: [Key(Commitment, excellence.commitment_id(event))]
    ),
    GrantExcellenceMark: Handler(excellence.grant_mark, _granting),
    WithdrawExcellenceMark: Handler(
        excellence.withdraw_mark, lambda event: [Key(ExcellenceMark, excellence.mark_id(event))]
    ),
}


INCIDENTS: Handlers = {
    ReportIncident: Handler(
        incidents.report_incident,
        lambda event: [Key(Incident, incidents.reported_id(event))],
        undoing.undo_report,
        undoing.spoken_of,
    ),
    AnswerIncident: Handler(
        incidents.answer_incident,
        lambda event: [Key(Incident, incidents.incident_id(event))],
        undoing.undo_answer,
        undoing.spoken_of,
    ),
    CloseIncident: Handler(
        incidents.close_incident,
        lambda event: [Key(Incident, incidents.incident_id(event))],
        undoing.undo_closing,
        undoing.spoken_of,
    ),
    MarkUnanswered: Handler(incidents.mark_unanswered, lambda event: [Query(Incident, incidents.past_due(event))]),
    SettleAnswerDays: Handler(settling.settle_answer_days, settling.to_look_at),
}

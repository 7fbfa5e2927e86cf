"""Rules of the excellence programme (四优窗口): public commitments, and the mark of a quarter."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from shared.events import Event
from shared.events.inspection import (
    CommitmentPublished,
    CommitmentWithdrawn,
    ExcellenceMarkGranted,
    ExcellenceMarkWithdrawn,
    FourScores,
    GrantExcellenceMark,
    PublishCommitment,
    WithdrawCommitment,
    WithdrawExcellenceMark,
)
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import not_offered
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

EXCELLENT = 9000
"""Hundredths that each of the four scores must reach; the county's account names no figure, this one is ours."""


def publish_commitment(state: State, event: Event[PublishCommitment]) -> Verdict:
    """A new text for a person and item follows the one that held; the same text again is none."""
    asked = event.data
    if state.standing(event).patrolled is None:
        return Refused("no-window-or-station", organisation=event.organisation)
    if no := not_offered(state, event, Catalogue.COMMITMENT, asked.item):
        return no
    commitment = state.get(Commitment, commitment_id(event)) or _new(event)
    held = commitment.on(event.time)
    if held == asked.text:
        return Refused("commitment-already-published", item=asked.item, person=asked.person)
    fact = CommitmentPublished(person=asked.person, item=asked.item, text=asked.text, follows=held is not None)
    return Accepted((commitment.holding(asked.text, event.time),), (fact,))


def withdraw_commitment(state: State, event: Event[WithdrawCommitment]) -> Verdict:
    """Only what held then can be withdrawn."""
    asked = event.data
    commitment = state.get(Commitment, commitment_id(event))
    if commitment is None or commitment.on(event.time) is None:
        return Refused("unknown-commitment", item=asked.item, person=asked.person)
    fact = CommitmentWithdrawn(person=asked.person, item=asked.item)
    return Accepted((commitment.holding(None, event.time),), (fact,))


def commitment_id(event: Event[PublishCommitment] | Event[WithdrawCommitment]) -> str:
    """Persons are named within their organisation, items within a person's commitments."""
    return f"{event.organisation}/{event.data.person}/{event.data.item}"


def _new(event: Event[PublishCommitment]) -> Commitment:
    return Commitment(
        id=commitment_id(event),
        county=county_of(event.organisation),
        organisation=event.organisation,
        person=event.data.person,
        item=event.data.item,
    )


def grant_mark(state: State, event: Event[GrantExcellenceMark]) -> Verdict:
    """For a quarter that is over: all four scores excellent, no incident of that quarter upheld, and once."""
    asked = event.data
    if (no := _not_excellent(state, event)) is not None:
        return no
    before = state.get(ExcellenceMark, mark_id(event))
    if before is not None and before.stands:
        return Refused("mark-already-granted", organisation=event.organisation, quarter=asked.quarter)
    mark = ExcellenceMark(
        id=mark_id(event),
        version=before.version if before else 0,
        county=county_of(event.organisation),
        organisation=event.organisation,
        quarter=asked.quarter,
        scores=asked.scores,
        note=asked.note,
        granted=event.time,
    )
    return Accepted((mark,), (ExcellenceMarkGranted(quarter=asked.quarter, scores=asked.scores),))


def _not_excellent(state: State, event: Event[GrantExcellenceMark]) -> Refused | None:
    asked = event.data
    if state.standing(event).patrolled is None:
        return Refused("no-window-or-station", organisation=event.organisation)
    if quarter_of(event.day) <= asked.quarter:
        return Refused("quarter-not-over", quarter=asked.quarter)
    if no := too_low(asked.scores):
        return no
    if upheld := state.find(Incident, upheld_incidents(event)):
        return Refused("incident-upheld", quarter=asked.quarter, count=len(upheld))
    return None


def too_low(scores: FourScores) -> Refused | None:
    """The lowest of the four decides."""
    if scores.lowest >= EXCELLENT:
        return None
    return Refused("scores-too-low", lowest=_points(scores.lowest), needed=_points(EXCELLENT))


def upheld_incidents(event: Event[GrantExcellenceMark]) -> dict[str, Any]:
    """The filter of the incidents that forbid a mark."""
    return {"organisation": event.organisation, "quarter": event.data.quarter, "upheld": True}


def withdraw_mark(state: State, event: Event[WithdrawExcellenceMark]) -> Verdict:
    """A mark that stands is taken back, not before it was granted."""
    mark = state.get(ExcellenceMark, mark_id(event))
    if mark is None or not mark.stands or event.time < mark.granted:
        return Refused("unknown-mark", organisation=event.organisation, quarter=event.data.quarter)
    withdrawn = mark.having(withdrawn=event.time, reason=event.data.reason)
    return Accepted((withdrawn,), (ExcellenceMarkWithdrawn(quarter=event.data.quarter),))


def mark_id(event: Event[GrantExcellenceMark] | Event[WithdrawExcellenceMark]) -> str:
    """One mark for an organisation and a quarter."""
    return f"{event.organisation}/{event.data.quarter}"


def quarter_of(day: date) -> str:
    """2018-Q3; the names of quarters sort as the quarters do."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:g}"

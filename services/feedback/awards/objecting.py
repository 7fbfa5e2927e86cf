"""What speaks against a nomination while it is public, and what the office answers before the award is granted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.feedback.awards.model import Nomination, NominationObjection
from services.feedback.awards.nominating import standing_nomination
from shared.calendar import due_after
from shared.database.documents import Key
from shared.events import Event
from shared.events.feedback import (
    AnswerNominationObjection,
    NominationObjected,
    NominationObjectionAnswered,
    NominationObjectionWithdrawn,
    ObjectToNomination,
)
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of

ANSWER_DAYS = 5
"""[A] Working days within which the office answers an objection."""


def object_to_nomination(state: State, event: Event[ObjectToNomination]) -> Verdict:
    """Each organisation of the county once, from the day of publication to the last day of it."""
    asked, here = event.data, event.organisation
    nomination = state.get(Nomination, asked.nomination)
    if nomination is None or nomination.withdrawn or nomination.county != county_of(here):
        return Refused("nomination-not-found")
    published, until = nomination.published, nomination.until
    if published is None or until is None or not published <= event.day <= until:
        return Refused("nomination-not-public")
    if any(one.organisation == here or one.id == event.id for one in nomination.objections):
        return Refused("nomination-objection-known")
    said = NominationObjection(
        id=event.id, organisation=here, objected=asked.objected, day=event.day, submission=event.key
    )
    changed = nomination.having(objections=(*nomination.objections, said))
    return Accepted((changed,), (NominationObjected(nomination=nomination.id, objection=event.id),))


def objection_needed(original: Original) -> Iterator[Key]:
    """The nomination to which it was made."""
    yield Key(Nomination, fact_of(original, NominationObjected).nomination)


def undo_objection(state: State, original: Original) -> Verdict:
    """As long as no award was granted over it."""
    nomination = state.get(Nomination, fact_of(original, NominationObjected).nomination)
    assert nomination is not None, "what was objected to is kept"
    if nomination.granted:
        return Refused("nomination-already-granted")
    others = tuple(one for one in nomination.objections if one.id != original.id)
    return Accepted((nomination.having(objections=others),), original.taken_back(NominationObjectionWithdrawn))


def answer_nomination_objection(state: State, event: Event[AnswerNominationObjection]) -> Verdict:
    """Until the award is granted; said again, the last answer holds."""
    asked = event.data
    nomination = standing_nomination(state, asked.nomination, event.organisation)
    if nomination is None:
        return Refused("nomination-not-found")
    if nomination.granted:
        return Refused("nomination-already-granted")
    said = next((one for one in nomination.objections if one.id == asked.objection), None)
    if said is None or event.day < said.day:
        return Refused("nomination-objection-not-found")
    answered = said.model_copy(update={"upheld": asked.upheld, "answer": asked.answer})
    changed = nomination.having(objections=tuple(answered if one is said else one for one in nomination.objections))
    fact = NominationObjectionAnswered(nomination=nomination.id, objection=said.id, upheld=asked.upheld)
    return Accepted((changed,), (fact,))


def answer_due(objection: NominationObjection) -> date:
    """The last day on which it is answered in time."""
    return due_after(objection.day, ANSWER_DAYS).day


def kept_from(nomination: Nomination) -> Refused | None:
    """Why an objection keeps the award from being granted: it has no answer, or it was right."""
    if nomination.upheld:
        one = nomination.upheld
        return Refused("nomination-objection-upheld", organisation=one.organisation, day=one.day)
    for one in nomination.unanswered:
        return Refused("nomination-objected", organisation=one.organisation, day=one.day)
    return None

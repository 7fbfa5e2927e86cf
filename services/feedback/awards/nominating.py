"""Who is nominated for an award (推荐), with nothing held against the organisation (资格), and what is made public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.placing.model import LedgerFact
from shared.calendar import due_after
from shared.countys_own import CountysOwn
from shared.database.documents import COUNTS, Key, Need, Query
from shared.events import Event
from shared.events.feedback import (
    AwardNominated,
    NominateForAward,
    NominationPublished,
    NominationWithdrawn,
    PublicationWithdrawn,
    PublishNomination,
)
from shared.events.inspection import IncidentClosed, IncidentClosingWithdrawn
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import called, not_offered
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.committees import catalogues_of
from shared.roster.organisations import county_of

PUBLIC_DAYS = 5
"""Working days for which a nomination is public; the day on which that begins is not counted."""


def nomination_needs(event: Event[NominateForAward]) -> Iterator[Need]:
    """Those of the same person, and which incidents of the organisation were closed in the year."""
    yield Key(Nomination, event.id)
    yield _of_person(event)
    yield _closings(event)


def nominate(state: State, event: Event[NominateForAward]) -> Verdict:
    """Once a year for an award that has a quota, of an organisation without a founded incident in the year so far."""
    asked, here = event.data, event.organisation
    if no := not_offered(state, event, Catalogue.AWARD, asked.award):
        return no
    award = called(state, here, Catalogue.AWARD, asked.award)
    if quota_of(state, here, asked.award) is None:
        return Refused("award-without-quota", award=award)
    if any(one.year == event.day.year for one in state.find(Nomination, _of_person(event).filter)):
        return Refused("award-already-nominated", award=award)
    if founded := founded_incident(state.find(LedgerFact, _closings(event).filter)):
        day, kind = founded
        return Refused("incident-in-the-year", organisation=here, day=day, matter=kind)
    if state.get(Nomination, event.id):
        return Refused("nomination-id-taken")
    nomination = Nomination(
        id=event.id,
        county=county_of(here),
        award=asked.award,
        person=asked.person,
        organisation=here,
        reason=asked.reason,
        day=event.day,
        submission=event.key,
        nominated_by=event.actor,
    )
    return Accepted((nomination,), (AwardNominated(nomination=event.id, award=asked.award),))


def quota_of(state: State, organisation: str, award: str) -> int | None:
    """To how many an award is given in a year; None where others give it."""
    return CountysOwn(entries=catalogues_of(state.roster, organisation)).entry(Catalogue.AWARD, award).quota


def founded_incident(facts: Iterable[LedgerFact]) -> tuple[object, str] | None:
    """The day and kind of the last incident that stands as founded, of closings and what took some of them back."""
    standing: dict[str, tuple[object, str]] = {}
    for one in sorted(facts, key=lambda one: one.id):
        match one.fact:
            case IncidentClosingWithdrawn(incident=incident):
                standing.pop(incident, None)
            case IncidentClosed(incident=incident, kind=kind, upheld=True):
                standing[incident] = one.day, kind.value
    return max(standing.values(), default=None, key=str)


def undo_nomination(state: State, original: Original) -> Verdict:
    """As long as no award was granted by it."""
    nomination = state.get(Nomination, original.id)
    assert nomination is not None, "what was accepted is kept"
    if nomination.granted:
        return Refused("nomination-already-granted")
    return Accepted((nomination.having(withdrawn=True),), original.taken_back(NominationWithdrawn))


def publish(state: State, event: Event[PublishNomination]) -> Verdict:
    """Once, for five working days."""
    nomination = standing_nomination(state, event.data.nomination, event.organisation)
    if nomination is None or event.day < nomination.day:
        return Refused("nomination-not-found")
    if nomination.until is not None:
        return Refused("nomination-already-published", until=nomination.until)
    if not nomination.marks:
        return Refused("nomination-not-judged")
    until = due_after(event.day, PUBLIC_DAYS).day
    fact = NominationPublished(nomination=nomination.id, award=nomination.award, public_until=until)
    return Accepted((nomination.having(published=event.day, until=until),), (fact,))


def standing_nomination(state: State, id: str, organisation: str) -> Nomination | None:
    """One that was not taken back, of that organisation."""
    found = state.get(Nomination, id)
    return found if found and not found.withdrawn and found.organisation == organisation else None


def publication_needed(original: Original) -> Iterator[Key]:
    """The nomination that was made public."""
    yield Key(Nomination, fact_of(original, NominationPublished).nomination)


def undo_publication(state: State, original: Original) -> Verdict:
    """As long as no award was granted by it."""
    nomination = state.get(Nomination, fact_of(original, NominationPublished).nomination)
    assert nomination is not None, "what was made public is kept"
    if nomination.granted:
        return Refused("nomination-already-granted")
    if nomination.objections:
        first = nomination.objections[0]
        return Refused("nomination-objected-to", organisation=first.organisation, day=first.day)
    unpublished = nomination.having(published=None, until=None)
    return Accepted((unpublished,), original.taken_back(PublicationWithdrawn))


def given_in(award: str, year: int) -> Query:
    """Those to whom an award was given in a year."""
    return Query(GrantedAward, {"award": award, "year": year, **COUNTS})


def _of_person(event: Event[NominateForAward]) -> Query:
    asked = event.data
    return Query(
        Nomination, {"county": county_of(event.organisation), "person": asked.person, "award": asked.award, **COUNTS}
    )


def _closings(event: Event[NominateForAward]) -> Query:
    year, types = event.day.year, [IncidentClosed.type, IncidentClosingWithdrawn.type]
    of_year = {"$gte": f"{year}-01", "$lte": f"{year}-12"}
    return Query(LedgerFact, {"organisation": event.organisation, "month": of_year, "type": {"$in": types}})

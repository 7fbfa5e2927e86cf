"""Who is nominated for an award (推荐), and what is made public (公示)."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.awards.eligibility import eligibility_needs, not_eligible
from services.feedback.awards.kinds import given_to_others, kind_of, period_of
from services.feedback.awards.model import GrantedAward, Nomination
from shared.calendar import due_after
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
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import called, not_offered
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of

PUBLIC_DAYS = 5
"""Working days for which a nomination is public; the day on which that begins is not counted."""


def nomination_needs(event: Event[NominateForAward]) -> Iterator[Need]:
    """Those of the same person or organisation, and what its year and the last one were like."""
    yield Key(Nomination, event.id)
    yield _alike(event)
    yield from eligibility_needs(event)


def nominate(state: State, event: Event[NominateForAward]) -> Verdict:
    """Once in its period for an award that has a quota, of an organisation that has nothing held against it."""
    asked, here = event.data, event.organisation
    if no := not_offered(state, event, Catalogue.AWARD, asked.award):
        return no
    award = called(state, here, Catalogue.AWARD, asked.award)
    kind = kind_of(state, here, asked.award)
    if kind.quota is None:
        return Refused("award-without-quota", award=award)
    if no := given_to_others(state, event, kind):
        return no
    period = period_of(kind, event.day)
    if any(period_of(kind, one.day) == period for one in state.find(Nomination, _alike(event).filter)):
        return Refused("award-already-nominated", award=award, period=period)
    if no := not_eligible(state, event, period):
        return no
    if state.get(Nomination, event.id):
        return Refused("nomination-id-taken")
    nomination = Nomination(
        id=event.id,
        county=county_of(here),
        award=asked.award,
        person=asked.person or "",
        organisation=here,
        reason=asked.reason,
        day=event.day,
        submission=event.key,
        nominated_by=event.actor,
    )
    return Accepted((nomination,), (AwardNominated(nomination=event.id, award=asked.award),))


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


def _alike(event: Event[NominateForAward]) -> Query:
    """Of the same person, or of the same organisation where nobody is named."""
    asked, here = event.data, event.organisation
    whose = {"person": asked.person} if asked.person else {"person": "", "organisation": here}
    return Query(Nomination, {"county": county_of(here), "award": asked.award, **whose, **COUNTS})

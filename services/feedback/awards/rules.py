"""Who is given an award, once a year, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.awards.kinds import given_to_others, kind_of, period_of
from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.awards.moving import given_back, held_now, moved_later, passed_on_by, taken_over
from services.feedback.awards.nominating import given_in, standing_nomination
from services.feedback.awards.objecting import kept_from
from services.feedback.documents.model import DocumentScheme, NumbersGiven
from services.feedback.documents.numbering import Numbering, numbers_id
from shared.countys_own import CatalogueEntry
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.documents import DocumentSeries
from shared.events.feedback import AwardGranted, AwardWithdrawn, GrantAward
from shared.events.vocabulary import AwardRhythm, Catalogue
from shared.pipeline.catalogues import called, not_offered
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of


def grant_needs(event: Event[GrantAward]) -> Iterator[Need]:
    """That award of the same receiver by any rhythm, who else has it of the year, who holds it now, the nomination."""
    yield from (Key(GrantedAward, award_id(event, rhythm)) for rhythm in AwardRhythm)
    yield given_in(event.data.award, event.day.year)
    yield held_now(event.data.award)
    if event.data.nomination:
        yield Key(Nomination, event.data.nomination)
        yield Key(DocumentScheme, county_of(event.organisation))
        yield Key(NumbersGiven, numbers_id(event, DocumentSeries.FILE))


def grant_award(state: State, event: Event[GrantAward]) -> Verdict:
    """An award is given to the same once in its period; one that was taken back can be given again."""
    asked, here = event.data, event.organisation
    if no := not_offered(state, event, Catalogue.AWARD, asked.award):
        return no
    kind = kind_of(state, here, asked.award)
    at = award_id(event, kind.award_rhythm)
    held = state.get(GrantedAward, at)
    if held and not held.withdrawn:
        award = called(state, here, Catalogue.AWARD, asked.award)
        return Refused("award-already-granted", award=award, period=period_of(kind, event.day))
    if no := given_to_others(state, event, kind) or over_quota(state, event, kind):
        return no
    if no := not_nominated(state, event, kind) or moved_later(state, event, kind):
        return no
    granted, decided = _granted(event, held, at, kind), _decision(state, event)
    nomination = state.get(Nomination, asked.nomination) if asked.nomination else None
    by = (nomination.having(granted=event.key),) if nomination else ()
    if decided:
        granted = granted.having(number=decided.take(DocumentSeries.FILE))
    changes = (granted, *taken_over(state, event, kind), *by, *(decided.given if decided else ()))
    return Accepted(changes, (AwardGranted(award=asked.award, holder=here),))


def _decision(state: State, event: Event[GrantAward]) -> Numbering | None:
    """What the committee grants itself it decides in a document with a number, where a scheme says how those look."""
    schemes = state.get(DocumentScheme, county_of(event.organisation)) if event.data.nomination else None
    scheme = schemes.on(event.day) if schemes else None
    return Numbering(state, event, scheme) if scheme else None


def _granted(event: Event[GrantAward], held: GrantedAward | None, at: str, kind: CatalogueEntry) -> GrantedAward:
    asked, year = event.data, event.day.year
    receiver = {"person": asked.person or "", "organisation": event.organisation}
    before = held or GrantedAward(id=at, award=asked.award, year=year, **receiver)
    return before.having(
        organisation=event.organisation,
        day=event.day,
        submission=event.key,
        nomination=asked.nomination or "",
        number="",
        proof=asked.proof or "",
        since=event.day if kind.moving else None,
        withdrawn=False,
    )


def over_quota(state: State, event: Event[GrantAward], kind: CatalogueEntry) -> Refused | None:
    """As many were given the award in its month, quarter or year as its quota says."""
    asked, period, county = event.data, period_of(kind, event.day), county_of(event.organisation)
    of_year = state.find(GrantedAward, given_in(asked.award, event.day.year).filter)
    given = sum(one.is_of(kind.award_rhythm, period) and county_of(one.organisation) == county for one in of_year)
    if kind.quota is None or given < kind.quota:
        return None
    award, rhythm = called(state, event.organisation, Catalogue.AWARD, asked.award), kind.award_rhythm.value
    return Refused("award-quota-used", award=award, award_rhythm=rhythm, most=kind.quota, period=period, given=given)


def not_nominated(state: State, event: Event[GrantAward], kind: CatalogueEntry) -> Refused | None:
    """What has a quota is granted by a nomination of that person that was public for as long as it has to be."""
    asked = event.data
    if asked.nomination is None:
        award = called(state, event.organisation, Catalogue.AWARD, asked.award)
        return Refused("award-needs-nomination", award=award) if kind.quota is not None else None
    found = standing_nomination(state, asked.nomination, event.organisation)
    if found is None or (found.award, found.person) != (asked.award, asked.person or ""):
        return Refused("nomination-not-found")
    if found.until is None:
        return Refused("nomination-not-published")
    if event.day <= found.until:
        return Refused("nomination-still-public", until=found.until)
    return kept_from(found)


def award_id(event: Event[GrantAward], rhythm: AwardRhythm) -> str:
    """One award for a period and a person, whom a county knows by a name of its own, or an organisation."""
    asked = event.data
    return "/".join(
        (county_of(event.organisation), rhythm.period(event.day), asked.award, asked.person or event.organisation)
    )


def undo_needs(original: Original) -> Iterator[Need]:
    """The awards like it, from whom it was taken over, and the nomination by which it was granted."""
    yield like_it(original)
    yield passed_on_by(original)
    yield _granted_by(original)


def like_it(original: Original) -> Query:
    """The awards of that kind, organisation and year: the fact does not say to whom."""
    granted = fact_of(original, AwardGranted)
    alike = {"organisation": granted.holder, "award": granted.award, "year": original.day.year}
    return Query(GrantedAward, {**alike, "withdrawn": {"$ne": True}})


def undo_award(state: State, original: Original) -> Verdict:
    """It was not given, and one that moved is where it was before.

    One from before it was kept what granted it is known when there is no other like it.
    """
    alike = state.find(GrantedAward, like_it(original).filter)
    own = [one for one in alike if one.submission == original.key] or [one for one in alike if not one.submission]
    if len(own) != 1:
        award = called(state, original.organisation, Catalogue.AWARD, fact_of(original, AwardGranted).award)
        return Refused("award-not-found", day=original.day, award=award)
    if own[0].until is not None:
        award = called(state, original.organisation, Catalogue.AWARD, own[0].award)
        return Refused("award-moved-on", award=award, day=own[0].until)
    by = state.find(Nomination, _granted_by(original).filter)
    before = given_back(state, original)
    changes = (own[0].having(withdrawn=True), *before, *(one.having(granted="") for one in by))
    return Accepted(changes, original.taken_back(AwardWithdrawn))


def _granted_by(original: Original) -> Query:
    return Query(Nomination, {"granted": original.key})

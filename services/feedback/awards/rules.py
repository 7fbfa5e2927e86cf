"""Who is given an award, once a year, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.awards.nominating import given_in, quota_of, standing_nomination
from services.feedback.awards.objecting import kept_from
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.feedback import AwardGranted, AwardWithdrawn, GrantAward
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import called, not_offered
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of


def grant_needs(event: Event[GrantAward]) -> Iterator[Need]:
    """That award of the person, who else was given it in the year, and the nomination."""
    yield Key(GrantedAward, award_id(event))
    yield given_in(event.data.award, event.day.year)
    if event.data.nomination:
        yield Key(Nomination, event.data.nomination)


def grant_award(state: State, event: Event[GrantAward]) -> Verdict:
    """A person is given an award once a year; one that was taken back can be given again."""
    asked, year = event.data, event.day.year
    at = award_id(event)
    held = state.get(GrantedAward, at)
    if no := not_offered(state, event, Catalogue.AWARD, asked.award):
        return no
    if held and not held.withdrawn:
        return Refused("award-already-granted", award=called(state, event.organisation, Catalogue.AWARD, asked.award))
    if no := over_quota(state, event) or not_nominated(state, event):
        return no
    before = held or GrantedAward(
        id=at, award=asked.award, person=asked.person, organisation=event.organisation, year=year
    )
    by = asked.nomination or ""
    award = before.having(organisation=event.organisation, submission=event.key, nomination=by, withdrawn=False)
    nomination = state.get(Nomination, by) if by else None
    granted = (nomination.having(granted=event.key),) if nomination else ()
    return Accepted((award, *granted), (AwardGranted(award=asked.award, holder=event.organisation),))


def over_quota(state: State, event: Event[GrantAward]) -> Refused | None:
    """As many were given the award in the year as its quota says."""
    asked, year = event.data, event.day.year
    most, county = quota_of(state, event.organisation, asked.award), county_of(event.organisation)
    everywhere = state.find(GrantedAward, given_in(asked.award, year).filter)
    given = sum(county_of(one.organisation) == county for one in everywhere)
    if most is None or given < most:
        return None
    award = called(state, event.organisation, Catalogue.AWARD, asked.award)
    return Refused("award-quota-used", award=award, most=most, year=year, given=given)


def not_nominated(state: State, event: Event[GrantAward]) -> Refused | None:
    """What has a quota is granted by a nomination of that person that was public for as long as it has to be."""
    asked = event.data
    if asked.nomination is None:
        award = called(state, event.organisation, Catalogue.AWARD, asked.award)
        needs_one = quota_of(state, event.organisation, asked.award) is not None
        return Refused("award-needs-nomination", award=award) if needs_one else None
    found = standing_nomination(state, asked.nomination, event.organisation)
    if found is None or (found.award, found.person) != (asked.award, asked.person):
        return Refused("nomination-not-found")
    if found.until is None:
        return Refused("nomination-not-published")
    if event.day <= found.until:
        return Refused("nomination-still-public", until=found.until)
    return kept_from(found)


def award_id(event: Event[GrantAward]) -> str:
    """One award for a year and a person, whom a county knows by a name of its own."""
    return f"{county_of(event.organisation)}/{event.day.year}/{event.data.award}/{event.data.person}"


def undo_needs(original: Original) -> Iterator[Need]:
    """The awards like it, and the nomination by which it was granted."""
    yield like_it(original)
    yield _granted_by(original)


def like_it(original: Original) -> Query:
    """The awards of that kind, organisation and year: the fact does not say to whom."""
    granted = fact_of(original, AwardGranted)
    alike = {"organisation": granted.holder, "award": granted.award, "year": original.day.year}
    return Query(GrantedAward, {**alike, "withdrawn": {"$ne": True}})


def undo_award(state: State, original: Original) -> Verdict:
    """It was not given; one from before it was kept what granted it is known when there is no other like it."""
    alike = state.find(GrantedAward, like_it(original).filter)
    own = [one for one in alike if one.submission == original.key] or [one for one in alike if not one.submission]
    if len(own) != 1:
        award = called(state, original.organisation, Catalogue.AWARD, fact_of(original, AwardGranted).award)
        return Refused("award-not-found", day=original.day, award=award)
    by = state.find(Nomination, _granted_by(original).filter)
    changes = (own[0].having(withdrawn=True), *(one.having(granted="") for one in by))
    return Accepted(changes, original.taken_back(AwardWithdrawn))


def _granted_by(original: Original) -> Query:
    return Query(Nomination, {"granted": original.key})

"""Who is given an award, once a year, and how it is taken back."""

from __future__ import annotations

from services.feedback.awards.model import GrantedAward
from shared.database.documents import Query
from shared.events import Event
from shared.events.feedback import AwardGranted, AwardWithdrawn, GrantAward
from shared.events.vocabulary import Catalogue
from shared.pipeline.catalogues import called, not_offered
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of


def grant_award(state: State, event: Event[GrantAward]) -> Verdict:
    """A person is given an award once a year; one that was taken back can be given again."""
    asked, year = event.data, event.day.year
    at = award_id(event)
    held = state.get(GrantedAward, at)
    if no := not_offered(state, event, Catalogue.AWARD, asked.award):
        return no
    if held and not held.withdrawn:
        return Refused("award-already-granted", award=called(state, event.organisation, Catalogue.AWARD, asked.award))
    before = held or GrantedAward(
        id=at, award=asked.award, person=asked.person, organisation=event.organisation, year=year
    )
    award = before.having(organisation=event.organisation, submission=event.key, withdrawn=False)
    return Accepted((award,), (AwardGranted(award=asked.award, holder=event.organisation),))


def award_id(event: Event[GrantAward]) -> str:
    """One award for a year and a person, whom a county knows by a name of its own."""
    return f"{county_of(event.organisation)}/{event.day.year}/{event.data.award}/{event.data.person}"


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
    return Accepted((own[0].having(withdrawn=True),), original.taken_back(AwardWithdrawn))

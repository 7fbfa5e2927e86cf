"""Who is given an award, once a year."""

from __future__ import annotations

from services.feedback.awards.model import GrantedAward
from shared.events import Event
from shared.events.feedback import AwardGranted, GrantAward
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of


def grant_award(state: State, event: Event[GrantAward]) -> Verdict:
    """A person is given an award once a year."""
    asked, year = event.data, event.day.year
    at = award_id(event)
    if state.get(GrantedAward, at):
        return Refused("award-already-granted", award=asked.award)
    award = GrantedAward(id=at, award=asked.award, person=asked.person, organisation=event.organisation, year=year)
    return Accepted((award,), (AwardGranted(award=asked.award, holder=event.organisation),))


def award_id(event: Event[GrantAward]) -> str:
    """One award for a year and a person, whom a county knows by a name of its own."""
    return f"{county_of(event.organisation)}/{event.day.year}/{event.data.award}/{event.data.person}"

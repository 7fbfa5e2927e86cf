"""How an appointment, and the end of a post, are corrected: by the form that entered them, filled in."""

from __future__ import annotations

from dataclasses import replace

from services.roster.people.entered import PeopleDesk, chosen_as
from services.roster.people.form import APPOINT, END
from services.roster.people.reads import people_in
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.events.roster.people import PersonAppointed, PostEnded
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster, county_of
from shared.web.records.correctable import Reported, Rewriting

CHANGE = replace(APPOINT, key="change-appointment", title="更正任职", button="提交更正")
CHANGE_END = replace(END, key="change-end", title="更正免职", button="提交更正")


async def _appointed(db: Database, original: Original) -> Reported:
    """On what basis no fact says."""
    said = fact_of(original, PersonAppointed)
    desk = await _desk(db, original, said.person)
    held = next((one for one in desk.people.of(original.organisation).posts if one.by == original.key), None)
    return Reported({**said.model_dump(mode="json"), "basis": held.basis if held else ""}, desk)


async def _ended(db: Database, original: Original) -> Reported:
    """Which post it was is chosen anew among those that are held, and this one; nothing where that was taken back."""
    said = fact_of(original, PostEnded)
    desk = await _desk(db, original, said.person)
    held = next((one for one in desk.people.of(original.organisation).posts if one.ended_by == original.key), None)
    if held is None:
        return Reported()
    return Reported({"held": chosen_as(held), "last_day": said.last_day.isoformat(), "reason": held.reason}, desk)


async def _desk(db: Database, original: Original, person: str) -> PeopleDesk:
    """As whoever entered it had it."""
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    here, people = original.organisation, await people_in(db)
    is_county = original.submitter == county_of(here)
    return PeopleDesk(here, roster, people, None, original.day, is_county, ended_too=True, besides=frozenset({person}))


CHANGING = Rewriting(CHANGE, _appointed)
CHANGING_END = Rewriting(CHANGE_END, _ended, is_of_now=True)

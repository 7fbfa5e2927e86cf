"""A form that a person sends names the person; one that was sent by an organisation's token names nobody."""

from __future__ import annotations

from services.roster.people.model import Person
from tests.browsing import acting_as, browsing, does, signed_in
from tests.county import County
from tests.sealed import ALLOWED
from tests.submitters import committee, moment, station

DAY = "2018-06-13"
OF_STATION = f"/roster/people/of/{station.code}"
WHO = {"name": "样例甲", "sex": "female", "birth_year": "1985", "party_member": "yes", "valid_from": "2018-02-01"}


async def test_the_ledger_knows_who_sent_a_form(empty_county: County) -> None:
    empty_county.allowed = ALLOWED
    ledger = empty_county.db("roster")["ledger"]
    async with empty_county.at_work(), browsing(empty_county, "roster", by=committee.code) as client:
        client.looks_at(moment(DAY))
        async with signed_in(client, station.code, "roster"):
            await does(empty_county, client, OF_STATION, "register", DAY, **WHO)
            held = await empty_county.db("roster")[Person.collection].find_one({})
            assert held is not None
            person = held["_id"]
            appointed = {"person": person, "post": "station-clerk", "since": "2018-02-01"}
            await does(empty_county, client, OF_STATION, "appoint", DAY, **appointed)
        async with acting_as(client, person, station.code):
            await does(empty_county, client, OF_STATION, "register", DAY, **(WHO | {"name": "样例乙"}))
    first, appointing, second = await ledger.find({"submitter": station.code}).sort("received", 1).to_list(None)
    assert ("actor" in first, "actor" in appointing, second["actor"]) == (False, False, person)

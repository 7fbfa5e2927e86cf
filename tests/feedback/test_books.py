"""Ledger against ledger: what feedback lacks of what the services tell is counted, and what nobody tells."""

from __future__ import annotations

from typing import Any

import pytest

from services.feedback.operations import books
from services.feedback.operations.books import FOLLOWED, Books, Comparison, compared, newest, note
from services.feedback.operations.condition_parts import ledgers
from shared.asks.published import PublishedAsked, PublishedFacts, Publishing
from shared.database.mongo import Database
from shared.pipeline.ledger import FACTS, SUBMISSIONS
from shared.pipeline.tally import HEARD, Tally
from shared.services import SERVICES
from tests.county import County
from tests.submitters import stations

LOGGED, SERVED = "inspection-logged", "green-service-recorded"


def test_what_came_while_it_was_counted_is_in_no_difference() -> None:
    before, after = {LOGGED: 3, SERVED: 1}, {LOGGED: 6, SERVED: 1}
    assert compared(before, {"inspection": {LOGGED: 5}}, after) == ({"inspection": {}}, {"inspection": {}})


def test_what_is_missing_and_what_is_unfounded_is_counted_by_service_and_type() -> None:
    before = after = {LOGGED: 3, SERVED: 2, "of-a-later-release": 1}
    published = {"inspection": {LOGGED: 5}, "greenchannel": {}}
    missing = {"inspection": {LOGGED: 2}, "greenchannel": {}}
    assert compared(before, published, after) == (missing, {"inspection": {}, "greenchannel": {SERVED: 2}})


async def looked_at(county: County, books: Books) -> Comparison:
    """What is kept of a comparison."""
    db = county.db("feedback")
    found = await books.compare()
    assert found is not None
    await note(db, found)
    kept = await newest(db)
    assert kept is not None
    assert kept.facts == await db[FACTS].count_documents({})
    return kept


async def without_one(db: Database, name: str, type: str) -> dict[str, Any]:
    """As if an earlier state had been restored; the ledger's place stays."""
    gone = await db[name].find_one_and_delete({("facts.type" if name == SUBMISSIONS else "type"): type})
    assert gone is not None
    return gone


async def test_a_fact_that_feedback_lacks_and_one_that_no_ledger_has_are_found(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comparison goes on from the one before: what is gone behind it a count from the beginning finds."""
    monkeypatch.setattr(books, "AGAIN_AFTER", 0.0)
    publishing = {service: Publishing(county.db(service), service) for service in SERVICES}

    async def answered(service: str, question: PublishedAsked) -> PublishedFacts:
        return await publishing[service].counted(question)

    feedback, own = county.db("feedback"), Books(county.db("feedback"), county.bus, answered)
    async with county.working():
        await county.hears(*(one.logs() for one in stations), *(one.serves() for one in stations))
        await county.settles()
        assert differing(await looked_at(county, own)) == ({}, {})
        await county.hears(stations[0].logs(n=1))
        await county.settles()
        found = await looked_at(county, own)
        assert (differing(found), ledgers(found)[0].state.level) == (({}, {}), "good")
        own = Books(feedback, county.bus, answered)
        gone = await without_one(feedback, FACTS, LOGGED)
        found = await looked_at(county, own)
        assert differing(found) == ({"inspection": {LOGGED: 1}}, {})
        (part,) = ledgers(found)
        assert (part.state.level, part.numbers, "make retell" in part.detail) == ("bad", ("缺站点巡查1项",), True)
        await feedback[FACTS].insert_one(gone)
        own = Books(feedback, county.bus, answered)
        assert differing(await looked_at(county, own)) == ({}, {})
        await without_one(county.db("greenchannel"), SUBMISSIONS, SERVED)
        for one in publishing.values():
            await one.counted(PublishedAsked(anew=True))
        found = await looked_at(county, own)
        assert differing(found) == ({}, {"greenchannel": {SERVED: 1}})
        assert ledgers(found)[0].numbers == ("多绿色通道1项",)


def differing(found: Comparison) -> tuple[dict[str, dict[str, int]], ...]:
    """The services of which anything is."""
    return tuple({one: by for one, by in each.items() if by} for each in (found.missing, found.unfounded))


async def test_numbers_that_come_twice_are_counted_once(empty_county: County) -> None:
    """The stream was brought back from a copy, and ends before what the ledger has: it gives the same numbers again."""
    db, found = empty_county.db("feedback"), list[int]()
    tally = Tally(db, FOLLOWED.name, HEARD)
    places = [(3, (1, 2, 3, 4, 5)), (4, (4,)), (6, (5, 6)), (7, (7,))]
    for place, numbers in places:
        entries = [{"_id": f"{place}/{n}", "type": LOGGED, "sequence": n} for n in numbers]
        await db[FACTS].insert_many(entries)
        at = {"place": {"stream": "brought back", "sequence": place}}
        await db["leases"].update_one({"_id": FOLLOWED.name}, {"$set": at}, upsert=True)
        found.append((await tally.now())[LOGGED])
    assert found == [5, 6, 8, 9]

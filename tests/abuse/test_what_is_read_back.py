"""What lists read back they ask from whom it is: nobody writes into another's."""

from __future__ import annotations

from shared.pipeline.dead_letters import dead_letter_at, dead_letters, drive_again
from shared.pipeline.inlets import AGAIN
from shared.web.records.lookup import count, listed
from tests.county import County
from tests.submitters import Said, Submitter, station, stations, township

STRANGER = stations[1]


async def keys_of(county: County, about: Submitter, who: Submitter) -> list[str]:
    """The records that `who` finds about an organisation, in no order."""
    db = county.db("greenchannel")
    found = await listed(db, about.code, who.code, 50, 0)
    assert await count(db, about.code, who.code) == len(found)
    return sorted(one.entry["_id"] for one in found)


def key(said: Said) -> str:
    return f"{said.submitter}/{said.id}"


async def test_what_strangers_tried_about_an_organisation_is_not_among_its_records(county: County) -> None:
    """A flood of them would leave none of its own to be found."""
    own, wrong = station.serves(1), station.completes(station.opens(n=9))
    theirs = [STRANGER.serves(2, n=n).heading(subject=station.code) for n in range(60)]
    above = [township.serves(3).heading(subject=station.code), township.completes(station.opens(n=8))]
    above[1] = above[1].heading(subject=station.code)
    async with county.working():
        await county.hears(own, wrong, *theirs, *above)
        await county.settles()
    verdicts = [(await county.verdict(one) or {})["verdict"] for one in (own, wrong, *theirs[:2], *above)]
    assert verdicts == ["accepted", "refused", "refused", "refused", "accepted", "refused"]
    assert await keys_of(county, station, station) == sorted(map(key, (own, wrong, above[0])))
    assert await keys_of(county, station, township) == sorted(map(key, (own, wrong, *above)))


async def test_a_letter_that_says_it_came_of_anothers_is_not_believed(county: County) -> None:
    mine, forged = station.serves(3).saying(b"{"), STRANGER.serves(3).saying(b"{")
    claims = forged._replace(message=forged.message._replace(headers={**forged.message.headers, AGAIN: "1"}))
    async with county.working():
        await county.hears(mine)
        await county.settles()
        await county.hears(claims)
        await county.settles()
        assert [one["again"] for one in (await dead_letters(county.bus, 10))["items"]] == [None, None]
        await drive_again(county.bus, 1)
        await county.settles()
    letters = (await dead_letters(county.bus, 10))["items"]
    assert [one["again"] for one in letters if one["submitter"] == station.code] == [None, "1"], "the control"
    first = await dead_letter_at(county.bus, 1)
    assert first is not None
    assert first["failed_again_as"] == letters[-1]["id"]

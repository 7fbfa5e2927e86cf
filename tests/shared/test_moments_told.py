"""Where bus and database do not fit together, as whoever runs the county reads it and chooses to go on."""

from __future__ import annotations

from services.feedback.operations.condition_parts import fitting
from shared.pages.apart import WHY
from shared.pipeline.moments import Misfit
from tests.browsing import browsing
from tests.county import County
from tests.submitters import committee, hall

APART = {"why": Misfit.ANOTHER_STREAM, "stream": "now", "last": 3, "done": 0}
API = "/greenchannel/api/moments"


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(Misfit)


def test_each_subscription_is_a_part_that_is_bad() -> None:
    (part,) = fitting({"roster-submissions": Misfit.BUS_EARLIER})
    assert part.state.level == "bad"
    assert part.advice.startswith(WHY[Misfit.BUS_EARLIER])
    assert fitting({}) == ()


async def test_the_county_alone_chooses_to_go_on(county: County) -> None:
    leases = county.db("greenchannel")["leases"]
    await leases.update_one({"_id": "greenchannel-submissions"}, {"$set": {"apart": APART}})
    async with browsing(county, "greenchannel", by=hall.code) as client:
        assert (await client.post(API)).status_code == 401
    async with browsing(county, "greenchannel", by=committee.code) as client:
        assert (await client.get(API)).json() == {"apart": {"greenchannel-submissions": "another-stream"}}
        assert (await client.post(API)).json() == {"apart": {"greenchannel-submissions": "another-stream"}}
    lease = await leases.find_one({"_id": "greenchannel-submissions"})
    assert lease is not None
    assert lease["adopts"] == "now"

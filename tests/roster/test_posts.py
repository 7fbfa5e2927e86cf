"""What a person reads and does of persons follows from its posts; its own record it reads in any case."""

from __future__ import annotations

from tests.browsing import acting_as, browsing, does, fills_in
from tests.county import County
from tests.staffed import CHIEF, CLERK, NOBODYS, staffed
from tests.submitters import committee, moment, office

OF_OFFICE = f"/roster/people/of/{office.code}"
DAY = "2018-06-13"


async def test_whoever_holds_no_post_reads_its_own_record_and_nobody_elses(county: County) -> None:
    await staffed(county, NOBODYS, CLERK, CHIEF)
    async with browsing(county, "roster") as client:
        for who, own, others in ((NOBODYS, 200, 403), (CLERK, 200, 403), (CHIEF, 200, 200)):
            async with acting_as(client, who.id, who.organisation):
                mine = await client.get(f"/roster/people/{who.id}")
                other = next(one for one in (CLERK, NOBODYS) if one is not who)
                assert (mine.status_code, (await client.get(f"/roster/people/{other.id}")).status_code) == (own, others)
                assert ("更正个人信息" in mine.text) is (who is CHIEF)
                assert (await client.get("/roster/people")).status_code == others
                assert (await client.get("/roster/organisations")).status_code == 200


async def test_nobody_appoints_themselves(county: County) -> None:
    await staffed(county, CHIEF, NOBODYS)
    async with county.working(), browsing(county, "roster", by=committee.code) as client:
        client.looks_at(moment(DAY))
        async with acting_as(client, CHIEF.id, CHIEF.organisation):
            own = {"person": CHIEF.id, "post": "window-clerk", "since": "2018-06-01"}
            no = await fills_in(client, OF_OFFICE, "appoint", DAY, **own)
            assert (no.status_code, "不能由本人登记" in no.text) == (422, True)
            await does(county, client, OF_OFFICE, "appoint", DAY, **(own | {"person": NOBODYS.id}))

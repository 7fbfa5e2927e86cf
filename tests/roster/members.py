"""A county whose members of the committee are known, and a browser that looks at the roster's pages in 2018."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from deploy.embedded.servers.running import Servers
from shared.events.roster import Office, RegisterOrganisation, issuing
from shared.events.vocabulary import OrganisationKind
from tests.browsing import browsing, form_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.sealed import ALLOWED
from tests.submitters import COUNTY, START, Said, Submitter, committee, moment

MEMBER, ANOTHER = Submitter("150424-D11"), Submitter("150424-D12")
RED_CROSS = Submitter("150424-D13")
NAMES = {MEMBER: "林西县民政局", ANOTHER: "林西县残疾人联合会", RED_CROSS: "林西县红十字会"}


def joins(who: Submitter) -> Said:
    """A department is a member of the committee; the Red Cross issues certificates."""
    offices = [Office(office=issuing("first-aid"), scope=COUNTY)] if who == RED_CROSS else []
    asked = RegisterOrganisation(
        code=who.code,
        name=NAMES[who],
        kind=OrganisationKind.DEPARTMENT,
        parent=COUNTY,
        committee_member=True,
        due_in_hall=True,
        offices=offices,
        valid_from=START,
    )
    return committee.says(asked, moment("2018-01-01", "00:00"), about=who.code)


@asynccontextmanager
async def working_with_members(servers: Servers) -> AsyncIterator[County]:
    """It decides until the block is left."""
    async with county_on(servers) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            await county.hears(*(joins(who) for who in NAMES))
            await county.settles()
            yield county


@asynccontextmanager
async def looking(county: County, day: str = "2018-03-05") -> AsyncIterator[Browser]:
    """On a day of 2018; nobody has signed in."""
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(browsing(county, "roster"))
        client.looks_at(moment(day))
        yield client


async def takes_back(client: Browser, record: str) -> None:
    """By the form of a record's page; accepted."""
    at = f"{record}/withdraw"
    form = form_in((await client.get(at)).text, at)
    answer = await client.post(at, data=form | {"reason": "重复登记"})
    assert answer.status_code == 303, answer.text
    assert "已受理" in (await client.get(answer.headers["location"])).text

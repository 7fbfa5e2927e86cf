"""What waits for a person is what their posts do; all that waits for their organisation they see beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shared.calendar import CHINA
from shared.events.inspection import IncidentKind, ReportIncident
from tests.browsing import acting_as, signed_in
from tests.county import County
from tests.staffed import AUDITS, CHIEF, CLERK, NOBODYS, OFFICE_CLERK, RUNS, WATCHES, Holder, staffed
from tests.submitters import committee, office, station
from tests.todo import all_answer, listed

pytestmark = pytest.mark.asyncio
NOW = datetime.now(CHINA).replace(microsecond=0)
INCIDENT, CASE = f"组织{office.code}：", "licence："


async def test_each_post_has_before_it_what_it_does(county: County) -> None:
    await staffed(county, CHIEF, CLERK, NOBODYS)
    incident = office.says(ReportIncident(kind=IncidentKind.COMPLAINT, summary="态度生硬"), NOW - timedelta(days=1))
    async with county.working(), all_answer(county) as clients:
        await county.hears(incident, office.opens(at=NOW - timedelta(days=20)))
        await county.settles()

        async def seen(who: Holder, tab: str) -> tuple[bool, bool]:
            async with acting_as(clients["roster"], who.id, who.organisation):
                found = await listed(clients["roster"], "roster", f"?tab={tab}")
            return any(one.startswith(INCIDENT) for one in found), any(one.startswith(CASE) for one in found)

        assert [await seen(who, "mine") for who in (CHIEF, CLERK, NOBODYS)] == [
            (True, True),
            (False, True),
            (False, False),
        ]
        assert [await seen(who, "all") for who in (CHIEF, CLERK, NOBODYS)] == [
            (True, True),
            (True, True),
            (False, False),
        ]


async def test_a_person_finds_what_it_did_itself_and_its_organisation_all_of_it(county: County) -> None:
    await staffed(county, CLERK)
    async with county.working(), all_answer(county) as clients:
        await county.hears(office.serves(3, at=NOW).heading(actor=CLERK.id), office.serves(4, at=NOW, n=1))
        await county.settles()
        own = f"绿色通道服务：组织{office.code}"
        async with acting_as(clients["roster"], CLERK.id, CLERK.organisation):
            assert await listed(clients["roster"], "roster", "?tab=done") == [own]
        async with signed_in(clients["roster"], office.code, "roster"):
            assert (await listed(clients["roster"], "roster", "?tab=done")).count(own) == 2


async def test_in_the_county_the_office_plans_and_its_administrator_sees_to_what_nobody_could_decide(
    county: County,
) -> None:
    await staffed(county, OFFICE_CLERK, RUNS, WATCHES, AUDITS)
    async with county.working(), all_answer(county) as clients:
        await county.hears(station.serves(n=9).saying(b'{"broken": 1}'))
        await county.settles()
        client, plans, letters = clients["feedback"], "安排下一期轮值", "1件报送系统无法办理"

        async def seen(who: Holder) -> tuple[bool, bool]:
            async with acting_as(client, who.id, who.organisation):
                found = await listed(client, "feedback")
            return plans in found, letters in found

        assert [await seen(who) for who in (OFFICE_CLERK, RUNS, WATCHES, AUDITS)] == [
            (True, False),
            (False, True),
            (False, False),
            (False, False),
        ]
        async with signed_in(client, committee.code, "feedback"):
            assert {plans, letters} <= set(await listed(client, "feedback"))

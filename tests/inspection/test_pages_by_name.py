"""Who acted, and whom a record is about, is said by name to whoever may read it, by post to others, by id to nobody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from shared.events.inspection import AcceptRectification, Finding, LogInspection, PublishCommitment
from shared.events.roster import Appoint, Post
from shared.events.vocabulary import PatrolKind, Severity
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import signed_in
from tests.processes_here import NOBODY
from tests.sealed import ALLOWED, registers
from tests.submitters import START, committee, hall, moment, office, station, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
CLERK, CHIEF, WALKER = "p-clerk", "p-chief", "p-walker"
MARCH = moment("2018-03-05")
FOUND = LogInspection(
    patrol=PatrolKind.WINDOW, score=9000, findings=[Finding(item="灭火器", severity=Severity.MINOR, rectify_within=5)]
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """The hall's walker found something at the office's window, and its clerk takes that on and commits itself."""
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            found = hall.says(FOUND, MARCH, office.code).heading(actor=WALKER)
            taken = AcceptRectification(rectification=f"{found.id}/0")
            promised = PublishCommitment(person=CLERK, item="integrity", text="不收礼")
            await county.hears(
                office.says(registers(CLERK, office.code, name="赵敏"), MARCH),
                office.says(registers(CHIEF, office.code, name="钱进"), MARCH),
                hall.says(registers(WALKER, hall.code, name="孙立"), MARCH),
                office.says(Appoint(person=CLERK, post=Post.WINDOW_CLERK, since=START), MARCH),
                found,
                office.says(taken, moment("2018-03-06")).heading(actor=CLERK),
                office.says(promised, moment("2018-03-07")).heading(actor="刘桂英"),
            )
            await county.settles()
            yield county


async def page_of(client: AsyncClient, code: str, at: str) -> str:
    async with signed_in(client, code):
        return (await client.get(at)).text


def records(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="(/inspection/submissions/[^"]+)"', page)


async def test_a_rectifications_history_names_who_acted_to_those_who_may_read_it(client: AsyncClient) -> None:
    listed = await page_of(client, committee.code, "/inspection/rectifications")
    at = re.findall(r'href="(/inspection/rectifications/[^"?]+/[^"?]+)"', listed)[0]
    seen = {code: await page_of(client, code, at) for code in (committee.code, office.code, hall.code, township.code)}
    assert "孙立" in seen[committee.code]
    assert "赵敏（窗口工作人员）" in seen[office.code]
    assert "孙立" not in seen[office.code], "another unit's people are named by unit and post"
    assert "赵敏（窗口工作人员）" in seen[hall.code], "whoever walks the windows knows who serves there"
    assert ("赵敏" in seen[township.code], "窗口工作人员" in seen[township.code]) == (False, False)
    assert not [code for code, page in seen.items() if CLERK in page or WALKER in page]


async def test_records_name_who_acted_and_what_a_program_wrote_stays(client: AsyncClient) -> None:
    listed = await page_of(client, office.code, "/inspection/submissions")
    assert ("赵敏（窗口工作人员）" in listed, "刘桂英" in listed, CLERK in listed) == (True, True, False)
    shown = [await page_of(client, office.code, at) for at in records(listed)]
    assert sum("<dt>办理人</dt>" in one for one in shown) == 2
    assert not [one for one in shown if CLERK in one]


async def test_the_inspection_itself_names_who_walked(client: AsyncClient) -> None:
    listed = await page_of(client, hall.code, "/inspection/inspections?day=2018-03-05")
    (at,) = re.findall(r'href="(/inspection/inspections/[^"?]+/[^"?]+)"', listed)
    assert "孙立" in await page_of(client, hall.code, at)
    assert "孙立" not in (other := await page_of(client, office.code, at))
    assert WALKER not in other


async def test_a_commitment_is_public_by_the_post_and_not_by_name(client: AsyncClient) -> None:
    at = f"/inspection/excellence/{office.code}"
    public = (await client.get(at, headers=NOBODY)).text
    assert ("窗口工作人员" in public, "赵敏" in public, CLERK in public) == (True, False, False)
    async with signed_in(client, office.code):
        own = (await client.get(at)).text
    assert "赵敏" in own
    assert '<option value="p-chief">钱进</option>' in own


async def test_a_unit_of_which_nobody_is_registered_is_told_so_and_types_nothing(client: AsyncClient) -> None:
    page = await page_of(client, station.code, f"/inspection/excellence/{station.code}")
    assert ("请先<a" in page, f"/roster/people/of/{station.code}" in page) == (True, True)
    assert f"/inspection/excellence/{station.code}/commitment" not in page


async def test_the_hall_chooses_those_who_serve_at_the_window_and_no_others(client: AsyncClient) -> None:
    page = await page_of(client, hall.code, f"/inspection/excellence/{office.code}")
    assert ('<option value="p-clerk">赵敏（窗口工作人员）' in page, "钱进" in page) == (True, False)

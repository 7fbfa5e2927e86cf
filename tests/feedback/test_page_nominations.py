"""A nomination by hand: recommended by a unit, made public by the office, granted by the director, and taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.events.roster import EnterInCatalogue
from shared.events.vocabulary import Catalogue
from tests.browsing import browsing, does, form_in, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.sealed import ALLOWED, registers
from tests.submitters import committee, just_now, moment, office, station
from tests.todo import listed, what_waits

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE, NOW, DUE = "/feedback/nominations", "2018-03-05", "2018-03-13"
STAR = EnterInCatalogue(
    catalogue=Catalogue.AWARD, entry="star", name="文明服务之星", valid_from=moment("2018-01-01").date(), quota=1
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            await county.hears(office.says(registers("P-7", office.code, name="赵敏"), just_now()))
            await county.hears(committee.says(STAR, moment("2018-01-01"), committee.code))
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def waits(client: Browser, said: str) -> None:
    """It stands in the list of what waits."""
    assert any(said in one for one in await listed(client, "feedback"))


async def withdraws(client: Browser, record: str) -> str:
    """By the form that every record has; what is answered."""
    form = form_in((await client.get(f"{record}/withdraw")).text, f"{record}/withdraw", DUE)
    sent = await client.post(f"{record}/withdraw", data=form | {"reason": "登记有误"}, follow_redirects=True)
    return sent.text


async def test_a_nomination_goes_its_way_and_an_award_that_is_taken_back_can_be_granted_again(
    county: County, client: Browser
) -> None:
    async with signed_in(client, office.code, "feedback"):
        action = f"{PAGE}/of/{office.code}/nominate"
        form = form_in((await client.get(PAGE)).text, action, NOW)
        said = {"award": "star", "person": "P-7", "reason": "群众评价好"}
        sent = await client.post(action, data=form | said)
        assert sent.status_code == 303, sent.text
        shown = (await client.get(sent.headers["location"])).text
        assert ("已受理" in shown, "赵敏" in shown, "待评审" in shown) == (True, True, True)
        assert "文明服务之星" in (await client.get("/feedback/search?q=文明服务")).text.split("荣誉推荐")[-1]
        at_none = (await client.get(f"{PAGE}?organisation={station.code}")).text
        assert f"selected>组织{station.code}</option>" in at_none
        (one,) = set(re.findall(rf'href="({PAGE}/[0-9a-f-]{{36}})"', shown))
        assert "开始公示" not in (await client.get(one)).text
    async with signed_in(client, station.code, "feedback"):
        assert (one in (await client.get(PAGE)).text, (await client.get(one)).status_code) == (False, 403)
    async with signed_in(client, committee.code, "feedback"):
        await waits(client, "评审：")
        given = {"software": "22", "streamlining": "21", "standards": "24", "satisfaction": "23"}
        assert "1名评委，平均90.00分" in await does(county, client, one, "judge-nomination", NOW, **given)
        await waits(client, "公示：")
        shown = await does(county, client, one, "publish", NOW)
        assert ("2018年3月5日至2018年3月12日" in shown, "授予时间" in shown) == (True, False)
    async with signed_in(client, station.code, "feedback"):
        assert (one in (await client.get(PAGE)).text, (await client.get(one)).status_code) == (True, 200)
        by = f"{one}/by/{station.code}/object-to-nomination"
        form = form_in((await client.get(one)).text, by, NOW)
        shown = (await client.post(by, data=form | {"objected": "有一件逾期"}, follow_redirects=True)).text
        assert ("已受理" in shown, "待答复" in shown, "提出异议" in shown) == (True, True, False)
    async with signed_in(client, office.code, "feedback"):
        assert "有一件逾期" not in (await client.get(one)).text
        (listed_one,) = (await client.get("/feedback/api/nominations?limit=1")).json()["items"]
        assert (listed_one["objections"], "marks" in listed_one) == ([], False)
    client.looks_at(moment(DUE, "10:00"))
    async with signed_in(client, committee.code, "feedback"):
        await waits(client, "答复异议：")
        assert "2018年3月12日前答复，公示到2018年3月12日止" in await what_waits(client, "feedback")
        (which,) = re.findall(r'<option value="([0-9a-f-]{36})"', (await client.get(one)).text)
        answer = {"objection": which, "upheld": "no", "answer": "已按规定延期"}
        assert "不属实" in await does(county, client, one, "answer-nomination-objection", DUE, **answer)
        await waits(client, "授予：")
        shown = await does(county, client, one, "grant-by-it", DUE, at=f"{DUE}T09:00")
        assert ("已授予" in shown, f"{one}/decision.pdf" in shown) == (True, True)
        awards = (await client.get("/feedback/awards")).text
        assert "文明服务之星" in awards.split("<table")[1]
        (record,) = set(re.findall(r'href="(/feedback/submissions/[^"?]+)"', awards))
        await withdraws(client, record)
        await county.settles()
        assert "公示期满，待授予" in (await client.get(one)).text
        assert "已授予" in await does(county, client, one, "grant-by-it", DUE, at=f"{DUE}T09:30")

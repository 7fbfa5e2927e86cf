"""Awards on their page: granted to a person by name, and read by those concerned."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.events.feedback import GrantAward
from tests.browsing import browsing, does, form_in, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.sealed import ALLOWED, registers
from tests.submitters import committee, just_now, moment, office, station
from tests.todo import listed

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE = "/feedback/awards"
NOW = "2018-03-05"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            for person, name in (("P-7", "赵敏"), ("P-8", "钱进")):
                await county.hears(office.says(registers(person, office.code, name=name), just_now()))
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def test_an_award_is_granted_to_a_person_by_name(county: County, client: Browser) -> None:
    at, action = f"{PAGE}?organisation={office.code}", f"{PAGE}/of/{office.code}/grant"
    async with signed_in(client, committee.code, "feedback"):
        assert "先在上面按单位筛选" in (await client.get(PAGE)).text
        page = (await client.get(at)).text
        assert ('<option value="P-7">赵敏' in page, 'id="grant-person" name="person" value' in page) == (True, False)
        said = {"person": "P-7", "award": "chifeng-good-person", "at": f"{NOW}T10:00"}
        form = form_in(page, action, NOW) | said
        assert "请填写“证明材料”" in (await client.post(action, data=form)).text
        form |= {"proof": "赤峰市文明办〔2018〕3号"}
        sent = await client.post(action, data=form)
        assert sent.status_code == 303, sent.text
        shown = (await client.get(sent.headers["location"])).text
        assert ("已受理" in shown, "赵敏" in shown, "赤峰好人" in shown, "P-7" in shown.split("<form")[0]) == (
            True,
            True,
            True,
            False,
        )
        assert "赤峰市文明办〔2018〕3号" in shown.split("<table")[1]
        assert "还没有登记人员" in (await client.get(f"{PAGE}?organisation={station.code}")).text


async def test_something_is_proposed_for_who_was_given_it_and_its_home_answers(county: County, client: Browser) -> None:
    page, action = "/feedback/training-up", f"/feedback/training-up/of/{office.code}/propose-training-up"
    async with signed_in(client, committee.code, "feedback"):
        shown = (await client.get(f"{page}?organisation={office.code}")).text
        (grant,) = re.findall(r'<option value="([0-9a-f-]{36})">赵敏：赤峰好人', shown)
        form = form_in(shown, action, NOW) | {"grant": grant, "proposed": "安排业务骨干培训"}
        sent = await client.post(action, data=form, follow_redirects=True)
        assert "待答复" in sent.text
        (one,) = set(re.findall(rf'href="({page}/[0-9a-f-]{{36}})"', sent.text))
    async with signed_in(client, station.code, "feedback"):
        assert (one in (await client.get(page)).text, (await client.get(one)).status_code) == (False, 403)
    client.looks_at(moment("2018-03-20", "10:00"))
    async with signed_in(client, committee.code, "feedback"):
        assert "逾期未答复" in (await client.get(page)).text
        assert any("答复培养建议" in title for title in await listed(client, "feedback"))
    async with signed_in(client, office.code, "feedback"):
        assert any("答复培养建议" in title for title in await listed(client, "feedback"))
        said = {"adopted": "yes", "reason": "列入培训计划"}
        shown = await does(county, client, one, "answer-training-up", "2018-03-20", **said)
        assert ("已采纳" in shown, "列入培训计划" in shown, 'name="reason"' in shown) == (True, True, False)
    client.looks_at(moment(NOW, "10:00"))


async def test_it_is_read_by_those_concerned(county: County, client: Browser) -> None:
    await county.hears(committee.says(GrantAward(award="chifeng-good-person", person="P-8"), moment(NOW), office.code))
    await county.settles()
    async with signed_in(client, office.code, "feedback"):
        shown = (await client.get(PAGE)).text
        assert ("钱进" in shown, 'name="ticket"' in shown) == (True, False)
    async with signed_in(client, station.code, "feedback"):
        assert "钱进" not in (await client.get(PAGE)).text

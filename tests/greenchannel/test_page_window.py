"""A window at the console: a service in three taps, a case taken in by name, completed in its row or on its page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.events.greenchannel import CaseOpened
from tests.browser_fields import fields_in
from tests.browsing import browsing, does, fills_in, form_in, signed_in, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import NOBODY, Browser
from tests.submitters import committee, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE, CASES = "/greenchannel/", "/greenchannel/cases"
NOW = "2018-03-05"
AT = {"at": f"{NOW}T10:00"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(committee.publishes("licence", days=5))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(browsing(county, "greenchannel"))
        client.looks_at(moment(NOW, "10:00"))
        yield client


async def case_of(client: Browser, mark: str) -> str:
    """The page of an open case, found by its mark."""
    (address,) = re.findall(
        rf'<a href="({CASES}/[^"]+)">licence</a><br><span class="note">{mark}<', (await client.get(PAGE)).text
    )
    return str(address)


async def test_a_service_needs_three_taps(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "greenchannel"):
        form = fields_in((await client.get(PAGE)).text, f"{PAGE}record")
        assert (form["persons"], "at" in form, "client" in form, "mode" in form) == ("1", True, False, False)
        await does(county, client, PAGE, "record", NOW, client="enterprise", mode="appointment", **AT)
        listed = (await client.get("/greenchannel/services?client=enterprise&mode=appointment")).text
        (record,) = re.findall(r'href="(/greenchannel/submissions/[^"]+)"', listed)
        assert "更正" in (await client.get(record)).text
        assert record not in (await client.get("/greenchannel/services?client=vulnerable")).text


async def test_what_a_rule_would_refuse_is_said_at_its_field(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "greenchannel"):
        for field, said in (
            ("persons", {"client": "enterprise", "mode": "agency", "persons": "2"}),
            ("mode", {"client": "vulnerable", "mode": "after-hours"}),
        ):
            answer = await fills_in(client, PAGE, "record", NOW, **AT, **said)
            assert (answer.status_code, bool(wrong_at(answer.text, f"record-{field}"))) == (422, True)
        answer = await fills_in(client, PAGE, "open", NOW, at="2018-01-01T10:00", process="licence")
        assert answer.status_code == 303, "from that day on"
        await county.hears(committee.publishes("later", days=2, since="2018-03-04", at=moment("2018-03-01")))
        await county.settles()
        answer = await fills_in(client, PAGE, "open", NOW, at="2018-03-02T10:00", process="later")
        assert (answer.status_code, "2018年3月2日" in wrong_at(answer.text, "open-process")) == (422, True)


async def test_a_case_is_taken_in_by_its_name_and_completed_in_its_row(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "greenchannel"):
        page = (await client.get(PAGE)).text
        assert re.findall(r'<option value="licence">licence（5个工作日）', page)
        await does(county, client, PAGE, "open", NOW, process="licence", mark="第7号", **AT)
        one = await case_of(client, "第7号")
        action = one.replace(CASES, "/greenchannel/complete")
        form = form_in((await client.get(PAGE)).text, action, NOW) | {**AT, "visits": "1", "posted": "no"}
        wrong = await client.post(action, data=form | {"fee": "5"})
        assert (wrong.status_code, "不收费" in wrong.text) == (422, True)
        assert wrong_at(wrong.text, "complete-fee")
        assert form_in(wrong.text, f"{one}/complete")["visits"] == "1"
        early = await client.post(action, data=form | {"at": "2018-03-02T10:00"})
        assert "2018年3月5日" in wrong_at(early.text, "complete-at")
        sent = await client.post(action, data=form)
        assert (sent.status_code, sent.headers["location"].startswith(f"{PAGE}?sent=")) == (303, True)
        shown = (await client.get(sent.headers["location"])).text
        assert ("已受理" in shown, "第7号" in shown) == (True, False)
        listed = (await client.get(f"{CASES}?state=completed&words=7号")).text
        assert (one in listed, "按期办结" in listed) == (True, True)
        assert one not in (await client.get(f"{CASES}?state=open")).text


async def test_on_its_page_a_case_is_completed_corrected_and_open_again(county: County, client: Browser) -> None:
    async with signed_in(client, office.code, "greenchannel"):
        await does(county, client, PAGE, "open", NOW, process="licence", mark="A+1", **AT)
        one = await case_of(client, r"A\+1")
        shown = await does(county, client, one, "complete", NOW, visits="1", posted="yes", **AT)
        assert ("按期办结" in shown, f'action="{one}/complete"' in shown) == (True, False)
        records = re.findall(r'href="(/greenchannel/submissions/[^"]+)"', shown)
        assert len(records) == 2
        opening = (await client.get(records[0])).text
        assert "A+1" in opening, "what no fact says is shown to whoever may read the record"
    async with signed_in(client, committee.code, "greenchannel"):
        form = form_in((await client.get(f"{records[1]}/withdraw")).text, f"{records[1]}/withdraw")
        assert (await client.post(f"{records[1]}/withdraw", data=form | {"reason": "误报"})).status_code == 303
        assert f'action="{one}/complete"' in (await client.get(one)).text


async def test_a_form_is_offered_to_whom_it_would_be_taken_from_and_a_case_shown_to_those_concerned(
    county: County, client: Browser
) -> None:
    async with signed_in(client, station.code, "greenchannel"):
        await does(county, client, PAGE, "open", NOW, process="licence", mark="村1", **AT)
        one = await case_of(client, "村1")
    async with signed_in(client, township.code, "greenchannel"):
        page = (await client.get(PAGE)).text
        assert (one in page, one.replace(CASES, "/greenchannel/complete") in page) == (True, False)
        await does(county, client, one, "complete", NOW, visits="1", posted="no", **AT)
    for code in (stations[1].code, office.code):
        async with signed_in(client, code, "greenchannel"):
            assert (await client.get(one)).status_code == 404
            assert one not in (await client.get(CASES)).text
    public = await client.get(PAGE, headers=NOBODY)
    assert (public.status_code, 'action="/greenchannel/record"' in public.text, one in public.text) == (
        200,
        False,
        False,
    )


async def test_what_a_case_is_found_again_by_is_told_by_no_fact() -> None:
    assert "mark" not in CaseOpened.model_fields

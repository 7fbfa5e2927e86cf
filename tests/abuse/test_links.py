"""No page leads anybody where it may not go: menus and links are followed by each reader, as a browser would."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from html import unescape

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from shared.identity.audience import To
from shared.pages.navigation import PLACES, PlacedPage
from shared.services import SERVICES
from shared.web.reading import declared
from tests.abuse.addresses import addresses
from tests.abuse.matters import READ_AT, READERS, happened
from tests.browsing import browsing, signed_in
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser, application
from tests.submitters import COUNTY

pytestmark = pytest.mark.asyncio(loop_scope="module")
LINK = re.compile(r'(?:href|src)="(/[^"]*)"')
WALKED = 400
"""Pages that one reader opens at most: the first of each kind come first."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(bus_and_database: Servers) -> AsyncIterator[Mapping[str, Browser]]:
    """A county in which something of everything has happened."""
    async with county_on(bus_and_database) as county:
        await happened(county)
        async with AsyncExitStack() as stack:
            yield {one: await _client(stack, county, one) for one in SERVICES}


async def _client(stack: AsyncExitStack, county: County, service: str) -> Browser:
    client = await stack.enter_async_context(browsing(county, service))
    client.looks_at(READ_AT)
    return client


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.url)
async def test_a_menu_shows_a_place_to_those_to_whom_its_page_opens(place: PlacedPage) -> None:
    rules = {one.path: one.rule for one in declared(application(place.service)) if "GET" in one.methods}
    rule = rules[place.url]
    assert rule is not None
    assert place.page.to is (To.SIGNED_IN if rule.to is To.CONCERNED else rule.to)


@pytest.mark.parametrize("name", READERS)
async def test_every_link_that_somebody_is_shown_leads_somewhere(clients: Mapping[str, Browser], name: str) -> None:
    async with AsyncExitStack() as stack:
        for service, client in clients.items():
            if READERS[name]:
                await stack.enter_async_context(signed_in(client, READERS[name], service))
        waiting = list(dict.fromkeys([*(one.url for one in PLACES), *starts()]))
        starting, known, opened = set(waiting), set(waiting), 0
        while waiting and opened < WALKED:
            address = waiting.pop(0)
            answer = await clients[address.split("/")[1]].get(address)
            opened += 1
            if address not in starting:
                to_sign_in = "/sign-in?" in answer.headers.get("location", "")
                outcome = "sign in" if to_sign_in else answer.status_code
                assert outcome in (200, 303, 422), (name, address)
            if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
                found = [unescape(one).split("#")[0] for one in LINK.findall(answer.text)]
                fresh = [one for one in dict.fromkeys(found) if one not in known and not _leaves(one)]
                known |= {*fresh}
                waiting += fresh
        assert opened > len(starting), "the control: some link was followed"


def _leaves(address: str) -> bool:
    return "/static/" in address or "/sign-in" in address or address == "/"


def starts() -> list[str]:
    """Every page of the services, however one may come there."""
    found = [
        one.address
        for service in SERVICES
        for route in declared(application(service))
        if "GET" in route.methods and "/api/" not in route.path and "/static/" not in route.path
        for one in addresses(route.path)
        if route.rule is not None and route.rule.to is not To.OPERATOR
    ]
    return [one for one in found if not one.endswith(("healthz", "readyz"))]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nobody", ["总览", "服务指南", "轮值与联席会议", "绿色通道", "四优窗口", "更多"]),
        ("village", ["本站", "整改", "报送记录", "更多"]),
        ("township", ["本镇总览", "巡查", "整改", "办件", "党建与会议", "报告", "更多"]),
        ("department", ["本单位", "巡查", "整改", "办件与绿色通道", "党建与会议", "报告", "更多"]),
        ("hall", ["本单位", "巡查", "整改", "办件与绿色通道", "党建与会议", "报告", "更多"]),
        ("county", ["总览", "巡查", "整改", "办件与绿色通道", "党建与会议", "报告", "更多"]),
    ],
)
async def test_a_menu_has_what_opens_to_whoever_looks(
    clients: Mapping[str, Browser], name: str, shown: list[str]
) -> None:
    async with AsyncExitStack() as stack:
        if READERS[name]:
            await stack.enter_async_context(signed_in(clients["feedback"], READERS[name], "feedback"))
        page = (await clients["feedback"].get("/feedback/?period=2018")).text
    menu = page.split('aria-label="栏目"')[1].split("</nav>")[0]
    assert re.findall(r">([^<>\n]+)</a>", menu) == shown
    assert ("登录</a>" in page) is (name == "nobody")
    assert READERS["county"] == COUNTY

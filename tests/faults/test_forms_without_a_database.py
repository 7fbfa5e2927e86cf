"""Whoever sends a form while the database does not answer reads that it is under way, or has the form again, filled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from html import unescape
from pathlib import Path

import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers, servers
from services.inspection.excellence.lines import page_of
from shared.forms import Ticket
from tests.browser_fields import fields_in
from tests.conftest import county_on
from tests.county import County
from tests.faults.processes import stopped
from tests.inspection.browsing import browsing, finding_page, signed_in
from tests.patient import as_in_a_county
from tests.submitters import hall, moment, office, station

DAY = "2018-03-06"
TICKET = {"ticket": Ticket.new().id, "time": f"{DAY}T10:00:00+08:00", "answer-opened": "yes"}
LONG = "说" * 1001
INCIDENT = f"/inspection/incidents/{office.code}/{'0' * 8}-0000-5000-8000-{'0' * 12}"
PLACE = f"/inspection/patrol/stations-daily/{station.code}"
WINDOW = page_of(office.code)
Fields = Mapping[str, str]
FIT: Mapping[str, Fields] = {
    "accept": {},
    "submit": {"note": "已更换"},
    "verify": {"note": "属实", "reinspection": f"{'0' * 8}-0000-7000-8000-{'0' * 12}"},
    "send-back": {"reason": "未更换"},
    "extend": {"working_days": "2", "reason": "缺货"},
    "reopen": {"reason": "再次过期"},
}
UNFIT: Mapping[str, Fields] = {
    f"{WINDOW}/commitment": {"person": "P-1", "item": "time-limit", "text": LONG},
    f"{WINDOW}/incident": {"kind": "complaint", "summary": LONG},
    f"{INCIDENT}/answer": {"answer": LONG},
    f"{INCIDENT}/closing": {"note": LONG},
}


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Servers]:
    """Servers of this test's own, for it takes one away."""
    async with servers(tmp_path) as running:
        yield running


async def taken(client: AsyncClient, path: str, fields: Fields) -> Response:
    """Sent, it is at its result."""
    answer = await client.post(path, data={**TICKET, **fields})
    assert (answer.status_code, "sent=" in answer.headers.get("location", "")) == (303, True), answer.text
    return answer


async def comes_again(client: AsyncClient, path: str, fields: Fields) -> None:
    """Sent, it is the same form, with what was entered and what is wrong."""
    answer = await client.post(path, data={**TICKET, **fields})
    assert (answer.status_code, "不受影响" in answer.text) == (422, False), (path, answer.text)
    assert fields.items() <= {name: unescape(value) for name, value in fields_in(answer.text, path).items()}.items()
    assert ("需要更正" in answer.text, "<title>有" in answer.text) == (True, True)


async def test_every_form_is_published_from_what_it_carries(own: Servers) -> None:
    """Nothing is decided, for which each form waits as long as it does in a county."""
    with as_in_a_county():
        await _published_from_what_they_carry(own)


async def _published_from_what_they_carry(own: Servers) -> None:
    async with county_on(own) as county:
        await _founded(county)
        async with browsing(county) as client:
            client.looks_at(moment(DAY, "10:00"))
            client.sees_failures()
            page = finding_page(station.logs(moment("2018-03-05"), findings=1))
            async with signed_in(client, station.code):
                place = fields_in((await client.get(PLACE)).text, PLACE) | TICKET
                async with stopped(own.mongo.child.pid):
                    await _patrolled(client, place)
                    await asyncio.gather(
                        comes_again(client, f"{page}/submit", {"note": LONG}),
                        *(taken(client, f"{page}/{key}", fields) for key, fields in FIT.items()),
                    )
            async with signed_in(client, hall.code), stopped(own.mongo.child.pid):
                await asyncio.gather(*(comes_again(client, path, entered) for path, entered in UNFIT.items()))
                await asyncio.gather(*(taken(client, path, cut(entered)) for path, entered in UNFIT.items()))


def cut(entered: Fields) -> Fields:
    """As it is taken."""
    return {**{name: text[:100] for name, text in entered.items()}, "upheld": "yes"}


async def _patrolled(client: AsyncClient, place: dict[str, str]) -> None:
    await comes_again(client, PLACE, place | {"score": "101"})
    landed = await taken(client, PLACE, place | {"score": "95"})
    under_way = await client.get(landed.headers["location"])
    assert (under_way.status_code, "已收到，办理中" in under_way.text, "不受影响" in under_way.text) == (
        503,
        True,
        False,
    )


async def _founded(county: County) -> None:
    """One finding of the day before; then nobody decides any more."""
    async with county.at_work():
        await county.hears(station.logs(moment("2018-03-05"), findings=1))
        await county.settles()

"""Persons in front of the sign-in page, in domain words: given a code, choosing a password, signing in.

await registered(county, WANG)
code = await given_code(client, WANG, by=township.code)
await first_time(client, WANG, code)
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import NamedTuple

from httpx import AsyncClient, Response

from shared.events.roster.people import Appoint, Post
from shared.identity.sessions import SignIn, sealed
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browsing import signed_in
from tests.county import County
from tests.processes_here import SECRET
from tests.sealed import ALLOWED, registers
from tests.submitters import START, committee, moment, office, station

SINCE = moment("2018-01-02")
PASSWORD = "Shamo-1958-Hongshan"
OURS = {"origin": "http://county", "host": "county"}
CODE = re.compile(r'<b class="code">([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</b>')


class Entrant(NamedTuple):
    """Somebody in a post of an organisation; where the post is another's, at home elsewhere."""

    id: str
    name: str
    organisation: str
    post: Post | None
    mobile: str = ""

    @property
    def unit(self) -> str:
        """As one types it."""
        return f"组织{self.organisation}" if self.organisation != committee.code else committee.code


WANG = Entrant("p-wang", "王芳", station.code, Post.STATION_CLERK, "13800138001")
LI = Entrant("p-li", "李强", office.code, Post.WINDOW_CLERK, "13800138002")
CHIEF = Entrant("p-chief", "赵敏", office.code, Post.WINDOW_CHIEF)
DIRECTOR = Entrant("p-director", "陈静", committee.code, Post.OFFICE_DIRECTOR)
SECURITY = Entrant("p-security", "孙安", committee.code, Post.SECURITY_ADMIN)


async def registered(county: County, *entrants: Entrant) -> None:
    """At home and in their posts, as every service knows from the bus."""
    county.allowed = ALLOWED
    async with county.working():
        for one in entrants:
            known = registers(one.id, one.organisation, START, name=one.name, mobile=one.mobile or None)
            await county.hears(committee.says(known, SINCE, one.organisation))
            if one.post is not None:
                appointed = Appoint(person=one.id, post=one.post, since=START)
                await county.hears(committee.says(appointed, SINCE, one.organisation))
        await county.settles()


async def given_code(client: AsyncClient, to: Entrant, by: str) -> str:
    """An organisation presses the button by its token; the code on the slip."""
    async with signed_in(client, by, "roster"):
        answer = await client.post(f"/roster/people/{to.id}/account/code", headers=OURS)
        assert answer.status_code == 200, answer.text
    found = CODE.search(answer.text)
    assert found
    return found[1]


async def enters(client: AsyncClient, who: Entrant, secret: str, **more: str) -> Response:
    """Fills the first page in."""
    data = {"unit": who.unit, "name": who.name, "password": secret, **more}
    return await client.post("/roster/sign-in/person", data=data, headers=OURS)


async def goes_on(client: AsyncClient, page: Response, **fields: str) -> Response:
    """Fills in the page that came, and sends it where it says."""
    action = re.search(r'<form method="post" action="(/roster/sign-in/[a-z-]+)"', page.text)
    assert action, page.text
    return await client.post(action[1], data=hidden_in(page.text) | fields, headers=OURS)


async def first_time(client: AsyncClient, who: Entrant, code: str, password: str = PASSWORD, **more: str) -> Response:
    """By the code, and with a password from then on."""
    page = await enters(client, who, code, **more)
    assert (page.status_code, "设置密码" in page.text) == (200, True), page.text
    return await goes_on(client, page, password=password, again=password)


@asynccontextmanager
async def in_session(
    client: AsyncClient, who: Entrant, epoch: int = 99, proved_ago: int | None = None
) -> AsyncIterator[None]:
    """As if the person had signed in just now, whatever became of the account before.

    The password was shown again so many seconds ago; unless that is said, never.
    """
    session = SignIn.begun(who.organisation, "", who.id, epoch)
    if proved_ago is not None:
        session = session._replace(proved=int(time.time()) - proved_ago)
    client.cookies.set(AT_HOME, sealed(session, sealing_key(SECRET)))
    try:
        yield
    finally:
        client.cookies.clear()


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


async def is_in(client: AsyncClient, who: Entrant, service: str = "roster") -> bool:
    """Whether the header says so."""
    return f"{who.name} · " in (await client.get(f"/{service}/more")).text


async def is_soon_out(client: AsyncClient, who: Entrant, service: str = "roster") -> None:
    """Another copy of a service knows within two seconds that a session ended; ten times that on a busy machine."""
    async with asyncio.timeout(20):
        while await is_in(client, who, service):
            await asyncio.sleep(0.01)

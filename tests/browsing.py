"""A browser or a program that looks at one service's own pages and answers, signed in or not.

async with browsing(county, "inspection") as client, signed_in(client, hall.code, "inspection"):
    page = (await client.get("/inspection/patrol")).text
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

from fastapi import FastAPI
from httpx import AsyncClient, Response

from shared.bus.connection import Bus
from shared.identity.sessions import SignIn, sealed
from shared.identity.tokens import token_of
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.browser_fields import fields_in
from tests.county import County
from tests.processes_here import ROUTES, SECRET, Browser, asking, running


def browsing(county: County, service: str, bus: Bus | None = None, by: str = "") -> Browser:
    """The service's own web application on the county's bus, or another, and its database; `by` asks unless said."""
    app, parts = FastAPI(openapi_url=None), running(county, service)
    parts.bus = bus or parts.bus
    ROUTES[service](app, parts)
    return asking(app, by)


def token(code: str) -> tuple[str, str]:
    return code, token_of(code, SECRET)


@asynccontextmanager
async def signed_in(client: AsyncClient, code: str, service: str) -> AsyncIterator[None]:
    """Until the block is left the browser keeps the cookie."""
    answer = await client.post(f"/{service}/sign-in", data={"code": code, "token": token_of(code, SECRET)})
    assert answer.status_code == 303
    try:
        yield
    finally:
        client.cookies.clear()


@asynccontextmanager
async def acting_as(client: AsyncClient, person: str, code: str, has_proved: bool = False) -> AsyncIterator[None]:
    """Until the block is left the browser keeps the cookie of a person who signed in for an organisation.

    One that `has_proved` has shown the password again just now.
    """
    client.cookies.set(AT_HOME, session_of(person, code, has_proved))
    try:
        yield
    finally:
        client.cookies.clear()


def session_of(person: str, code: str, has_proved: bool = False) -> str:
    """What such a cookie holds."""
    session = SignIn.begun(code, "k0", person)
    return sealed(session._replace(proved=int(time.time()) if has_proved else 0), sealing_key(SECRET))


def opened_on(day: str) -> dict[str, str]:
    """What a form brings that was opened on a day of 2018, and tells of that day."""
    return {"time": f"{day}T10:00:00+08:00", "answer-opened": "yes"}


def hidden(page: str, day: str) -> dict[str, str]:
    """The fields that the page carries, with the time at which it was shown moved to a day of 2018."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    fields = {name: unescape(value) for name, value in found}
    return {**fields, **opened_on(day)}


def form_in(page: str, action: str, day: str = "") -> dict[str, str]:
    """What the form that is sent there would bring untouched; with a day of 2018 it was opened then."""
    fields = fields_in(page, action)
    assert "ticket" in fields, action
    return fields | (opened_on(day) if day else {})


async def fills_in(client: AsyncClient, page: str, key: str, day: str = "", /, **fields: str) -> Response:
    """Opens the page and sends one of its forms."""
    action = _action(page, key)
    form = form_in((await client.get(page)).text, action, day)
    return await client.post(action, data=form | fields)


async def does(county: County, client: AsyncClient, page: str, key: str, day: str = "", /, **fields: str) -> str:
    """Fills a form in and presses its button twice: it is one submission, accepted; the page to which that leads."""
    action = _action(page, key)
    form = form_in((await client.get(page)).text, action, day) | fields
    ledger = county.db(page.split("/")[1])["ledger"]
    before = await ledger.count_documents({})
    once, twice = [await client.post(action, data=form) for _ in range(2)]
    assert (once.status_code, twice.status_code) == (303, 303), once.text
    assert once.headers["location"] == twice.headers["location"]
    assert once.headers["location"].startswith(f"{page}?sent=")
    assert await ledger.count_documents({}) == before + 1
    shown = await client.get(once.headers["location"])
    assert (shown.status_code, "已受理" in shown.text) == (200, True)
    return shown.text


async def buttons_behind(client: AsyncClient, page: str, *links: str) -> dict[str, str]:
    """What the form is sent with to which each of these links of the page leads; empty where there is no link."""
    found = dict.fromkeys(links, "")
    for name in links:
        for address in re.findall(rf'<a href="([^"]+)">{name}</a>', page):
            form = (await client.get(unescape(address))).text
            found[name] = re.findall(r'<button type="submit"[^>]*>([^<]+)</button>', form)[-1]
    return found


def waits(answer: Response, back: str) -> bool:
    """Whether the form that was sent waits in the page of signing in, which leads back there."""
    page = answer.text
    return answer.status_code == 401 and f'name="back" value="{back}"' in page and 'name="kept" value="' in page


def _action(page: str, key: str) -> str:
    """Where a page's form is sent; that of a service's first page, whose address ends in a slash, as well."""
    return f"{page.removesuffix('/')}/{key}"


def wrong_at(page: str, id: str) -> str:
    """The sentence at a field: the field is marked and described by it, and the list on top leads there with it."""
    (tag,) = re.findall(rf'<[a-z]+ [^>]*aria-describedby="[^"]*\b{id}-wrong"[^>]*>', page)
    assert 'aria-invalid="true"' in tag
    (sentence,) = re.findall(rf'<p class="why" id="{id}-wrong">([^<]+)</p>', page)
    assert f'<a href="#{id}">{sentence}</a>' in page
    assert re.search(rf'<[a-z]+ [^>]*id="{id}"', page)
    return unescape(sentence)

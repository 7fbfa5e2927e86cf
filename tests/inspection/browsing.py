"""A browser or a program that looks at inspection's own pages, signed in or not.

async with browsing(county) as client, signed_in(client, hall.code):
    page = (await client.get("/inspection/patrol")).text
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

from fastapi import FastAPI
from httpx import AsyncClient, Response

from services.inspection.rectifications.board import page_of
from services.inspection.web import pages
from shared.bus.connection import Bus
from shared.identity.tokens import token_of
from tests.browser_fields import fields_in
from tests.county import County
from tests.processes_here import SECRET, Browser, asking, running
from tests.submitters import Said


def browsing(county: County, bus: Bus | None = None) -> Browser:
    """The service's own web application on the county's bus, or another, and its database."""
    app, parts = FastAPI(), running(county, "inspection")
    parts.bus = bus or parts.bus
    pages(app, parts)
    return asking(app)


def token(code: str) -> tuple[str, str]:
    return code, token_of(code, SECRET)


@asynccontextmanager
async def signed_in(client: AsyncClient, code: str) -> AsyncIterator[None]:
    """Until the block is left the browser keeps the cookie."""
    answer = await client.post("/inspection/sign-in", data={"code": code, "token": token_of(code, SECRET)})
    assert answer.status_code == 303
    try:
        yield
    finally:
        client.cookies.clear()


def hidden(page: str, day: str) -> dict[str, str]:
    """The fields that the page carries, with the time at which it was shown moved to a day of 2018."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {**fields, "time": f"{day}T10:00:00+08:00"}


def form_in(page: str, action: str, day: str = "") -> dict[str, str]:
    """What the form that is sent there would bring untouched; with a day of 2018 it was opened then."""
    fields = fields_in(page, action)
    assert "ticket" in fields, action
    return fields | ({"time": f"{day}T10:00:00+08:00"} if day else {})


async def fills_in(client: AsyncClient, page: str, key: str, day: str = "", **fields: str) -> Response:
    """Opens the page and sends one of its forms."""
    form = form_in((await client.get(page)).text, f"{page}/{key}", day)
    return await client.post(f"{page}/{key}", data=form | fields)


async def does(county: County, client: AsyncClient, page: str, key: str, day: str = "", **fields: str) -> str:
    """Fills a form in and presses its button twice: it is one submission, accepted; the page to which that leads."""
    form = form_in((await client.get(page)).text, f"{page}/{key}", day) | fields
    ledger = county.db("inspection")["ledger"]
    before = await ledger.count_documents({})
    once, twice = [await client.post(f"{page}/{key}", data=form) for _ in range(2)]
    assert (once.status_code, twice.status_code) == (303, 303), once.text
    assert once.headers["location"] == twice.headers["location"]
    assert once.headers["location"].startswith(f"{page}?sent=")
    assert await ledger.count_documents({}) == before + 1
    shown = await client.get(once.headers["location"])
    assert (shown.status_code, "已受理" in shown.text) == (200, True)
    return shown.text


async def decided(county: County, *said: Said) -> Said:
    """The first of them, once all are decided."""
    await county.hears(*said)
    await county.settles()
    return said[0]


def finding_page(said: Said) -> str:
    """Of a patrol's first finding."""
    return page_of(said.message.headers["ce-subject"], f"{said.id}/0")


def wrong_at(page: str, id: str) -> str:
    """The sentence at a field: the field is marked and described by it, and the list on top leads there with it."""
    (tag,) = re.findall(rf'<[a-z]+ [^>]*aria-describedby="[^"]*\b{id}-wrong"[^>]*>', page)
    assert 'aria-invalid="true"' in tag
    (sentence,) = re.findall(rf'<p class="why" id="{id}-wrong">([^<]+)</p>', page)
    assert f'<a href="#{id}">{sentence}</a>' in page
    assert re.search(rf'<[a-z]+ [^>]*id="{id}"', page)
    return unescape(sentence)

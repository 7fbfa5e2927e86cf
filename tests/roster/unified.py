"""A browser whose county has a provider of unified identities: it goes there and comes back, and binds an account."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from urllib.parse import urlsplit

from fastapi import FastAPI
from httpx import AsyncClient, Response

from services.roster.unified.provider import Provider
from services.roster.web import pages
from shared.bus.streams import AUDIT
from tests.county import County
from tests.entrants import LI, OURS, PASSWORD, WANG, first_time, given_code, hidden_in, registered
from tests.processes_here import Browser, asking, running
from tests.roster.identities import Identities
from tests.sealed import KEYS
from tests.submitters import township

START = "/roster/sign-in/unified"
RETURNS_TO = f"https://county{START}/return"
LEADS = re.compile(r'<a class="button" href="([^"]+)">前往认证平台</a>')


def unified(county: County, identities: Identities, at: str = RETURNS_TO, **more: str) -> tuple[FastAPI, Provider]:
    """The roster's application."""
    app, parts = FastAPI(openapi_url=None), running(county, "roster")
    parts.settings = parts.settings.model_copy(update={"oidc_issuer": identities.issuer})
    provider = Provider(identities.registered(at, **more))
    pages(app, parts, None, KEYS, provider)
    return app, provider


def unified_browsing(county: County, identities: Identities, **more: str) -> Browser:
    """Somebody who looks at it."""
    return asking(unified(county, identities, **more)[0])


@asynccontextmanager
async def bound_browsing(county: County, identities: Identities) -> AsyncIterator[Browser]:
    """Somebody whose account is bound, and who is not signed in."""
    await registered(county, WANG, LI)
    async with unified_browsing(county, identities) as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        await binds(client, identities)
        client.cookies.clear()
        yield client


def leads_to(page: Response) -> str:
    """Where the page leads that goes to the provider."""
    found = LEADS.search(page.text)
    assert found, page.text
    to = unescape(found[1])
    assert f'content="0;url={found[1]}"' in page.text
    return to


async def comes_back_by(identities: Identities, to: str) -> str:
    """Where the provider sends a browser that has been there."""
    trusts = ssl.create_default_context(cafile=identities.ca)
    async with AsyncClient(verify=trusts, timeout=60) as outside:
        answer = await outside.get(to)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


async def there_and_back(client: Browser, identities: Identities, back: str = "") -> Response:
    """By the button of the page of signing in."""
    page = await client.get(START, params={"back": back} if back else {})
    assert page.status_code == 200, page.text
    return await client.get(await comes_back_by(identities, leads_to(page)))


async def enters_by_it(client: Browser, page: Response, **fields: str) -> Response:
    """Presses the button of the page after it."""
    return await client.post(f"{START}/enter", data=hidden_in(page.text) | fields, headers=OURS)


async def binds(client: Browser, identities: Identities, digits: str = "") -> Response:
    """On one's own account, by the password; the page after the button."""
    sent = {"old": PASSWORD, "digits": digits}
    begun = await client.post("/roster/account/unified", data=sent, headers=OURS)
    assert begun.status_code == 200, begun.text
    page = await client.get(await comes_back_by(identities, leads_to(begun)))
    assert "确认绑定" in page.text, page.text
    return await client.post("/roster/account/unified/bind", data=hidden_in(page.text), headers=OURS)


async def audit_says(county: County, why: str) -> None:
    """The audit hears of somebody who was not let in, and why."""
    async with asyncio.timeout(60):
        while True:
            message = await county.bus.last(AUDIT.name, "audit.roster.sign-in-failed")
            if message and f'"outcome":"{why}"' in message.body.decode():
                return
            await asyncio.sleep(0.02)

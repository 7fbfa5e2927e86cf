"""A browser or a program that looks at inspection's own pages, signed in or not.

async with browsing(county) as client, signed_in(client, hall.code):
    page = (await client.get("/inspection/patrol")).text
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from httpx import AsyncClient

from services.inspection.web import pages
from shared.identity.tokens import token_of
from tests.county import County
from tests.processes_here import SECRET, Browser, asking, running


def browsing(county: County) -> Browser:
    """The service's own web application on the county's bus and database."""
    app, parts = FastAPI(), running(county, "inspection")
    pages(app, parts)
    return asking(app)


def token(code: str) -> tuple[str, str]:
    return code, token_of(code, SECRET)


@asynccontextmanager
async def signed_in(client: AsyncClient, code: str) -> AsyncIterator[None]:
    """Until the block is left the browser keeps the cookie."""
    answer = await client.post("/inspection/sign-in", data={"code": code, "token": token_of(code, SECRET)})
    assert answer.status_code == 303
    yield
    client.cookies.clear()


def hidden(page: str, day: str) -> dict[str, str]:
    """The fields that the page carries, with the time at which it was shown moved to a day of 2018."""
    told = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {**told, "time": f"{day}T10:00:00+08:00"}

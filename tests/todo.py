"""Services that answer one another's questions of what waits, as their answering processes do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from html import unescape

from httpx import AsyncClient

from shared.services import SERVICES
from shared.todo.asking import tells
from tests.browsing import browsing
from tests.county import County, ended
from tests.processes_here import Browser


@asynccontextmanager
async def all_answer(county: County, *silent: str) -> AsyncIterator[dict[str, Browser]]:
    """A browser of each service; those that are silent answer nobody but their own pages."""
    async with AsyncExitStack() as stack:
        found = {one: await stack.enter_async_context(browsing(county, one)) for one in SERVICES}
        apps = {one: client.app for one, client in found.items() if one not in silent}
        tasks = [asyncio.create_task(tells(app.state.parts, app.state.todo)) for app in apps.values()]
        stack.push_async_callback(ended, tasks)
        await asyncio.sleep(0)
        await county.client.flush()
        yield found


@asynccontextmanager
async def others_answer(county: County, service: str) -> AsyncIterator[None]:
    """All services but one, whose pages a test has at an address of their own."""
    async with all_answer(county, service):
        yield


async def what_waits(client: AsyncClient, service: str, asked: str = "") -> str:
    """The page of what waits."""
    return (await client.get(f"/{service}/todo{asked}")).text


async def listed(client: AsyncClient, service: str, asked: str = "") -> list[str]:
    """The titles of what waits, in the order of the list."""
    return titles(await what_waits(client, service, asked))


def titles(page: str) -> list[str]:
    """Of a page."""
    return [unescape(one) for one in re.findall(r'<li class="task".*?<h2><a [^>]*>([^<]+)</a>', page, re.S)]


def tabs(page: str) -> list[str]:
    """What the lists are called, with how much each holds."""
    (row,) = re.findall(r'<nav class="tabs" aria-label="待办的栏目">.*?</nav>', page, re.S)
    return re.findall(r">([^<>]+)</a>", row)


def kinds(page: str) -> list[str]:
    """The filters by kind."""
    found = re.findall(r'<nav class="periods" aria-label="类别">.*?</nav>', page, re.S)
    return re.findall(r">([^<>]+)</a>", found[0]) if found else []

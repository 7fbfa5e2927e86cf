"""A browser or a program that looks at inspection's own pages, signed in or not.

async with browsing(county) as client, signed_in(client, hall.code):
    page = (await client.get("/inspection/patrol")).text
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from httpx import AsyncClient

from services.inspection.rectifications.board import page_of
from shared.bus.connection import Bus
from tests import browsing as everywhere
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import Said

Sets = Callable[..., None]
"""`today("2018-03-05")`: the day on which pages and desks are looked at, in the morning unless said."""


def browsing(county: County, bus: Bus | None = None, by: str = "") -> Browser:
    """On the county's bus, or another; `by` asks unless somebody has signed in or is said to."""
    return everywhere.browsing(county, "inspection", bus, by)


def signed_in(client: AsyncClient, code: str) -> AbstractAsyncContextManager[None]:
    """Until the block is left the browser keeps the cookie."""
    return everywhere.signed_in(client, code, "inspection")


async def decided(county: County, *said: Said) -> Said:
    """The first of them, once all are decided."""
    await county.hears(*said)
    await county.settles()
    return said[0]


def finding_page(said: Said) -> str:
    """Of a patrol's first finding."""
    return page_of(said.message.headers["ce-subject"], f"{said.id}/0")

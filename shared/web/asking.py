"""What a route may ask for: what the process has, which county it serves, who asks, and what time it is.

A route names what it needs (`db: Db, today: Today`); none asks the process or the clock by itself. A test says what
time it is: `app.dependency_overrides[now] = lambda: moment("2018-03-05")`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request

from shared.calendar import CHINA, china_day
from shared.database.mongo import Database
from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.challenge import Unproven
from shared.web.signing_in import SignInNeeded, who_asks


async def running(request: Request) -> Running:
    """As `answer` was given it."""
    parts: Running = request.app.state.parts
    return parts


Parts = Annotated[Running, Depends(running)]


async def own_pages(request: Request) -> Pages:
    """The service's own templates."""
    pages: Pages = request.app.state.pages
    return pages


OwnPages = Annotated[Pages, Depends(own_pages)]


async def database(parts: Parts) -> Database:
    """The service's own."""
    return parts.db


Db = Annotated[Database, Depends(database)]


async def county_served(parts: Parts) -> str:
    """Its code."""
    return parts.settings.county


County = Annotated[str, Depends(county_served)]


async def roster_now(parts: Parts) -> Roster:
    """The newest that can be had within seconds."""
    return await parts.roster.current()


RosterNow = Annotated[Roster, Depends(roster_now)]


async def now() -> datetime:
    """The clock is asked once for each request, so that all of an answer is as of one instant."""
    return datetime.now(CHINA)


Now = Annotated[datetime, Depends(now)]


async def today(at: Now) -> date:
    """The county's day."""
    return china_day(at)


Today = Annotated[date, Depends(today)]


async def viewer(request: Request) -> str | None:
    """The code of the organisation that asks; None when it did not say who it is, or not rightly."""
    return who_asks(request)


Viewer = Annotated[str | None, Depends(viewer)]


async def signed_in(who: Viewer) -> str:
    """Who looks at a page that is for nobody else; others sign in first and come back."""
    if who is None:
        raise SignInNeeded
    return who


SignedIn = Annotated[str, Depends(signed_in)]


async def asker(who: Viewer) -> str:
    """Which organisation asks for what is its own; a program that does not say so is told to."""
    if who is None:
        raise Unproven("sign-in-needed")
    return who


Asker = Annotated[str, Depends(asker)]

"""A service whose pages say who looks at them, and a browser or a program that signs in there."""

from __future__ import annotations

import base64
from types import SimpleNamespace
from typing import Any, cast

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from httpx import ASGITransport, AsyncClient

from services.inspection.desk import PAGES
from shared.bus.connection import Bus
from shared.events.vocabulary import OrganisationKind
from shared.identity.attempts import Attempts
from shared.identity.audit_outbox import AuditOutbox
from shared.identity.presented import PresentedTokens
from shared.identity.sessions import EndedSessions
from shared.identity.tokens import token_of
from shared.identity.used import UsedTokens
from shared.process.running import Running
from shared.roster.feed import RosterFeed
from shared.roster.known import KnownRoster
from shared.roster.organisations import Organisation, Roster
from shared.roster.people import KnownPeople
from shared.web.answering import answer
from shared.web.asking import SignedIn, Viewer
from tests.asking import COUNTY, STATION, TOWNSHIP, standing

SECRET = "7" * 64


async def nothing_there(*_: object) -> None:
    """In the bucket of sessions that ended."""


CONNECTED, AWAY = (
    cast(Bus, SimpleNamespace(connected=connected, last_stored=nothing_there, publish=nothing_there))
    for connected in (True, False)
)
TOKEN = token_of(STATION, SECRET)
OURS = {"origin": "http://county", "host": "county"}
NAME = "冬不冷村便民服务站"


class Feed:
    """A roster with the station, of which some keys have ended."""

    in_turn = False

    def __init__(self, keys_ended: int) -> None:
        village = standing(OrganisationKind.VILLAGE, TOWNSHIP, name=NAME)
        self._roster = Roster({STATION: Organisation(id=STATION, history=(village,), keys_ended=keys_ended)})

    async def current(self) -> Roster:
        """The roster."""
        return self._roster


def application(secret: str | None = SECRET, keys_ended: int = 0, bus: Bus = CONNECTED) -> FastAPI:
    """A service with a page that says who looks at it, and one that asks them to sign in."""
    sessions = EndedSessions(bus)
    settings = SimpleNamespace(token_secret=secret, oidc_issuer=None, county=COUNTY)
    known = KnownRoster(bus, cast(RosterFeed, Feed(keys_ended)))
    tokens = PresentedTokens(known, UsedTokens(AWAY), secret, None)
    parts = SimpleNamespace(
        settings=settings,
        service="inspection",
        roster=known,
        people=KnownPeople(AWAY),
        sessions=sessions,
        tokens=tokens,
        attempts=Attempts(),
        audit=AuditOutbox(bus, "inspection"),
    )
    app = FastAPI(openapi_url=None)
    answer(app, cast(Running, parts), PAGES)

    @app.get("/inspection/who")
    async def who(who: Viewer) -> PlainTextResponse:
        return PlainTextResponse(who or "nobody")

    @app.get("/inspection/mine")
    async def mine(who: SignedIn) -> PlainTextResponse:
        return PlainTextResponse(who)

    @app.get("/inspection/page")
    async def page() -> HTMLResponse:
        return PAGES.render("error.html", title="一页", advice="", code=200)

    return app


def browser_of(app: FastAPI) -> AsyncClient:
    """Keeps cookies as a browser does."""
    return AsyncClient(transport=ASGITransport(app), base_url="http://county")


async def signs_in(browser: AsyncClient, code: str = STATION, token: str = TOKEN, back: str = "") -> Any:
    return await browser.post("/inspection/sign-in", data={"code": code, "token": token, "back": back}, headers=OURS)


async def who(browser: AsyncClient) -> str:
    return (await browser.get("/inspection/who")).text


def basic(text: bytes, scheme: str = "Basic") -> dict[str, str]:
    return {"authorization": f"{scheme} {base64.b64encode(text).decode()}"}

"""A service's connections as its process has them, in the process of the test: its pages are asked without a port."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Request

from services.feedback.web import pages as feedback
from services.greenchannel.web import pages as greenchannel
from services.inspection.web import pages as inspection
from services.roster.web import pages as roster
from shared.identity.access import Access, Hearing
from shared.identity.tokens import token_of
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from shared.web.asking import now
from tests.county import County
from tests.sealed import KEYS

SECRET = "a county's secret of the tests, long enough"


def running(county: County, service: str) -> Running:
    """On the county's bus and database."""
    settings = Settings(
        county="150424",
        nats_url=county.nats_url,
        mongo_url="mongodb://unused",
        http_port=1,
        instance="test-1",
        token_secret=SECRET,
    )
    broker = connect_broker(county.nats_url, "test", Access(), Hearing())
    return Running(settings, service, broker, county.databases, county.db(service), county.bus)


ROUTES: Mapping[str, Callable[[FastAPI, Running], None]] = {
    "roster": lambda app, parts: roster(app, parts, None, KEYS),
    "inspection": inspection,
    "greenchannel": greenchannel,
    "feedback": feedback,
}


async def _unheard(_: object) -> None:
    """What is published where there is no bus."""


def application(service: str, secret: str | None = SECRET) -> FastAPI:
    """As the service's process has it, with no bus and no database to reach."""
    settings = Settings(
        county="150424",
        nats_url="nats://unused",
        mongo_url="mongodb://unused",
        http_port=1,
        instance="test-1",
        token_secret=secret,
    )
    nothing = cast(Any, SimpleNamespace(connected=False, publish=_unheard))
    app = FastAPI(openapi_url=None)
    ROUTES[service](app, Running(settings, service, nothing, nothing, nothing, nothing))
    return app


NOBODY = {"authorization": "Nobody"}
"""The headers of a request in which nobody says who asks."""


class Browser(AsyncClient):
    """A browser or a program that looks at one service's application.

    `by` is the organisation that asks with its token wherever nobody has signed in and a test does not say who asks.
    """

    def __init__(self, app: FastAPI, by: str = "") -> None:
        super().__init__(transport=ASGITransport(app), base_url="http://county")
        self._answers, self._by = app, by

    @property
    def app(self) -> FastAPI:
        """Whose routes it asks."""
        return self._answers

    def build_request(self, *args: Any, **kwargs: Any) -> Request:
        """As `auth` would be sent."""
        request = super().build_request(*args, **kwargs)
        if self._by and not {"authorization", "cookie"} & {*request.headers}:
            request.headers.update(basic(self._by))
        return request

    def looks_at(self, instant: datetime) -> None:
        """From now on it is this instant, for everything that a route asks."""
        self._answers.dependency_overrides[now] = lambda: instant

    def sees_failures(self) -> None:
        """What fails is the page that a person sees, and no error of the test."""
        self._transport = ASGITransport(self._answers, raise_app_exceptions=False)

    def looks_now(self) -> None:
        """It is what the clock says again."""
        self._answers.dependency_overrides.clear()


def basic(code: str, token: str = "") -> dict[str, str]:
    """The headers of a request by an organisation: with its token, or with what it says is one."""
    said = f"{code}:{token or token_of(code, SECRET)}"
    return {"authorization": f"Basic {b64encode(said.encode()).decode()}"}


def asking(app: FastAPI, by: str = "") -> Browser:
    """A browser or a program that looks at it."""
    return Browser(app, by)

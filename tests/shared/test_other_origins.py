"""What changes something is sent from the county's own pages or by a program, whatever route it goes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.web.same_origin import SAFE
from tests.processes_here import ROUTES, application, asking

ELSEWHERE = (
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"origin": "http://["},
    {"origin": "https://county:8443.elsewhere.example"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://county"},
)
OURS: tuple[dict[str, str], ...] = (
    {},
    {"origin": "http://county"},
    {"sec-fetch-site": "same-origin", "origin": "http://county"},
)
"""A program says nothing; a browser says that it shows one of these pages."""


class Reached:
    """Stands where the routes are: what comes here would have come to a handler."""

    def __init__(self, app: ASGIApp, paths: list[str]) -> None:
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Says so."""
        self._paths.append(f"{scope['method']} {scope['path']}")
        await Response(status_code=204)(scope, receive, send)


class Changing(NamedTuple):
    """A route that changes something."""

    service: str
    method: str
    path: str


def changing() -> Iterator[Changing]:
    """Every route of every service by which something is changed."""
    for service in ROUTES:
        for route in iter_route_contexts(application(service).routes):
            yield from (Changing(service, one, str(route.path)) for one in (route.methods or set()) - SAFE)


CHANGING = sorted(changing())


@pytest.fixture(scope="module")
def services() -> Mapping[str, Watched]:
    """Every service once, for all that is sent to it here: making one takes longer than everything else."""
    return {service: watched(service) for service in ROUTES}


class Watched(NamedTuple):
    """A service, and what came as far as its routes."""

    app: FastAPI
    reached: list[str]


def watched(service: str) -> Watched:
    """With nobody behind its doors but one who notes."""
    found = Watched(application(service), [])
    found.app.user_middleware.append(Middleware(Reached, paths=found.reached))
    return found


async def sends(to: Watched, route: Changing, headers: dict[str, str]) -> tuple[int, str, list[str]]:
    """The status, the body, and what of it came as far as the routes."""
    to.reached.clear()
    async with asking(to.app) as client:
        answer = await client.request(route.method, route.path, headers=headers)
    return answer.status_code, answer.text, [*to.reached]


def test_every_service_has_routes_that_change_something() -> None:
    assert {route.service for route in CHANGING} == set(ROUTES)
    assert {"/roster/api/enrolments", "/inspection/supervision", "/feedback/sign-in"} <= {one.path for one in CHANGING}


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: f"{route.method} {route.path}")
async def test_nothing_that_another_origin_sends_reaches_a_route(
    services: Mapping[str, Watched], route: Changing
) -> None:
    for headers in ELSEWHERE:
        status, said, reached = await sends(services[route.service], route, headers)
        assert (headers, status, reached) == (headers, 403, [])
        assert said == '{"detail":"Forbidden"}' if "/api/" in route.path else "须在本系统的页面上点击办理" in said


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: f"{route.method} {route.path}")
async def test_what_these_pages_and_programs_send_reaches_its_route(
    services: Mapping[str, Watched], route: Changing
) -> None:
    for headers in OURS:
        status, _, reached = await sends(services[route.service], route, headers)
        assert (headers, status, len(reached)) == (headers, 204, 1)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "PURGE"])
async def test_a_route_that_is_yet_to_be_written_is_behind_it_too(services: Mapping[str, Watched], method: str) -> None:
    route = Changing("roster", method, "/roster/api/yet-to-come")
    assert (await sends(services["roster"], route, ELSEWHERE[0]))[::2] == (403, [])


async def test_looking_is_allowed_from_anywhere(services: Mapping[str, Watched]) -> None:
    route = Changing("roster", "GET", "/roster/")
    assert (await sends(services["roster"], route, ELSEWHERE[0]))[::2] == (204, ["GET /roster/"])

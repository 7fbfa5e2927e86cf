"""Each route says who may read it, and is asked before it answers: what whoever may not is told, and how."""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import PlainTextResponse

from services.inspection.desk import PAGES
from shared.countys_own import CountysOwn
from shared.identity.reading import COMMITTEE, MONITORING, PUBLIC, SENT, SIGNED_IN, Rule, WithoutRule
from shared.identity.tokens import token_of
from shared.process import service
from shared.process.config import Settings
from shared.roster.program_tokens import first_serial
from shared.web.answering import answer
from shared.web.reading import reads
from tests.processes_here import NOBODY, SECRET, Browser, application, basic
from tests.submitters import COUNTY, station

RULES = {"public": PUBLIC, "signed-in": SIGNED_IN, "committee": COMMITTEE, "monitoring": MONITORING, "sent": SENT}


def asked(rule: Rule, path: str) -> Browser:
    """A service whose roster is known, with one route more."""
    app = application("inspection")

    async def shown() -> PlainTextResponse:
        return PlainTextResponse("shown")

    app.add_api_route(path, shown, dependencies=[reads(rule)])
    app.state.parts.roster = SimpleNamespace(
        is_known=True, last_standing=lambda _: None, owns=_owns, own=lambda _: CountysOwn()
    )
    app.state.parts.tokens = SimpleNamespace(serial=serial)
    return Browser(app)


async def _owns(_: str) -> Callable[[], CountysOwn]:
    return CountysOwn


async def serial(code: str, token: str) -> str | None:
    """Of the token with which everybody began."""
    return first_serial(0) if token == token_of(code, SECRET) else None


@pytest.mark.parametrize(
    ("rule", "statuses"),
    [
        ("public", (200, 200, 200)),
        ("signed-in", (303, 200, 200)),
        ("committee", (303, 403, 200)),
        ("monitoring", (200, 200, 200)),
        ("sent", (200, 200, 200)),
    ],
)
async def test_a_page_is_read_by_those_to_whom_its_rule_opens(rule: str, statuses: tuple[int, int, int]) -> None:
    async with asked(RULES[rule], "/inspection/shown") as client:
        found = [
            await client.get("/inspection/shown?day=2018-03-05", headers=headers)
            for headers in (NOBODY, basic(station.code), basic(COUNTY))
        ]
    assert tuple(one.status_code for one in found) == statuses
    for one in found:
        if one.status_code == 303:
            assert one.headers["location"].endswith("/sign-in?back=%2Finspection%2Fshown%3Fday%3D2018-03-05")
        if one.status_code == 403:
            assert "不能查看" in one.text
            assert "以其他单位登录" in one.text


@pytest.mark.parametrize(
    ("rule", "headers", "status", "slug"),
    [
        (SIGNED_IN, NOBODY, 401, "sign-in-needed"),
        (SIGNED_IN, basic(station.code, "guessed"), 401, "sign-in-needed"),
        (COMMITTEE, NOBODY, 401, "county-sign-in-needed"),
        (COMMITTEE, basic(station.code), 403, "county-sign-in-needed"),
    ],
)
async def test_a_program_is_told_to_say_who_it_is_or_that_it_is_not_its_matter(
    rule: Rule, headers: dict[str, str], status: int, slug: str
) -> None:
    async with asked(rule, "/inspection/api/shown") as client:
        answered = await client.get("/inspection/api/shown", headers=headers)
    assert (answered.status_code, answered.json()["reasons"][0]["slug"]) == (status, slug)
    assert answered.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/inspection/submissions", "/inspection/api/incidents"])
async def test_while_nobody_can_be_believed_whoever_asks_is_told_to_come_again(path: str) -> None:
    async with Browser(application("inspection")) as client:
        answered = [await client.get(path, headers=headers) for headers in (NOBODY, basic(station.code))]
    assert [one.status_code for one in answered] == [503, 503]


def test_a_route_that_says_nothing_of_who_may_read_it_is_named() -> None:
    router, parts = APIRouter(prefix="/inspection/api"), application("inspection").state.parts

    @router.get("/new")
    async def new() -> dict[str, Any]:
        return {}

    with pytest.raises(WithoutRule, match="/inspection/api/new"):
        answer(FastAPI(openapi_url=None), parts, PAGES, api=[router])
    with pytest.raises(WithoutRule, match="/openapi"):
        answer(FastAPI(), parts, PAGES)


def test_a_service_with_such_a_route_does_not_start_and_says_so_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def answering(*_: object) -> int:
        raise WithoutRule("it is not declared (reads=) who may read /inspection/api/new")

    monkeypatch.setattr(service, "answering", answering)
    nothing, named = cast(Settings, None), cast(service.Service, SimpleNamespace(name="inspection"))
    port = socket.socket(socket.AF_UNIX)
    assert service._answers(nothing, named, port, b"nobody's door") == service.INCOMPLETE
    port.close()
    assert "/inspection/api/new" in capsys.readouterr().err

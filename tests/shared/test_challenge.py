"""Whoever does not say who it is, is answered the same everywhere: 401, how to say it, and a reason in words."""

from __future__ import annotations

import pytest

from deploy.embedded.settings import ROOT
from shared.web.challenge import CHALLENGE
from tests.processes_here import ROUTES, application, asking
from tests.submitters import station

ID = "0b6f8f3c-53a5-5f0e-8f5e-2b7d0a8f9c11"
PHOTO = f"/inspection/api/photos/{station.code}/{'0' * 64}"


@pytest.mark.parametrize(
    ("method", "path", "slug"),
    [
        ("GET", "/inspection/api/desk", "sign-in-needed"),
        ("GET", "/roster/api/desk", "sign-in-needed"),
        ("GET", "/greenchannel/api/desk", "sign-in-needed"),
        ("GET", f"/inspection/api/verdicts/{station.code}/{ID}", "sign-in-needed"),
        ("GET", "/feedback/api/dead-letters", "county-sign-in-needed"),
        ("GET", PHOTO, "sign-in-needed"),
        ("POST", "/feedback/api/dead-letters/1/again", "county-sign-in-needed"),
        *(("POST", f"/{service}/api/submissions", "not-your-token") for service in ROUTES),
    ],
)
async def test_nobody_is_answered_who_does_not_say_who_it_is(method: str, path: str, slug: str) -> None:
    async with asking(application(path.split("/")[1], secret=None)) as client:
        answer = await client.request(method, path)
    (why,) = answer.json()["reasons"]
    assert (answer.status_code, why["slug"], set(why)) == (401, slug, {"slug", "zh", "en"})
    assert {name: answer.headers[name] for name in CHALLENGE} == {
        "WWW-Authenticate": 'Basic realm="lianban", charset="UTF-8"',
        "Cache-Control": "no-store",
    }


def test_the_challenge_is_written_once() -> None:
    written = [path for room in ("services", "shared") for path in (ROOT / room).rglob("*.py")]
    assert [path.stem for path in written if "WWW-Authenticate" in path.read_text()] == ["challenge"]

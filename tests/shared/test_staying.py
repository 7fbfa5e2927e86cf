"""No answer sends anybody to a host that the sender named."""

from __future__ import annotations

import pytest

from shared.services import SERVICES
from shared.web.staying import as_path
from tests.processes_here import application, asking

PAGES = {
    "roster": "/roster/api/turns/",
    "inspection": "/inspection/excellence/",
    "greenchannel": "/greenchannel/api/cases/",
}


@pytest.mark.parametrize("service", SERVICES)
async def test_a_slash_too_many_leads_to_the_same_page_here_whatever_host_is_named(service: str) -> None:
    async with asking(application(service)) as client:
        path = PAGES.get(service, "/feedback/api/reports/")
        answer = await client.get(f"{path}?a=1", headers={"host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (307, f"{path.rstrip('/')}?a=1")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/feedback/", "/feedback/"),
        ("http://evil.example", "/"),
        ("http://evil.example//other.example/a?b=1", "/other.example/a?b=1"),
        ("//evil.example/a", "/a"),
        ("https://evil.example/\\\\other.example", "/other.example"),
    ],
)
def test_an_address_becomes_a_path(location: str, path: str) -> None:
    assert as_path(location) == path

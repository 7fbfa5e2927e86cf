"""Where a form is sent is no page: who opens that address, by Enter in it or from a bookmark, is at the form's page."""

from __future__ import annotations

import pytest

from tests.processes_here import application, asking

FINDING = "/inspection/rectifications/150424100202/00000000-0000-7000-8000-000000000001/0"
INCIDENT = "/inspection/incidents/150424-D02/00000000-0000-7000-8000-000000000001"
WINDOW = "/inspection/excellence/150424-D02"


@pytest.mark.parametrize(
    ("sent", "page"),
    [
        (f"{FINDING}/submit", FINDING),
        (f"{INCIDENT}/answer", INCIDENT),
        (f"{WINDOW}/incident", WINDOW),
        ("/feedback/dead-letters/7/again", "/feedback/dead-letters/7"),
        ("/feedback/dead-letters/7/close", "/feedback/dead-letters/7"),
        ("/inspection/sign-out", "/inspection/"),
    ],
)
async def test_the_address_of_a_form_leads_to_its_page(sent: str, page: str) -> None:
    async with asking(application(sent.split("/")[1])) as client:
        answer = await client.get(sent)
    assert (answer.status_code, answer.headers["location"]) == (303, page)

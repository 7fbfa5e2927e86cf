"""A round is logged by whose post patrols, and each of its submissions is told to the audit like any other form's."""

from __future__ import annotations

import asyncio
import json

from shared.bus.streams import AUDIT
from shared.events.roster.people import Post
from tests.browser_fields import fields_in
from tests.browsing import acting_as, browsing, opened_on
from tests.county import County
from tests.staffed import Holder, staffed
from tests.submitters import hall, moment, office

PAGE, DAY = "/inspection/rounds/windows-daily", "2018-03-05"
CHIEF, WITHOUT = Holder("p-hall-chief", hall.code, Post.WINDOW_CHIEF), Holder("p-hall", hall.code, None)


async def newest_line(county: County, kind: str) -> dict[str, str]:
    """The last line of a kind that inspection told."""
    async with asyncio.timeout(20):
        while (found := await county.bus.last(AUDIT.name, f"audit.inspection.{kind}")) is None:
            await asyncio.sleep(0.01)
    line: dict[str, str] = json.loads(found.body)
    return line


async def test_a_round_is_logged_by_whose_post_patrols_and_told_to_the_audit(county: County) -> None:
    await staffed(county, CHIEF, WITHOUT)
    kept = county.db("inspection")["inspections"]
    async with county.working(), browsing(county, "inspection") as client:
        client.looks_at(moment(DAY, "10:30"))
        async with acting_as(client, CHIEF.id, hall.code):
            form = fields_in((await client.get(PAGE)).text, PAGE) | opened_on(DAY) | {f"looked-{office.code}": "yes"}
        async with acting_as(client, WITHOUT.id, hall.code):
            assert (await client.get(PAGE)).status_code == 403
            assert (await client.post(PAGE, data=form)).status_code == 403
        assert await kept.count_documents({}) == 0
        async with acting_as(client, CHIEF.id, hall.code):
            done = await client.post(PAGE, data=form)
            assert done.status_code == 303
        assert await kept.count_documents({}) == 1
        line = await newest_line(county, "submission")
    assert (line["person"], line["what"].split()[0], line["what"].split()[2]) == (
        CHIEF.id,
        "log-inspection",
        office.code,
    )

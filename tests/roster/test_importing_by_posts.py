"""A table enters what whoever brings it may enter by form: who registers persons appoints nobody by it."""

from __future__ import annotations

import re
from html import unescape

from shared.bus.streams import AUDIT
from shared.events.roster.people import Post
from tests.browsing import acting_as, browsing
from tests.county import County
from tests.roster.test_page_importing import PAGE, Rows, lines
from tests.staffed import OFFICE_CLERK, WATCHES, Holder, staffed
from tests.submitters import committee, just_now, station, township

CLERK = Holder("p-clerk-of-township", township.code, Post.TOWNSHIP_CLERK)
LEAD = Holder("p-lead-of-township", township.code, Post.TOWNSHIP_LEAD)
WITH_POST: Rows = [
    [station.code, "孙立", "男", "1979", "是", "", "", "20180301", "站长", "2018-03-01", ""],
]
ALONE: Rows = [[*WITH_POST[0][:8], "", "", ""]]


async def test_who_may_register_and_not_appoint_is_told_so_at_the_row(county: County) -> None:
    await staffed(county, CLERK, LEAD)
    async with county.working(), browsing(county, "roster") as client:
        client.looks_at(just_now())
        async with acting_as(client, CLERK.id, township.code):
            looked = await client.post(PAGE, files={"photos": ("人员.csv", lines(WITH_POST))})
            assert ("您的职务不能登记任职" in looked.text, f'action="{PAGE}/enter"' in looked.text) == (True, False)
        async with acting_as(client, LEAD.id, township.code):
            looked = await client.post(PAGE, files={"photos": ("人员.csv", lines(WITH_POST))})
            assert "您的职务不能登记任职" not in looked.text


async def test_what_is_entered_by_a_table_is_told_to_the_audit(county: County) -> None:
    await staffed(county, CLERK)
    async with county.working(), browsing(county, "roster") as client:
        client.looks_at(just_now())
        async with acting_as(client, CLERK.id, township.code):
            looked = (await client.post(PAGE, files={"photos": ("人员.csv", lines(ALONE))})).text
            said = {one: unescape(re.findall(rf'name="{one}" value="([^"]*)"', looked)[0]) for one in ("file", "rows")}
            assert (await client.post(f"{PAGE}/enter", data=said)).status_code == 303
        await county.settles()
        entered = {"type": "register-person", "actor": CLERK.id, "verdict": "accepted"}
        assert await county.db("roster")["ledger"].count_documents(entered) == 1
        line = await county.bus.last(AUDIT.name, "audit.roster.submission")
    assert line is not None
    assert b"register-person" in line.body


async def test_whoever_neither_registers_nor_appoints_is_offered_no_table(county: County) -> None:
    await staffed(county, WATCHES, OFFICE_CLERK)
    async with browsing(county, "roster") as client:
        for who, offered in ((WATCHES, False), (OFFICE_CLERK, True)):
            async with acting_as(client, who.id, committee.code):
                listed, page = [(await client.get(path)).text for path in ("/roster/people", PAGE)]
            assert (f'href="{PAGE}"' in listed, "检查表格" in page) == (offered, offered)

"""What turns writing round is harmless by whichever way it comes: headers, names of files, what is typed to sign in."""

from __future__ import annotations

from urllib.parse import quote

from httpx import AsyncClient

from shared.pipeline.ledger import ledger
from tests.abuse.test_turned_round import HARMFUL, is_harmless
from tests.browsing import browsing
from tests.county import County
from tests.station.conftest import folder, folder_agent, page
from tests.station.local_page import ENTERED, SENT
from tests.submitters import committee, station

__all__ = ["folder", "folder_agent", "page"]
TURNED = f"张{HARMFUL}三"


async def test_who_acted_and_why_are_kept_as_they_read(county: County) -> None:
    first = station.serves()
    said = committee.instead_of(first, committee.says_for(station.serves(2))).heading(
        actor=quote(TURNED), reason=quote(f"更正{TURNED}")
    )
    async with county.working():
        await county.hears(first, said)
        await county.settles()
    entry = await ledger(county.db("greenchannel")).find_one({"_id": f"{committee.code}/{said.id}"})
    assert entry is not None
    assert (entry["actor"], entry["reason"]) == ("张 三", "更正张 三")


async def test_a_header_that_is_no_text_at_all_is_answered_and_not_kept(county: County) -> None:
    said = station.serves(3).heading(actor="%FF%00%E2%80%AE")
    async with county.working():
        await county.hears(said)
        await county.settles()
    verdict = await county.verdict(said)
    assert verdict is not None
    assert verdict["verdict"] == "unreadable"
    assert is_harmless(verdict["reasons"][0]["zh"])


async def test_a_file_of_such_a_name_is_refused_by_a_name_that_reads_as_it_is(page: AsyncClient) -> None:
    file = {"photos": (f"报表{HARMFUL.replace(chr(0), '')}gpj.exe", b"no picture", "image/jpeg")}
    answer = await page.post("/form/patrol", data={**SENT, **ENTERED["patrol"]}, files=file)
    assert (answer.status_code, "报表" in answer.text) == (422, True)
    assert is_harmless(answer.text.replace("\n", ""))


async def test_what_is_typed_to_sign_in_is_shown_as_it_reads(county: County) -> None:
    async with browsing(county, "roster") as client:
        answer = await client.post(
            "/roster/sign-in", data={"code": TURNED, "token": TURNED, "back": f"/roster/{TURNED}"}
        )
    assert answer.status_code == 401
    assert is_harmless(answer.text.replace("\n", ""))

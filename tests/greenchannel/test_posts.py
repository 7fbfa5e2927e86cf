"""What a person may send is what its posts do: offered, sent, corrected and taken back by the same question."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.browser_fields import fields_in
from tests.browsing import acting_as, browsing, does, form_in
from tests.county import County
from tests.processes_here import Browser
from tests.staffed import CHIEF, CLERK, HOLDERS, NOBODYS, OFFICE_CLERK, WATCHES, Holder, staffed
from tests.submitters import Said, just_now, office

PAGE = "/greenchannel/"
SERVED = {"client": "vulnerable", "mode": "agency", "persons": "2"}
NO_RIGHT = "不能办理“绿色通道服务”"


@pytest.fixture
async def browser(county: County) -> AsyncIterator[Browser]:
    """While the services decide, in a county whose persons are known."""
    await staffed(county, *HOLDERS)
    async with browsing(county, "greenchannel") as client, county.working():
        yield client


def at(browser: Browser, who: Holder):  # type: ignore[no-untyped-def]
    return acting_as(browser, who.id, who.organisation)


async def test_a_form_is_offered_to_whose_post_does_it(browser: Browser) -> None:
    async def offered(who: Holder) -> bool:
        async with at(browser, who):
            return f'action="{PAGE}record"' in (await browser.get(PAGE)).text

    assert [await offered(who) for who in (CHIEF, CLERK, NOBODYS, OFFICE_CLERK, WATCHES)] == [
        True,
        True,
        False,
        False,
        False,
    ]


async def test_what_is_sent_without_the_right_is_stored_nowhere_and_says_who_may(
    county: County, browser: Browser
) -> None:
    async with at(browser, CLERK):
        form = form_in((await browser.get(PAGE)).text, f"{PAGE}record") | SERVED
    async with at(browser, NOBODYS):
        no = await browser.post(f"{PAGE}record", data=form)
    assert no.status_code == 403
    assert f"您在本单位没有现任职务，{NO_RIGHT}，请由本单位" in no.text
    async with at(browser, WATCHES):
        no = await browser.post(f"{PAGE}record", data=form)
    assert (no.status_code, "“绿色通道服务”不是本单位各职务办理的事项" in no.text) == (403, True)
    assert await county.db("greenchannel")["ledger"].count_documents({"type": "record-green-service"}) == 0
    async with at(browser, CLERK):
        await does(county, browser, PAGE, "record", "", **SERVED)
    kept = await county.db("greenchannel")["ledger"].find_one({"type": "record-green-service"})
    assert kept is not None
    assert (kept["actor"], kept["submitter"]) == (CLERK.id, office.code)


async def test_an_organisation_by_its_token_may_as_before(county: County, browser: Browser) -> None:
    """The control."""
    async with acting_as(browser, "", office.code):
        await does(county, browser, PAGE, "record", "", **SERVED)


def page_of(said: Said, key: str = "") -> str:
    return f"/greenchannel/submissions/{said.submitter}/{said.id}{key and '/'}{key}"


async def test_a_record_is_put_right_by_who_does_such_work_or_amends_it(county: County, browser: Browser) -> None:
    said = office.serves(20, just_now())
    await county.hears(said)
    await county.settles()
    for who, may in ((CHIEF, True), (CLERK, True), (OFFICE_CLERK, True), (NOBODYS, False), (WATCHES, False)):
        async with at(browser, who):
            answer = await browser.get(page_of(said))
        page = answer.text if answer.status_code == 200 else NO_RIGHT
        assert (page_of(said, "withdraw") in page) is may, who
        assert (NO_RIGHT in page or "不是本单位各职务办理的事项" in page) is not may, who


async def test_a_form_of_one_record_takes_back_no_other(county: County, browser: Browser) -> None:
    """Or the right to one kind would be the right to all."""
    mine, other = office.serves(20, just_now()), office.opens(at=just_now())
    await county.hears(mine, other)
    await county.settles()
    async with at(browser, CHIEF):
        form = fields_in((await browser.get(page_of(mine, "withdraw"))).text, page_of(mine, "withdraw"))
        form |= {"reason": "误报"}
        wrong = await browser.post(page_of(mine, "withdraw"), data=form | {"corrects": other.id})
        right = await browser.post(page_of(mine, "withdraw"), data=form)
    assert (wrong.status_code, right.status_code) == (404, 303)


async def test_who_may_not_take_back_is_refused_when_it_is_sent_all_the_same(county: County, browser: Browser) -> None:
    said = office.serves(20, just_now())
    await county.hears(said)
    await county.settles()
    async with at(browser, CHIEF):
        form = fields_in((await browser.get(page_of(said, "withdraw"))).text, page_of(said, "withdraw"))
    async with at(browser, NOBODYS):
        no = await browser.post(page_of(said, "withdraw"), data=form | {"reason": "误报"})
    assert no.status_code in (403, 404)
    async with at(browser, OFFICE_CLERK):
        service = fields_in((await browser.get(page_of(said, "service"))).text, page_of(said, "service"))
        sent_anew = await browser.post(page_of(said, "service"), data=service | {"corrects": "", "persons": "3"})
    assert sent_anew.status_code == 403, "what corrects nothing is one more, and amending is no right to that"

"""What was reported is found by its submitter and those above, corrected and taken back on its page, by nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from shared.events.vocabulary import OrganisationKind
from shared.services import SERVICES
from tests.browser_fields import fields_in
from tests.browsing import browsing, token
from tests.county import County
from tests.greenchannel.test_corrections import SERVED, counted
from tests.processes_here import Browser
from tests.submitters import A_MONDAY, Said, committee, just_now, office, station, stations, township


@pytest.fixture
async def browser(county: County) -> AsyncIterator[Browser]:
    """While the services decide."""
    async with browsing(county, "greenchannel") as client, county.working():
        yield client


def page_of(said: Said, key: str = "") -> str:
    """Its record, or a form of it."""
    service = said.message.subject.split(".")[1]
    return f"/{service}/submissions/{said.submitter}/{said.id}{key and '/'}{key}"


async def decided(county: County, *said: Said) -> None:
    await county.hears(*said)
    await county.settles()


async def sent(browser: Browser, who: str, said: Said, key: str, **entered: str) -> str:
    """The address that the form leads to."""
    form = await browser.get(page_of(said, key), auth=token(who))
    given = fields_in(form.text, page_of(said, key))
    answer = await browser.post(page_of(said, key), data={**given, **entered}, auth=token(who))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_its_submitter_corrects_it_until_its_month_is_over(county: County, browser: Browser) -> None:
    wrong = station.serves(20, just_now())
    await decided(county, wrong)
    record = (await browser.get(page_of(wrong), auth=token(station.code))).text
    assert ("服务人次" in record, "20" in record, page_of(wrong, "service") in record) == (True, True, True)
    form = (await browser.get(page_of(wrong, "service"), auth=token(station.code))).text
    assert ('value="20"' in form, "更正理由" in form) == (True, False)
    landed = await sent(browser, station.code, wrong, "service", persons="3")
    after = (await browser.get(landed, auth=token(station.code))).text
    assert ("已受理" in after, "已更正" in after, "已由以下报送更正" in after) == (True, True, True)
    await county.settles()
    assert await counted(county) == {SERVED: 3}


async def test_afterwards_those_above_do_and_say_why(county: County, browser: Browser) -> None:
    wrong = station.serves(20, A_MONDAY)
    await decided(county, wrong)
    own = (await browser.get(page_of(wrong), auth=token(station.code))).text
    assert ("期限已于2018年3月31日届满" in own, page_of(wrong, "service") in own) == (True, False)
    form = fields_in(
        (await browser.get(page_of(wrong, "service"), auth=token(township.code))).text, page_of(wrong, "service")
    )
    silent = await browser.post(page_of(wrong, "service"), data={**form, "persons": "3"}, auth=token(township.code))
    at_its_field = re.search(r'name="grounds-of-correction"[^>]*aria-invalid="true"', silent.text)
    assert (silent.status_code, "请填写“更正理由”。" in silent.text, bool(at_its_field)) == (422, True, True)
    again = fields_in(silent.text, page_of(wrong, "service"))
    said = {**again, "persons": "3", "grounds-of-correction": "人次有误"}
    assert (await browser.post(page_of(wrong, "service"), data=said, auth=token(township.code))).status_code == 303
    await county.settles()
    assert await counted(county) == {SERVED: 3}
    record = (await browser.get(page_of(wrong), auth=token(committee.code))).text
    assert "已更正" in record


async def test_what_is_taken_back_says_so_on_both_records(county: County, browser: Browser) -> None:
    case = office.opens(at=just_now())
    done = office.completes(case, case.time)
    await decided(county, case, done)
    form = (await browser.get(page_of(done, "withdraw"), auth=token(office.code))).text
    assert "不能恢复" in form
    landed = await sent(browser, office.code, done, "withdraw", reason="误报")
    record = (await browser.get(landed, auth=token(office.code))).text
    (url,) = [part.split('"')[0] for part in record.split('<dd><a href="')[1:]]
    withdrawal = (await browser.get(url, auth=token(office.code))).text
    assert ("已撤回" in record, "误报" in withdrawal, "撤回的是" in withdrawal) == (True, True, True)
    listed = (await browser.get("/greenchannel/submissions", auth=token(office.code))).text
    assert [listed.count(one) for one in ("办件办结", "办件受理", "绿色通道事项撤回", "已撤回")] == [1, 1, 1, 1]


async def test_those_above_choose_whose_records_they_see(county: County, browser: Browser) -> None:
    await decided(county, station.serves(20, just_now()))
    above, place = token(township.code), "/greenchannel/submissions"
    page = (await browser.get(place, auth=above)).text
    offered = [f'value="{one.code}"' in page for one in (station, office)]
    assert ("还没有报送记录" in page, offered) == (True, [True, False])
    theirs = (await browser.get(f"{place}?organisation={station.code}", auth=above)).text
    beside = [f'href="/{one}/submissions?organisation={station.code}"' in theirs for one in SERVICES]
    assert ("绿色通道服务" in theirs, beside) == (True, [True] * len(SERVICES))


async def test_nobody_else_learns_of_it(county: County, browser: Browser) -> None:
    wrong = station.serves(20, just_now())
    await decided(county, wrong)
    listed = f"/greenchannel/submissions?organisation={station.code}"
    for path, status in ((page_of(wrong), 404), (page_of(wrong, "service"), 404), (listed, 403)):
        assert (await browser.get(path, auth=token(stations[1].code))).status_code == status
        assert (await browser.get(path)).status_code == 303
    api = page_of(wrong).replace("/submissions", "/api/submissions")
    assert [(await browser.get(api, auth=token(one))).status_code for one in (stations[1].code, township.code)] == [
        404,
        200,
    ]
    assert (await browser.get(api)).status_code == 401
    found = (await browser.get(api, auth=token(station.code))).json()
    assert (found["verdict"], found["corrected_by"], found["facts"][0]["type"]) == (
        "accepted",
        None,
        "green-service-recorded",
    )


async def test_what_has_no_way_back_says_what_to_do_instead(county: County) -> None:
    registered = committee.registers("150424100206", OrganisationKind.VILLAGE, township.code)
    async with browsing(county, "roster") as browser, county.working():
        await decided(county, registered)
        record = (await browser.get(page_of(registered), auth=token(committee.code))).text
    assert ("请办理“单位登记”" in record, "撤回</a>" in record) == (True, False)


async def test_a_type_that_nobody_knows_is_listed_in_words(county: County, browser: Browser) -> None:
    said = station.serves(20, just_now()).heading(type="raise-flag")
    subject = said.message.subject.replace("record-green-service", "raise-flag")
    unknown = said._replace(message=said.message._replace(subject=subject))
    await decided(county, unknown)
    listed = (await browser.get("/greenchannel/submissions", auth=token(station.code))).text
    assert ("其他报送" in listed, "退回更正" in listed, "raise-flag" in listed) == (True, True, False)

"""A county in which organisations end: what is due, who answers for what is open, where it is counted and shown."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx import AsyncClient

from services.feedback.store import totals
from shared.events.greenchannel import CompleteCase
from shared.events.inspection import LogInspection
from shared.events.roster import DissolveOrganisation
from shared.events.vocabulary import OrganisationKind, PatrolKind
from shared.roster.organisations import Organisation, Roster
from tests.browsing import browsing as everywhere
from tests.county import County
from tests.inspection.browsing import browsing
from tests.submitters import (
    COUNTY,
    Said,
    Submitter,
    closes_day,
    committee,
    hall,
    marks_overdue,
    moment,
    office,
    station,
    stations,
    township,
)

_, neighbour, third, _ = stations
NEW = Submitter("150424100301")
BEFORE, LAST, AFTER = moment("2018-06-13"), moment("2018-06-14"), moment("2018-06-15")
TUESDAY = moment("2018-06-19")


def ends(one: Submitter, *followed_by: Submitter, n: int = 0) -> Said:
    """Entered before it takes effect."""
    codes = [successor.code for successor in followed_by]
    return committee.says(
        DissolveOrganisation(last_day=LAST.date(), followed_by=codes, basis="合并"), BEFORE, about=one.code, n=n
    )


@pytest_asyncio.fixture
async def at_work(empty_county: County) -> AsyncIterator[County]:
    async with empty_county.at_work():
        yield empty_county


async def verdict(county: County, said: Said) -> tuple[str, list[str]]:
    await county.hears(said)
    await county.settles()
    found = await county.verdict(said)
    assert found is not None
    return found["verdict"], [reason["slug"] for reason in found["reasons"]]


async def accepted(county: County, *said: Said) -> None:
    for one in said:
        assert await verdict(county, one) == ("accepted", [])


async def figures(county: County, organisation: str, period: str = "2018-06") -> dict[str, object]:
    known = [Organisation.stored(one) async for one in county.db("roster")[Organisation.collection].find()]
    return await totals(county.db("feedback"), COUNTY, Roster().having(*known), organisation, period)


async def still_open(county: County, one: Submitter) -> object:
    return (await figures(county, one.code))["rectifications-open"]


async def test_a_village_merged_into_another_is_not_due_from_the_day_after(at_work: County) -> None:
    await accepted(at_work, ends(station, neighbour))
    await at_work.hears(*(one.logs(AFTER) for one in stations if one is not station))
    await accepted(at_work, closes_day("2018-06-15", "2018-06-16"))
    assert (await figures(at_work, neighbour.code))["self-check-rate"] == {"n": 1, "d": 1, "value": 1.0}
    assert (await figures(at_work, township.code))["self-check-rate"] == {"n": 3, "d": 3, "value": 1.0}
    assert (await figures(at_work, station.code))["self-checks-missed"] == 0


async def test_it_is_due_on_its_last_day_and_may_still_report_for_it(at_work: County) -> None:
    await accepted(at_work, ends(station, neighbour), closes_day("2018-06-14", "2018-06-15"))
    assert (await figures(at_work, station.code))["self-checks-missed"] == 1
    await accepted(at_work, station.logs(LAST))
    assert (await figures(at_work, station.code))["self-checks-missed"] == 0


async def test_after_it_whoever_submits_is_told_who_follows(at_work: County) -> None:
    await accepted(at_work, ends(station, neighbour))
    late = station.logs(AFTER)
    assert await verdict(at_work, late) == ("refused", ["submitter-ended"])
    assert neighbour.code in str(await at_work.verdict(late))
    patrol = township.says(LogInspection(patrol=PatrolKind.STATION, score=9000), AFTER, about=station.code)
    assert await verdict(at_work, patrol) == ("refused", ["organisation-ended"])


async def test_its_open_finding_passes_on_and_what_becomes_of_it_counts_for_who_follows(at_work: County) -> None:
    found = station.logs(LAST, findings=1, within=10)
    await accepted(at_work, found, ends(station, neighbour))
    fixed = neighbour.rectifies(found, at=AFTER).heading(subject=station.code)
    await accepted(at_work, fixed)
    assert await verdict(at_work, neighbour.verifies(found, at=AFTER)) == ("refused", ["own-work"])
    assert [await still_open(at_work, one) for one in (station, neighbour, township)] == [0, 1, 1]
    await accepted(at_work, township.verifies(found, at=AFTER))
    assert [await still_open(at_work, one) for one in (station, neighbour, township)] == [0, 0, 0]
    assert (await figures(at_work, neighbour.code))["rectifications-completed"] == 1
    assert (await figures(at_work, station.code))["rectifications-completed"] == 0


async def test_what_the_clock_finds_late_is_told_of_who_follows_and_of_who_is_above_it(at_work: County) -> None:
    found = station.logs(LAST, findings=1, within=1)
    await accepted(at_work, found, ends(station, neighbour), marks_overdue("2018-06-27"))
    assert (await figures(at_work, neighbour.code))["rectifications-overdue"] == 1
    assert (await figures(at_work, station.code))["rectifications-overdue"] == 0


async def test_an_open_finding_is_listed_where_it_is_answered_for_now(at_work: County) -> None:
    other = Submitter("150424101")
    await accepted(at_work, committee.registers(other.code, OrganisationKind.TOWNSHIP, COUNTY))
    await accepted(at_work, station.logs(LAST, findings=1, within=10), third.logs(LAST, findings=1, within=10))
    moved = committee.registers(third.code, OrganisationKind.VILLAGE, other.code, AFTER.date())
    await accepted(at_work, ends(station, neighbour), moved)
    async with browsing(at_work, by=COUNTY) as browser:
        browser.looks_at(TUESDAY)
        assert await _listed(browser, f"organisation={neighbour.code}") == [station.code]
        assert await _listed(browser, f"organisation={station.code}") == [station.code]
        assert await _listed(browser, f"organisation={township.code}") == []
        assert await _listed(browser, f"township={township.code}") == [station.code]
        assert await _listed(browser, f"township={other.code}") == [third.code]
        page = await browser.get(f"/inspection/rectifications?organisation={neighbour.code}")
        assert f"组织{neighbour.code}（原组织{station.code}）" in page.text


async def _listed(browser: AsyncClient, asked: str) -> list[str]:
    answer = await browser.get(f"/inspection/api/rectifications?{asked}")
    return [one["organisation"] for one in answer.json()["items"]]


async def test_with_a_new_code_an_open_case_is_completed_under_the_code_it_was_opened_under(at_work: County) -> None:
    case = station.opens(at=LAST)
    anew = committee.registers(NEW.code, OrganisationKind.VILLAGE, township.code, AFTER.date())
    await accepted(at_work, case, anew, ends(station, NEW))
    assert await verdict(at_work, NEW.completes(case, at=AFTER)) == ("refused", ["case-of-its-own-code"])
    await accepted(at_work, completes(NEW, case))
    assert (await figures(at_work, NEW.code))["cases-completed"] == 1
    assert (await figures(at_work, station.code))["cases-opened"] == 1


def completes(by: Submitter, case: Said) -> Said:
    """For the code under which it was opened."""
    return by.says(CompleteCase(case=case.id, visits=1, fee=0, posted=False), AFTER, about=station.code)


async def test_of_a_village_that_was_split_the_first_successor_answers(at_work: County) -> None:
    case = station.opens(at=LAST)
    await accepted(at_work, case, ends(station, third, neighbour))
    assert await verdict(at_work, completes(neighbour, case)) == ("refused", ["outside-subtree"])
    await accepted(at_work, completes(third, case))


async def test_a_department_that_ended_has_no_window_and_receives_no_report(at_work: County) -> None:
    assert (await figures(at_work, COUNTY))["stationed"] == 1
    await accepted(at_work, ends(office, hall))
    assert (await figures(at_work, COUNTY, "2018-05"))["stationed"] == 1
    assert (await figures(at_work, COUNTY))["stationed"] == 0
    assert await at_work.differences() == []


async def test_its_window_is_patrolled_no_more(at_work: County) -> None:
    await accepted(at_work, ends(office, hall), closes_day("2018-06-15", "2018-06-16"))
    assert (await figures(at_work, hall.code))["self-checks-missed"] == 0
    assert (await figures(at_work, office.code))["self-checks-missed"] == 0
    patrol = hall.logs(AFTER, about=office.code)
    assert await verdict(at_work, patrol) == ("refused", ["organisation-ended"])


async def test_history_stays_under_the_old_code_and_is_found_from_the_new(at_work: County) -> None:
    await accepted(at_work, station.logs(LAST), ends(station, neighbour))
    async with everywhere(at_work, "feedback", by=COUNTY) as browser:
        old = (await browser.get(f"/feedback/organisations/{station.code}?period=2018-06")).text
        new = (await browser.get(f"/feedback/organisations/{neighbour.code}?period=2018-06")).text
    assert "2018年6月14日撤销" in old
    assert f'后继 <a href="/feedback/organisations/{neighbour.code}?period=2018-06">' in old
    assert f'前身 <a href="/feedback/organisations/{station.code}?period=2018-06">' in new


async def test_a_heading_and_its_rows_add_up_in_the_month_in_which_a_village_ended(at_work: County) -> None:
    await accepted(at_work, station.logs(LAST), neighbour.logs(LAST), ends(station, neighbour))
    async with everywhere(at_work, "feedback", by=COUNTY) as browser:
        page = (await browser.get(f"/feedback/organisations/{township.code}?period=2018-06")).text
        after = (await browser.get(f"/feedback/organisations/{township.code}?period=2018-07")).text
    below = page[page.index("所辖") :]
    assert f"组织{station.code}" in below
    assert f"组织{neighbour.code}" in below
    assert f"组织{station.code}" not in after

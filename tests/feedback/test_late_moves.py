"""A move that is entered late: what it left behind is listed, counts anew by a submission, and the check agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from httpx import AsyncClient

from services.feedback.handlers import HANDLERS
from services.feedback.measures.recompute import differences
from services.feedback.placing import rules
from services.feedback.placing.model import LedgerFact, PlacedFact
from services.feedback.placing.reads import left_behind, moved
from services.feedback.placing.rules import misplaced
from services.feedback.store import totals
from shared.events.feedback import FactsRePlaced, RePlaceFacts
from shared.events.roster import RegisterOrganisation
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import Accepted
from shared.pipeline.ledger import FACTS
from shared.roster.organisations import Organisation, Roster
from tests.asking import OTHER_TOWNSHIP, STATION, TOWNSHIP, Desk, asked, organisation, roster, standing
from tests.browsing import browsing, form_in, signed_in
from tests.county import County
from tests.submitters import COUNTY, Said, Submitter, committee, moment, station, township

THERE = Submitter(OTHER_TOWNSHIP)
DAYS = ("2018-05-14", "2018-05-15", "2018-05-16", "2018-05-17", "2018-05-18")
SINCE = date(2018, 5, 16)
ENTERED = moment("2018-05-21")
PAGE = "/feedback/moved"


def moves(since: date = SINCE) -> Said:
    """Entered on the 21st of May."""
    asked = RegisterOrganisation(
        code=station.code, name="甲村", kind=OrganisationKind.VILLAGE, parent=THERE.code, valid_from=since
    )
    return committee.says(asked, ENTERED, about=station.code)


def re_places(since: date = SINCE, n: int = 0) -> Said:
    return committee.says(RePlaceFacts(since=since), ENTERED, about=station.code, n=n)


@pytest_asyncio.fixture
async def late(empty_county: County) -> AsyncIterator[County]:
    """Five patrols and two services in May, under the first township; then the move as of the 16th is entered."""
    async with empty_county.at_work():
        await empty_county.hears(committee.registers(THERE.code, OrganisationKind.TOWNSHIP, COUNTY))
        await empty_county.settles()
        await empty_county.hears(*(station.logs(moment(day)) for day in DAYS))
        await empty_county.hears(station.serves(3, moment(DAYS[0])), station.serves(4, moment(DAYS[4])))
        await empty_county.settles()
        await empty_county.hears(moves())
        await empty_county.settles()
        yield empty_county


async def known(county: County) -> Roster:
    raw = county.db("roster")[Organisation.collection].find()
    return Roster().having(*[Organisation.stored(one) async for one in raw])


async def figures(county: County, one: Submitter) -> tuple[object, object]:
    """Inspections and person-times of May."""
    measures = await totals(county.db("feedback"), COUNTY, await known(county), one.code, "2018-05")
    return measures["inspections"], measures["vulnerable-agency-person-times"]


async def decided(county: County, said: Said) -> list[str]:
    await county.hears(said)
    await county.settles()
    found = await county.verdict(said)
    assert found is not None
    return [reason["slug"] for reason in found["reasons"]]


async def test_what_a_late_move_left_behind_is_known(late: County) -> None:
    assert [await figures(late, one) for one in (township, THERE)] == [(5, 7), (0, 0)]
    (found,) = await left_behind(late.db("feedback"), COUNTY, await known(late))
    assert (found.organisation, found.since, found.facts) == (station.code, SINCE, 4)
    assert found.path == f"{COUNTY}/{township.code}/{station.code}"
    assert found.due == f"{COUNTY}/{THERE.code}/{station.code}"


async def test_placed_anew_it_counts_as_of_each_day_and_the_standing_check_agrees(late: County) -> None:
    assert await decided(late, re_places()) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 4)]
    assert (await figures(late, station)) == (5, 7)
    assert await late.differences() == []
    assert await left_behind(late.db("feedback"), COUNTY, await known(late)) == []
    assert await decided(late, re_places(n=1)) == ["nothing-to-re-place"]


async def test_the_check_sees_a_document_that_was_not_placed_with_its_facts(late: County) -> None:
    """The control: without what was placed anew the documents differ from their facts."""
    assert await decided(late, re_places()) == []
    await late.db("feedback")[PlacedFact.collection].delete_many({})
    assert {one["path"] for one in await differences(late.db("feedback"), "2018-05")} == {
        f"{COUNTY}/{township.code}/{station.code}",
        f"{COUNTY}/{THERE.code}/{station.code}",
    }


async def test_what_comes_later_and_another_correction_of_the_move_go_on_from_there(late: County) -> None:
    assert await decided(late, re_places()) == []
    assert await decided(late, station.serves(5, moment("2018-05-17"))) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 9)]
    back = RegisterOrganisation(
        code=station.code, name="甲村", kind=OrganisationKind.VILLAGE, parent=township.code, valid_from=SINCE
    )
    assert await decided(late, committee.says(back, ENTERED, about=station.code)) == []
    assert await decided(late, re_places(n=1)) == []
    assert [await figures(late, one) for one in (township, THERE)] == [(5, 12), (0, 0)]
    assert await late.differences() == []


async def test_the_county_reads_it_on_a_page_and_presses_the_button(late: County) -> None:
    async with browsing(late, "feedback") as client:
        client.looks_at(ENTERED)
        assert (await client.get(PAGE)).status_code == 303
        async with signed_in(client, committee.code, "feedback"):
            page = (await client.get(PAGE)).text
            assert "2018年5月16日起有4件已办事项仍按原隶属关系" in page
            after = await _pressed(client, page)
            assert "已受理" in after
            assert "没有需要重新归属的事项" in after
    assert [await figures(late, one) for one in (township, THERE)] == [(2, 3), (3, 4)]


async def _pressed(client: AsyncClient, page: str) -> str:
    action = f"{PAGE}/{station.code}/re-place"
    answer = await client.post(action, data=form_in(page, action, "2018-05-21"))
    assert answer.status_code == 303
    return (await client.get(answer.headers["location"])).text


async def test_a_program_is_told_as_the_county_alone(late: County) -> None:
    async with browsing(late, "feedback") as client:
        assert (await client.get("/feedback/api/moved-facts")).status_code == 401
        async with signed_in(client, committee.code, "feedback"):
            (item,) = (await client.get("/feedback/api/moved-facts")).json()["items"]
    assert (item["organisation"], item["since"], item["facts"]) == (station.code, "2018-05-16", 4)


def service(n: int, time: str = "2018-05-17T09:00:00+08:00") -> LedgerFact:
    """Given while the village was known to lie in its first township."""
    return LedgerFact(
        id=f"f/{n}",
        type="green-service-recorded",
        organisation=STATION,
        time=time,
        month=time[:7],
        path=f"{COUNTY}/{TOWNSHIP}/{STATION}",
        body='{"client": "vulnerable", "mode": "agency", "persons": 1}',
    )


def moved_roster() -> Roster:
    village = OrganisationKind.VILLAGE
    return roster(organisation(STATION, standing(village, TOWNSHIP), standing(village, OTHER_TOWNSHIP, SINCE)))


def test_more_than_one_transaction_takes_are_placed_in_their_order_and_the_rest_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST", 2)
    county = Desk(HANDLERS, moved_roster())
    facts = [service(n, f"2018-05-{16 + n}T09:00:00+08:00") for n in range(5)]
    for n, (count, left) in enumerate([(2, 3), (2, 1), (1, 0)]):
        asking = asked(RePlaceFacts(since=SINCE), STATION, by=COUNTY, n=n)
        verdict = county.decides(asking, [*facts, *county.kept(PlacedFact)])
        assert isinstance(verdict, Accepted)
        assert verdict.facts == (FactsRePlaced(since=SINCE, count=count, left=left),)
    sums = Counter[tuple[str, str]]()
    for more in county.increments:
        sums.update({(more.once["path"], name): n for name, n in more.add.items()})
    counted = "add.vulnerable-agency-person-times"
    assert sums == {
        (f"{COUNTY}/{TOWNSHIP}/{STATION}", counted): -5,
        (f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}", counted): 5,
    }


def test_only_what_counts_and_happened_since_is_out_of_place() -> None:
    before, after = service(1, time="2018-05-15T23:59:59+08:00"), service(2, time="2018-05-15T16:00:00Z")
    closed = service(3).having(type="period-closed", body='{"period": "2018-04", "reports": 0, "replaced_by": null}')
    assert misplaced([before, after, closed], {}, moved_roster()) == [after]
    assert misplaced([after], {after.id: f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}"}, moved_roster()) == []


def test_nobody_is_looked_at_in_a_county_where_nobody_moved() -> None:
    assert list(moved(roster(), COUNTY)) == []
    assert list(moved(moved_roster(), COUNTY)) == [(STATION, SINCE)]


def test_whoever_lies_below_one_that_moved_has_moved_as_well() -> None:
    department = OrganisationKind.DEPARTMENT
    office = organisation("150424-D09", standing(department, TOWNSHIP), standing(department, OTHER_TOWNSHIP, SINCE))
    desk = organisation("150424-D10", standing(department, office.id))
    assert list(moved(roster(office, desk), COUNTY)) == [("150424-D09", SINCE), ("150424-D10", SINCE)]


def test_the_ledger_is_named_as_the_pipeline_names_it() -> None:
    assert LedgerFact.collection == FACTS

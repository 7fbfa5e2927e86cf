"""What a county's committee is called: after its county, or as it says itself from a day on; and where that is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio
from pydantic import ValidationError

from deploy.embedded.servers.running import Servers
from services.roster.handlers import HANDLERS
from shared.calendar import CHINA
from shared.countys_own import NEUTRAL, CommitteeName, derived, named_on
from shared.events.roster import CommitteeNamed, NameCommittee
from shared.roster.committees import committee_on
from shared.roster.organisations import Organisation, Roster
from tests.asking import COUNTY, Desk, roster
from tests.browsing import browsing, does, signed_in, token
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import committee, just_now, office, station

LATER = NameCommittee(name="安平县便民服务联合党委", brand="安平便民", valid_from=date(2019, 1, 1))
AFTER, BEFORE = date(2019, 3, 5), date(2018, 12, 31)


@pytest.mark.parametrize(
    ("county", "name", "brand"),
    [
        ("安平县", "安平县政务服务联合党委", "安平联办"),
        ("安平县政务服务联合党委", "安平县政务服务联合党委", "安平联办"),
        ("东港市", "东港市政务服务联合党委", "东港联办"),
        ("巴林右旗", "巴林右旗政务服务联合党委", "巴林右旗联办"),
        ("费县", "费县政务服务联合党委", "费县联办"),
        ("孟村回族自治县", "孟村回族自治县政务服务联合党委", "孟村回族自治县联办"),
        ("井陉矿区", "井陉矿区政务服务联合党委", "井陉矿区联办"),
    ],
)
def test_a_committee_is_called_after_its_county(county: str, name: str, brand: str) -> None:
    called = derived(county)
    assert (called.name, called.brand) == (name, brand)


def test_before_any_county_is_registered_the_word_is_neutral() -> None:
    assert committee_on(Roster(), COUNTY, AFTER) == NEUTRAL
    assert (NEUTRAL.name, NEUTRAL.brand) == ("政务服务联合党委", "联办")


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def kept(at: Desk) -> tuple[CommitteeName, ...]:
    return next(one.committee_names for one in at.kept(Organisation) if one.id == COUNTY)


def test_a_name_holds_from_its_day_and_not_before() -> None:
    at = desk()
    assert at.agrees(LATER, at="2018-11-01") == (
        (COUNTY, CommitteeNamed(name=LATER.name, brand=LATER.brand, valid_from=LATER.valid_from)),
    )
    assert named_on(kept(at), "安平县", AFTER).name == "安平县便民服务联合党委"
    assert named_on(kept(at), "安平县", BEFORE).name == "安平县政务服务联合党委"


def test_a_countys_name_in_pinyin_is_one_word_however_it_is_typed() -> None:
    typed = {"name": "安平县政务服务联合党委", "brand": "安平联办", "valid_from": "2019-01-01"}
    assert NameCommittee.model_validate({**typed, "latin": " An Ping "}).latin == "anping"
    with pytest.raises(ValidationError):
        NameCommittee.model_validate({**typed, "latin": "安平"})


def test_said_again_for_its_day_it_is_corrected_and_the_same_is_nothing() -> None:
    at = desk()
    at.agrees(LATER, at="2018-11-01")
    assert at.agrees(LATER, at="2018-11-02") == ()
    at.agrees(LATER.model_copy(update={"brand": "安平"}), at="2018-11-03")
    assert [(one.since, one.brand) for one in kept(at)] == [(LATER.valid_from, "安平")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "roster") as client:
        yield client


PAGE = "/roster/county"


@pytest.mark.asyncio(loop_scope="module")
async def test_who_is_not_the_committee_is_offered_no_form(client: Browser) -> None:
    async with signed_in(client, office.code, "roster"):
        page = (await client.get(PAGE)).text
        assert ("本县资料" in page, 'name="ticket"' in page) == (True, False)
    nobody = (await client.get(PAGE)).text
    assert ("林西县政务服务联合党委" in nobody, "林西联办" in nobody, 'name="ticket"' in nobody) == (True, True, False)


@pytest.mark.asyncio(loop_scope="module")
async def test_the_committee_says_what_it_is_called_and_every_service_and_station_reads_it(
    county: County, client: Browser
) -> None:
    today = just_now().astimezone(CHINA).date()
    said = {"name": "林西县便民服务联合党委", "brand": "林西便民"}
    async with signed_in(client, committee.code, "roster"):
        shown = await does(county, client, PAGE, "name-committee", valid_from=today.isoformat(), **said)
        assert ("林西县便民服务联合党委" in shown, "现用" in shown) == (True, True)
    await county.settles()
    for service in ("roster", "inspection", "greenchannel", "feedback"):
        async with browsing(county, service) as anybody:
            page = (await anybody.get(f"/{service}/more")).text
            assert (service, "林西便民" in page, "林西县便民服务联合党委 ·" in page, "林西联办" in page) == (
                service,
                True,
                True,
                False,
            )
    answer = (await client.get("/roster/api/county")).json()
    assert (answer["name"], answer["brand"], len(answer["names"])) == (said["name"], said["brand"], 1)
    desk = (await client.get("/roster/api/desk", auth=token(station.code))).json()
    assert desk["committee"] == said


@pytest.mark.asyncio(loop_scope="module")
async def test_a_name_to_come_is_shown_and_not_used_yet(county: County, client: Browser) -> None:
    soon = just_now().astimezone(CHINA).date() + timedelta(days=40)
    async with signed_in(client, committee.code, "roster"):
        shown = await does(
            county,
            client,
            PAGE,
            "name-committee",
            name="林西县将来联合党委",
            brand="林西将来",
            valid_from=soon.isoformat(),
        )
    assert ("未启用" in shown, shown.count("林西将来")) == (True, 1)

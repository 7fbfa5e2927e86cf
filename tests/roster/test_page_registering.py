"""Organisations are entered, changed, moved in and let in on pages: with codes that nobody types, as of a day."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.roster.enrolment.model import Enrolment
from services.roster.organisations.codes import next_code
from shared.events.vocabulary import OrganisationKind
from shared.identity.invitations import digest_of
from shared.roster.organisations import Organisation
from tests.asking import roster
from tests.browsing import does, fills_in, form_in, signed_in
from tests.county import County
from tests.processes_here import NOBODY, Browser
from tests.roster.members import MEMBER, looking, working_with_members
from tests.submitters import COUNTY, committee, hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGE, NOW = "/roster/organisations", "2018-03-05"
NEW = f"{PAGE}/new"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with working_with_members(bus_and_database) as county:
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with looking(county, NOW) as client:
        yield client


async def kept(county: County, code: str) -> Organisation:
    raw = await county.db("roster")[Organisation.collection].find_one({"_id": code})
    assert raw is not None
    return Organisation.stored(raw)


async def enters(client: Browser, category: str, above: str, key: str, **entered: str) -> tuple[int, str]:
    """The form of a kind, opened and sent on a day of 2018."""
    action = f"{NEW}/{category}/{above}/{key}"
    form = form_in((await client.get(f"{NEW}?category={category}&above={above}")).text, action, NOW)
    sent = await client.post(action, data=form | {"valid_from": NOW} | entered)
    return sent.status_code, sent.text


async def test_a_department_is_entered_under_a_code_that_the_program_makes(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert "category=department" in (await client.get(NEW)).text
        member = {"name": "林西县林业局", "committee_member": "yes", "due_in_hall": "yes"}
        assert await enters(client, "department", COUNTY, "new", **member) == (303, "")
    found = await kept(county, "150424-D14")
    assert (found.history[-1].name, found.history[-1].committee_member, found.history[-1].parent) == (
        "林西县林业局",
        True,
        COUNTY,
    )


async def test_a_code_that_is_taken_is_refused_and_another_proposed(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        status, page = await enters(client, "department", COUNTY, "new", name="另一个局", code=MEMBER.code)
        assert (status, "已经登记给“林西县民政局”" in page) == (422, True)
        action = f"{NEW}/department/{COUNTY}/new"
        assert form_in(page, action)["code"] != MEMBER.code
        village = await enters(client, "village", township.code, "new-division", name="新村", code=station.code)
        assert (village[0], form_in(village[1], f"{NEW}/village/{township.code}/new-division")["code"]) == (
            422,
            station.code,
        )
    assert (await kept(county, MEMBER.code)).history[-1].name == "林西县民政局"


async def test_a_village_is_entered_below_its_township(county: County, client: Browser) -> None:
    async with signed_in(client, committee.code, "roster"):
        assert (await enters(client, "village", township.code, "new-division", name="新村"))[0] == 303
        listed = (await client.get(f"{PAGE}?category=village&words=新村")).text
    code = f"{township.code}206"
    assert (f'href="{PAGE}/{code}"' in listed, f'href="{PAGE}/{station.code}"' in listed) == (True, False)
    assert (await kept(county, code)).history[-1].parent == township.code


async def test_a_change_is_dated_and_leaves_what_was_not_changed(county: County, client: Browser) -> None:
    page = f"{PAGE}/{hall.code}"
    async with signed_in(client, committee.code, "roster"):
        form = form_in((await client.get(page)).text, f"{page}/change")
        assert (form["offices-0-office"], form["due_in_hall"]) == ("hall-patrol", "yes")
        await does(county, client, page, "change", NOW, name="林西县政务服务中心", valid_from="2018-04-01")
    before, after = (await kept(county, hall.code)).history
    assert (after.name, after.since, after.offices) == (
        "林西县政务服务中心",
        moment("2018-04-01").date(),
        before.offices,
    )


async def test_a_department_that_is_due_moves_in_by_the_form_and_others_are_not_offered_it(
    county: County, client: Browser
) -> None:
    page = f"{PAGE}/{MEMBER.code}"
    async with signed_in(client, committee.code, "roster"):
        await does(county, client, page, "station", NOW, hall="hall", valid_from="2018-03-10")
        assert f'action="{PAGE}/{station.code}/station"' not in (await client.get(f"{PAGE}/{station.code}")).text
    assert (await kept(county, MEMBER.code)).history[-1].stationed == "hall"
    async with signed_in(client, MEMBER.code, "roster"):
        shown = (await client.get(page)).text
        assert [f'action="{page}/{key}"' in shown for key in ("change", "station", "dissolve")] == [False] * 3
        assert "单位由联合党委登录后登记" in (await client.get(NEW)).text


async def test_an_invitation_shows_its_code_once_and_is_revoked(county: County, client: Browser) -> None:
    page = f"{PAGE}/{station.code}/pc"
    async with signed_in(client, township.code, "roster"):
        form = form_in((await client.get(page)).text, f"{page}/invite", NOW)
        assert form["expires"] == "2018-03-11"
        shown = await client.post(f"{page}/invite", data=form)
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
        (code,) = re.findall(r"<dd[^>]*>([A-Z2-9]{4}(?:-[A-Z2-9]{4})+)<", shown.text)
        raw = await county.db("roster")[Enrolment.collection].find_one({"_id": station.code})
        assert raw is not None
        assert Enrolment.stored(raw).invitation
        assert raw["invitation"]["code_digest"] == digest_of(code)
        again = (await client.get(page)).text
        assert (code in again, "待登记" in again) == (False, True)
        assert "已注销" in await does(county, client, page, "revoke", NOW, reason="电脑遗失")
    async with signed_in(client, station.code, "roster"):
        own = (await client.get(page)).text
        assert (f'action="{page}/invite"' in own, f'action="{page}/revoke"' in own) == (False, False)
    async with signed_in(client, stations[1].code, "roster"):
        assert (await client.get(page)).status_code == 403
    assert (await client.get(page, headers=NOBODY)).status_code == 303


async def test_what_is_wrong_with_an_invitation_comes_again_and_no_code_is_shown(client: Browser) -> None:
    page = f"{PAGE}/{office.code}/pc"
    async with signed_in(client, committee.code, "roster"):
        wrong = await fills_in(client, page, "invite", NOW, expires="2018-03-01")
    assert (wrong.status_code, "登记码</dt>" in wrong.text) == (422, False)


async def test_the_list_is_narrowed_and_keeps_its_address(client: Browser) -> None:
    async with signed_in(client, office.code, "roster"):
        listed = (await client.get(f"{PAGE}?category=department&words=民政")).text
        assert ("林西县民政局" in listed, "共1个单位。" in listed, "登记单位" in listed) == (True, True, False)
        assert "没有符合条件的" in (await client.get(f"{PAGE}?words=没有")).text


@pytest.mark.parametrize(
    ("kind", "above", "code"),
    [
        (OrganisationKind.DEPARTMENT, COUNTY, r"150424-D\d\d"),
        (OrganisationKind.STATE_ENTERPRISE, COUNTY, "150424-E01"),
        (OrganisationKind.TOWNSHIP, COUNTY, r"150424\d{3}"),
        (OrganisationKind.VILLAGE, "150424100", r"150424100\d{3}"),
    ],
)
async def test_a_code_follows_those_of_its_kind(kind: OrganisationKind, above: str, code: str) -> None:
    known = roster()
    made = next_code(known, kind, above)
    assert re.fullmatch(code, made)
    assert made not in known

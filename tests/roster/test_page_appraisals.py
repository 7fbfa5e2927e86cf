"""A year's appraisal by hand, by five persons; nobody else is let in anywhere, and nothing of it lies in the clear."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import NamedTuple

import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers
from shared.bus.streams import AUDIT
from shared.events.roster import AppraiseSelf, BranchKind, JoinBranch, Office, RegisterJointBranch, RegisterOrganisation
from shared.events.roster.people import Post
from shared.events.vocabulary import OrganisationKind
from shared.process.log import Level
from tests.browsing import acting_as, browsing, does, fills_in, opened_on, signed_in, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import Browser
from tests.roster.test_people_in_a_county import everything
from tests.sealed import KEYS
from tests.staffed import (
    AUDITS,
    CHIEF,
    CLERK,
    DIRECTOR,
    NOBODYS,
    OFFICE_CLERK,
    PATROL,
    RUNS,
    SECURES,
    SINCE,
    STATION_CLERK,
    TOWNSHIP_LEAD,
    WATCHES,
    Holder,
    staffed,
)
from tests.submitters import OFFICES, START, Said, committee, hall, moment, office, station, township
from tests.todo import what_waits

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRETARY = Holder("p-secretary", committee.code, Post.COMMITTEE_SECRETARY)
DEPUTY = Holder("p-deputy", committee.code, Post.COMMITTEE_DEPUTY)
PERSONNEL = Holder("p-personnel", committee.code, Post.PERSONNEL_CLERK)
HOME = Holder("p-home", office.code, Post.PARTY_SECRETARY)
OTHER_HOME = Holder("p-other-home", hall.code, Post.PARTY_SECRETARY)
LIAISON = Holder("p-liaison", office.code, Post.PARTY_LIAISON)
MEMBER = Holder("p-member", committee.code, Post.COMMITTEE_MEMBER)
MONITOR = Holder("p-monitor", committee.code, Post.MONITOR)
THIRD, FOURTH = (Holder(f"p-hall-{n}", hall.code, Post.WINDOW_CLERK) for n in (3, 4))
APPRAISED = (CLERK, CHIEF, THIRD, FOURTH)
READERS = (CLERK, SECRETARY, DEPUTY, DIRECTOR, PERSONNEL, HOME)
OTHERS = (
    CHIEF, THIRD, NOBODYS, OTHER_HOME, LIAISON, MEMBER, MONITOR, OFFICE_CLERK, PATROL, WATCHES, RUNS, SECURES, AUDITS,
    STATION_CLERK, TOWNSHIP_LEAD,
)  # fmt: skip
TOKENS = (committee, office, hall, township, station)
CANARY = "金丝雀"
NAME = "2018.hall.04"
LIST, SHEET = "/roster/appraisals", f"/roster/appraisals/{NAME}"
TICKET = "0b9f6d0e-7f0f-4d6e-9d8b-0a8f6f0e1a11"
OF_BRANCH, API = f"{LIST}/of/hall", "/roster/api/appraisals"
MARKS = {f"{one}-points": "18.5" for one in ("daily", "service", "party_life", "role")}
WHYS = {f"{one}-why": f"{CANARY}依据" for one in ("daily", "service", "party_life", "role")}


def members() -> Iterator[Said]:
    """Both departments are members of the committee, with secretaries of their own."""
    for one in (hall, office):
        known = RegisterOrganisation(
            code=one.code,
            name=f"组织{one.code}",
            kind=OrganisationKind.DEPARTMENT,
            parent=committee.code,
            committee_member=True,
            due_in_hall=True,
            feedback_recipient=True,
            offices=[Office(office=office_of, scope=committee.code) for office_of in OFFICES[one.code]],
            valid_from=START,
        )
        yield committee.says(known, SINCE, one.code)


def joined() -> Iterator[Said]:
    """The branch of windows, and who belongs to it."""
    branch = RegisterJointBranch(
        branch="hall", name="窗口联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=START
    )
    yield committee.says(branch, SINCE)
    for one in APPRAISED:
        yield committee.says(JoinBranch(branch="hall", person=one.id, since=START), SINCE, one.organisation)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        async with county.working():
            await county.hears(*members())
            await county.settles()
        await staffed(county, *dict.fromkeys((*APPRAISED, *READERS, *OTHERS)))
        async with county.working():
            await county.hears(*joined())
            await county.settles()
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "roster") as client:
        yield client


class Step(NamedTuple):
    """Who does what on which day."""

    by: Holder
    day: str
    key: str
    says: dict[str, str]


def part(grade: str, **more: str) -> dict[str, str]:
    return {**MARKS, **WHYS, "grade": grade, **more}


STEPS = (
    Step(CLERK, "2018-12-05", "self", {"duty": f"{CANARY}履职", "role": f"{CANARY}作用"}),
    Step(
        SECRETARY,
        "2018-12-12",
        "peers",
        {"present": "4", "excellent": "3", "qualified": "1", "basic": "0", "unqualified": "0"},
    ),
    Step(SECRETARY, "2018-12-20", "member", part("excellent")),
    Step(HOME, "2018-12-26", "home", {"grade": "basic", "sentence": f"{CANARY}评语"}),
    Step(SECRETARY, "2018-12-27", "settle", {"text": f"{CANARY}会商一"}),
    Step(HOME, "2018-12-28", "settle-home", {"text": f"{CANARY}会商二"}),
    Step(CLERK, "2018-12-29", "appeal", {"text": f"{CANARY}申诉"}),
    Step(SECRETARY, "2018-12-29", "answer", {"upheld": "no", "text": f"{CANARY}答复"}),
    Step(DIRECTOR, "2019-01-04", "archive", {}),
)


async def takes(county: County, client: Browser, step: Step) -> str:
    """Opened, filled in and sent twice; the page that comes."""
    client.looks_at(moment(step.day, "10:30"))
    async with acting_as(client, step.by.id, step.by.organisation):
        return await does(county, client, SHEET, step.key, step.day, **step.says)


async def test_the_office_opens_the_year_for_those_who_are_party_members_at_windows(
    county: County, client: Browser
) -> None:
    client.looks_at(moment("2018-12-03", "10:30"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert (await client.get(OF_BRANCH)).status_code == 403
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "窗口联合党支部" in (await client.get(LIST)).text
        page = (await client.get(OF_BRANCH)).text
        assert all(f"人{one.id}" in page for one in APPRAISED)
        await does(county, client, OF_BRANCH, "open", "2018-12-03", begins="2018-12-03")
        assert "没有尚未开展的党员" in (await client.get(OF_BRANCH)).text


async def test_each_finds_what_waits_for_oneself_and_nobody_what_waits_for_another(client: Browser) -> None:
    for who, waits in ((CLERK, True), (HOME, False), (LIAISON, False), (SECRETARY, False)):
        async with acting_as(client, who.id, who.organisation):
            own = await what_waits(client, "roster")
            assert ("个人自评：2018年度考核评议" in own) is waits
            assert "考核评议" not in (await what_waits(client, "roster", "?tab=all")).split("<main", 1)[1]


async def test_what_cannot_be_is_said_at_its_field(county: County, client: Browser) -> None:
    client.looks_at(moment("2018-12-05", "10:30"))
    async with acting_as(client, CLERK.id, office.code):
        answer = await fills_in(client, SHEET, "self", "2018-12-05", duty="字" * 501, role="作用")
        assert "500" in wrong_at(answer.text, "self-duty")


@pytest.mark.parametrize("step", STEPS[:6], ids=lambda one: one.key)
async def test_a_step_is_done_by_its_form(county: County, client: Browser, step: Step) -> None:
    shown = await takes(county, client, step)
    assert all(text in shown for text in step.says.values() if CANARY in text)


async def test_the_pair_stands_beside_the_score_and_neither_is_a_mean(client: Browser) -> None:
    async with acting_as(client, CLERK.id, office.code):
        page = (await client.get(SHEET)).text
        assert "优秀 / 基本合格" in page
        assert "68.40分" in page, "60% of 74.00 and 40% of 60"
        assert page.count('<li class="done">') == 5
        assert "2018年" in (await client.get(LIST)).text
        assert f"组织{office.code}工作人员" not in page, "who settled for the committee did it for the committee"
        table = await client.get(f"{SHEET}?export=list-2")
        assert table.headers["content-type"].startswith("application/vnd.openxml")


@pytest.mark.parametrize("who", READERS, ids=lambda one: one.id)
async def test_the_five_read_the_sheet(county: County, client: Browser, who: Holder) -> None:
    async with acting_as(client, who.id, who.organisation):
        assert CANARY in (await client.get(SHEET)).text
        assert CANARY in (await client.get(f"{API}/{NAME}")).text
        assert NAME in (await client.get(LIST)).text
        assert f"150424/{NAME}" in [one["id"] for one in (await client.get(API)).json()["items"]]


ROUTES = (
    SHEET, f"{SHEET}?export=list", f"{SHEET}?export=list-2", f"{API}/{NAME}", LIST, f"{LIST}?export=list",
    f"{LIST}?year=2018&state=signed&branch=hall", API, OF_BRANCH, f"{OF_BRANCH}?export=list", "/roster/todo",
    "/roster/todo?tab=all", "/roster/todo?tab=done", "/roster/submissions", "/roster/people", "/roster/party",
    f"/roster/search?q={NAME}", "/roster/appraisal-scheme",
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
async def test_nobody_else_opens_it_on_any_route(client: Browser, route: str) -> None:
    client.looks_at(moment("2018-12-28", "11:00"))
    for who in OTHERS:
        async with acting_as(client, who.id, who.organisation):
            tells_nothing(await client.get(route), route, who.id)
    for one in TOKENS:
        async with signed_in(client, one.code, "roster"):
            tells_nothing(await client.get(route), route, one.code)
    tells_nothing(await client.get(route), route, "nobody")


def tells_nothing(answer: Response, route: str, who: str) -> None:
    """Neither what was said, nor that there is such a sheet, nor a form of it."""
    text = answer.text
    assert CANARY not in text, (route, who)
    if route.startswith((SHEET, f"{API}/", OF_BRANCH)):
        assert answer.status_code in (401, 403) or answer.headers["location"].startswith("/roster/sign-in"), (
            route,
            who,
        )
    else:
        assert f"appraisals/{NAME}" not in text, (route, who)


@pytest.mark.parametrize("key", [one.key for one in STEPS] + ["sign", "take-away", "reopen"])
async def test_nobody_else_does_a_step_of_it(county: County, client: Browser, key: str) -> None:
    before = await county.db("roster")["appraisals"].find_one({"_id": f"150424/{NAME}"})
    said = {
        **MARKS,
        **dict.fromkeys(WHYS, "因"),
        "grade": "qualified",
        "text": "文",
        "duty": "文",
        "role": "文",
        "sentence": "文",
        "upheld": "yes",
    }
    form = {"ticket": TICKET, **opened_on("2018-12-28"), **said}
    for who in OTHERS:
        async with acting_as(client, who.id, who.organisation):
            answer = await client.post(f"{SHEET}/{key}", data=form)
            assert answer.status_code in (403, 409, 422), (key, who.id, answer.status_code)
            assert CANARY not in answer.text
    await county.settles()
    assert await county.db("roster")["appraisals"].find_one({"_id": f"150424/{NAME}"}) == before


@pytest.mark.parametrize("step", STEPS[6:], ids=lambda one: one.key)
async def test_the_person_appeals_is_answered_and_it_is_filed(county: County, client: Browser, step: Step) -> None:
    await takes(county, client, step)


async def test_who_opened_it_is_recorded_and_who_was_not_let_in(county: County, client: Browser) -> None:
    async def audited(kind: str) -> set[tuple[str, str]]:
        found = [
            json.loads(one.body) for one in await county.bus.following(AUDIT.name, f"audit.roster.{kind}", 0, 5000)
        ]
        return {(one["person"], one["what"]) for one in found}

    async with asyncio.timeout(20):
        while not {(one.id, f"appraisal-seen {NAME}") for one in READERS} <= await audited("personal-data"):
            await asyncio.sleep(0.01)
    assert not {one.id for one in OTHERS} & {person for person, what in await audited("personal-data") if NAME in what}
    assert {(one.id, f"GET {SHEET}") for one in OTHERS} <= await audited("no-right")


async def test_no_log_and_no_metric_tells_a_word_of_it(
    county: County, client: Browser, logs_as_json: Callable[[str, Level], None], capsys: pytest.CaptureFixture[str]
) -> None:
    logs_as_json("roster", "debug")
    client.looks_at(moment("2018-12-05", "10:30"))
    other = f"{LIST}/2018.hall.03"
    async with acting_as(client, CHIEF.id, office.code):
        await does(county, client, other, "self", "2018-12-05", duty=f"{CANARY}一", role=f"{CANARY}二")
        await fills_in(client, other, "self", "2018-12-05", duty=f"{CANARY}" * 500, role="")
    async with acting_as(client, CLERK.id, office.code):
        refused = await client.post(
            f"{other}/self", data={**opened_on("2018-12-05"), "ticket": TICKET, "duty": CANARY, "role": "二"}
        )
        assert refused.status_code == 422, "it comes again to whoever wrote it, and is kept nowhere"
    garbled = AppraiseSelf(sheet=NAME, enclosed=KEYS.seal(CANARY.encode() * 30, NAME, "self"))
    await county.hears(office.says(garbled, moment("2018-12-05")))
    await county.settles()
    logged, metrics = capsys.readouterr(), (await client.get("/roster/metrics")).text
    assert "lianban" in metrics
    for one in (logged.out, logged.err, metrics):
        assert CANARY not in one
        assert CANARY.encode("unicode_escape").decode() not in one


async def test_no_stream_and_no_collection_holds_a_word_of_it(county: County) -> None:
    await county.settles()
    found = await everything(county)
    assert any(NAME in one for one in found)
    assert not [one[:200] for one in found if CANARY in one or CANARY.encode("unicode_escape").decode() in one]


async def test_facts_say_which_step_and_nothing_else(county: County) -> None:
    ledger = county.db("feedback")["fact_ledger"]
    bodies = {one["body"] async for one in ledger.find({"type": "appraisal-step-done"})}
    assert bodies
    assert all(re.fullmatch(r'\{"sheet":"2018\.hall\.0\d","step":"[a-z]+"\}', one) for one in bodies), bodies

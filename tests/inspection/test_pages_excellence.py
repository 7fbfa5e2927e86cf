"""The excellence programme as offices see it: who may read and who may fill in what, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import nats
import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.excellence.form import OF_A_WINDOW, OF_AN_INCIDENT
from shared.bus.connection import Bus
from shared.events.inspection import FourScores, GrantExcellenceMark
from shared.events.roster import Appoint, Post
from shared.pages.chinese import CHOOSE_PERSON
from tests.browsing import does, fills_in, form_in, token, waits, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.processes_here import NOBODY
from tests.sealed import ALLOWED, registers
from tests.submitters import START, committee, hall, moment, office, station, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
SUMMARY = "等候超过一小时，窗口未作说明"
SCORES = FourScores(environment=9100, service=9200, management=9300, integrity=9400)
TICKET = {"ticket": "00000000-0000-4000-8000-00000000000b", "time": "2018-07-31T10:00:00+08:00", "answer-opened": "yes"}
INCIDENTS_API = "/inspection/api/incidents"
PAGE = f"/inspection/excellence/{office.code}"
PEOPLE = {"P-1": "赵敏", "P-2": "钱进", "P-3": "孙立", "P-7": "李想"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county that decides, with one mark, and people of a window of whom one serves there."""
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            mark, march = GrantExcellenceMark(quarter="2018-Q1", scores=SCORES), moment("2018-03-01")
            people = [office.says(registers(id, name=name), march) for id, name in PEOPLE.items()]
            clerk = Appoint(person="P-7", post=Post.WINDOW_CLERK, since=START)
            await county.hears(committee.says(mark, moment("2018-04-09"), office.code), *people)
            await county.hears(office.says(clerk, march))
            await county.settles()
            yield county


def incidents_on(page: str) -> set[str]:
    return set(re.findall(rf'href="(/inspection/incidents/{office.code}/[0-9a-f-]+)"', page))


async def reported(county: County, client: AsyncClient) -> str:
    """The address of a new incident of the office."""
    before = incidents_on((await client.get(PAGE)).text)
    async with signed_in(client, hall.code):
        said = {"kind": "complaint", "summary": SUMMARY, "person": "P-7", "answer-another": "yes"}
        shown = await does(county, client, PAGE, "incident", **said)
    (new,) = incidents_on(shown) - before
    return new


async def test_a_window_publishes_a_commitment_changes_it_and_withdraws_it(county: County, client: AsyncClient) -> None:
    notice = {"person": "P-1", "item": "one-notice"}
    async with signed_in(client, office.code):
        await does(county, client, PAGE, "commitment", **notice, text="一次告知")
        again = await fills_in(client, PAGE, "commitment", **notice, text="一次告知")
        assert (again.status_code, "退回更正" in again.text, "不予受理" in again.text) == (422, True, False)
        entered = form_in(again.text, f"{PAGE}/commitment")
        assert entered == {**entered, **notice, "text": "一次告知"}
        assert form_in(again.text, f"{PAGE}/incident")["person"] == ""
        shown = await does(county, client, PAGE, "commitment", **notice, text="一次告知，代为复印")
        assert ("一次告知，代为复印" in shown, "：一次告知<" in shown) == (True, True)
        assert "已撤回" in await does(county, client, PAGE, "withdrawal")
    kept = (await client.get(f"/inspection/api/commitments?organisation={office.code}")).json()["items"]
    assert [entry["value"] for entry in kept[0]["history"]] == ["一次告知", "一次告知，代为复印", None]


async def test_of_what_was_withdrawn_already_the_reason_is_said(county: County, client: AsyncClient) -> None:
    promise, day = {"person": "P-2", "item": "integrity"}, "2018-07-31"
    async with signed_in(client, office.code):
        shown = await does(county, client, PAGE, "commitment", day, **promise, text="不收礼")
        old = form_in(shown, f"{PAGE}/withdrawal", day)
        await does(county, client, PAGE, "withdrawal", day)
        refused = await client.post(f"{PAGE}/withdrawal", data=old | {"ticket": TICKET["ticket"]})
    assert (refused.status_code, "<b>退回更正</b>" in refused.text) == (422, True)
    assert f"{PAGE}/withdrawal" not in refused.text


async def test_what_could_not_be_stored_is_sent_again_under_its_ticket(county: County, client: AsyncClient) -> None:
    promise = {"person": "P-3", "item": "integrity"}
    gone = await nats.connect(county.nats_url)
    await gone.close()
    async with signed_in(client, office.code), browsing(county, Bus(gone)) as cut_off:
        await does(county, client, PAGE, "commitment", **promise, text="不收礼")
        cut_off.cookies = client.cookies
        for key, fields in (("commitment", promise | {"text": "不吃请"}), ("withdrawal", promise)):
            answer = await cut_off.post(f"{PAGE}/{key}", data=TICKET | fields)
            assert (answer.status_code, "尚未收到" in answer.text) == (503, True)
            again = form_in(answer.text, f"{PAGE}/{key}")
            assert again == {**again, **TICKET, **fields}
        await does(county, client, PAGE, "withdrawal", **promise)


async def test_an_incident_is_answered_by_its_window_and_closed_by_the_committee(
    county: County, client: AsyncClient
) -> None:
    path = await reported(county, client)
    async with signed_in(client, office.code):
        page = (await client.get(path)).text
        assert (SUMMARY in page, "/closing" in page) == (True, False)
        empty = await fills_in(client, path, "answer", answer=" ")
        assert (empty.status_code, wrong_at(empty.text, "answer-answer")) == (422, "请填写“情况说明和处理结果”。")
        answered = await does(county, client, path, "answer", answer="已致歉，增设窗口")
        assert ("已答复，待办结" in answered, "/closing" in answered) == (True, False)
        late = await client.post(f"{path}/answer", data=TICKET | {"answer": "另行说明"})
        assert (late.status_code, "退回更正" in late.text) == (422, True)
        assert form_in(late.text, f"{path}/answer")["answer"].strip() == "另行说明"
    async with signed_in(client, committee.code):
        nothing = await fills_in(client, path, "closing", note="情况属实")
        assert (nothing.status_code, wrong_at(nothing.text, "closing-upheld")) == (422, "请选择“是否查实”。")
        assert form_in(nothing.text, f"{path}/closing")["note"].strip() == "情况属实"
        closed = await does(county, client, path, "closing", upheld="yes", note="情况属实")
        assert ("查实" in closed, "情况属实" in closed) == (True, True)
    async with signed_in(client, office.code):
        refused = await client.post(f"{path}/closing", data=TICKET | {"upheld": "no"})
        assert (refused.status_code, "不得办结本单位的事项" in refused.text) == (422, True)
        assert form_in(refused.text, f"{path}/closing")["upheld"] == "no"


async def test_what_an_incident_is_about_is_read_by_those_concerned_alone(county: County, client: AsyncClient) -> None:
    path = await reported(county, client)
    for who in (office.code, hall.code, committee.code):
        assert SUMMARY in (await client.get(path, auth=token(who))).text
    for stranger in (station.code, township.code):
        gone = f"{path.rpartition('/')[0]}/{'0' * 8}-0000-5000-8000-{'0' * 12}"
        seen, missing = [await client.get(at, auth=token(stranger)) for at in (path, gone)]
        sent = await client.post(f"{path}/answer", data=TICKET | {"answer": "不知情"}, auth=token(stranger))
        assert [one.status_code for one in (seen, missing, sent)] == [403, 403, 422]
        assert not any(said in one.text for one in (seen, sent) for said in (SUMMARY, "P-7", "投诉"))
        assert not incidents_on((await client.get(PAGE, auth=token(stranger))).text)
        assert (await client.get(INCIDENTS_API, auth=token(stranger))).json()["items"] == []
    (one,) = [one for one in (await client.get(INCIDENTS_API)).json()["items"] if path.endswith(one["incident"])]
    assert one["stage"] == "reported"
    nobody = await client.get(path, headers=NOBODY)
    assert (nobody.status_code, nobody.headers["location"][:19]) == (303, "/inspection/sign-in")
    public = [(await client.get(at, headers=NOBODY)).text for at in ("/inspection/excellence", PAGE)]
    assert not any(incidents_on(text) or "待答复" in text or "P-7" in text for text in public)
    listed = (await client.get(INCIDENTS_API)).text
    assert not any(said in listed for said in (SUMMARY, "P-7"))


LONG = "说" * 1001


@pytest.mark.parametrize(
    ("key", "fields", "id", "sentence"),
    [
        (
            "commitment",
            {"person": "P-1", "item": "integrity", "text": ""},
            "commitment-text",
            "请填写“承诺内容”。",
        ),
        (
            "commitment",
            {"person": "P-1", "item": "", "text": "不收礼"},
            "commitment-item",
            "请选择“承诺事项”。",
        ),
        (
            "commitment",
            {"person": "P-1", "item": "integrity", "text": "说" * 121},
            "commitment-text",
            "“承诺内容”不得超过120字，现有121字，请精简。",
        ),
        ("incident", {"kind": "praise", "summary": "很好"}, "incident-kind", "请选择“类别”。"),
        ("incident", {"kind": "complaint", "summary": " "}, "incident-summary", "请填写“情况”。"),
        (
            "incident",
            {"kind": "complaint", "summary": LONG},
            "incident-summary",
            "“情况”不得超过1000字，现有1001字，请精简。",
        ),
    ],
)
async def test_what_cannot_be_read_is_said_at_its_field_and_kept(
    client: AsyncClient, key: str, fields: dict[str, str], id: str, sentence: str
) -> None:
    async with signed_in(client, office.code):
        answer = await fills_in(client, PAGE, key, **fields)
    assert (answer.status_code, wrong_at(answer.text, id)) == (422, sentence)
    kept = {name: text.strip() for name, text in form_in(answer.text, f"{PAGE}/{key}").items()}
    given = {name: text.strip() for name, text in fields.items() if text != "praise"}
    assert kept == {**kept, **given}
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", ["commitment", "incident"])
async def test_nobody_types_a_person(client: AsyncClient, key: str) -> None:
    typed = {"person": "张三", "item": "integrity", "text": "不收礼", "kind": "complaint", "summary": SUMMARY}
    async with signed_in(client, office.code):
        answer = await fills_in(client, PAGE, key, **typed)
    assert (answer.status_code, wrong_at(answer.text, f"{key}-person")) == (422, CHOOSE_PERSON)


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("commitment", {"person": "P-1", "item": "integrity", "text": "不收礼"}),
        ("withdrawal", {"person": "P-1", "item": "integrity"}),
        ("incident", {"kind": "complaint", "summary": SUMMARY}),
    ],
)
async def test_a_stranger_sees_no_forms_and_is_refused_when_it_sends_one(
    client: AsyncClient, key: str, fields: dict[str, str]
) -> None:
    async with signed_in(client, station.code):
        assert f"{PAGE}/{key}" not in (await client.get(PAGE)).text
        refused = await client.post(f"{PAGE}/{key}", data=TICKET | fields)
    assert (refused.status_code, "退回更正" in refused.text, "无权" in refused.text) == (422, True, True)
    elsewhere = {"origin": "https://elsewhere.example", "host": "county"}
    assert (await client.post(f"{PAGE}/{key}", data=fields, headers=elsewhere)).status_code == 403


@pytest.mark.parametrize("key", [*OF_A_WINDOW, *OF_AN_INCIDENT])
async def test_who_is_not_signed_in_signs_in_and_comes_back(county: County, client: AsyncClient, key: str) -> None:
    page = PAGE if key in OF_A_WINDOW else await reported(county, client)
    answer = await client.post(f"{page}/{key}", data=TICKET, headers=NOBODY)
    assert waits(answer, page)
    assert (await client.post(f"{page}/other", data=TICKET, headers=NOBODY)).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("excellence/150424-D99", 404),
        ("excellence/x", 422),
        (f"incidents/{office.code}/x", 422),
        (f"incidents/{office.code}/{'0' * 8}-0000-5000-8000-{'0' * 12}", 404),
    ],
)
async def test_what_is_not_there_is_no_page(client: AsyncClient, path: str, status: int) -> None:
    assert (await client.get(f"/inspection/{path}", auth=token(committee.code))).status_code == status


async def test_the_quarters_mark_stands_on_the_board_with_its_scores_on_the_windows_page(client: AsyncClient) -> None:
    assert "2018年第一季度" in (await client.get("/inspection/excellence")).text
    window, public = [(await client.get(PAGE, headers=headers)).text for headers in ({}, NOBODY)]
    assert all(score in window for score in ("91.00", "92.00", "93.00", "94.00"))
    assert ("2018年第一季度" in public, "四优" in public, "91.00" in public) == (True, True, False)
    (mark,) = (await client.get("/inspection/api/marks?quarter=2018-Q1")).json()["items"]
    assert (mark["organisation"], mark["scores"]["integrity"]) == (office.code, 9400)

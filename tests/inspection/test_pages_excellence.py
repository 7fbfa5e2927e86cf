"""The excellence programme as offices see it: who may read and who may fill in what, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers
from services.inspection.excellence.lines import incident_state, mark_state
from services.inspection.excellence.model.excellence import ExcellenceMark
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from shared.events.inspection import FourScores, GrantExcellenceMark, IncidentKind
from shared.pages.words import State
from tests.asking import moment as at
from tests.conftest import county_on
from tests.inspection.browsing import browsing, token
from tests.submitters import committee, hall, moment, office, station, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
SUMMARY = "等候超过一小时，窗口未作说明"
SCORES = FourScores(environment=9100, service=9200, management=9300, integrity=9400)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(bus_and_database: Servers) -> AsyncIterator[AsyncClient]:
    """A program before a county that decides; a password says for whom it asks."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        mark = GrantExcellenceMark(quarter="2018-Q1", scores=SCORES)
        async with county.working(), browsing(county) as browser:
            await county.hears(committee.says(mark, moment("2018-04-09"), office.code))
            await county.settles()
            yield browser


def ticket(page: str, form: str) -> dict[str, str]:
    """What the form carries hidden."""
    (inside,) = re.findall(rf'action="[^"]*/{form}"[^>]*>(.*?)</form>', page, re.DOTALL)[:1]
    return dict(re.findall(r'name="(ticket|time)" value="([^"]+)"', inside))


async def fills_in(client: AsyncClient, who: str, path: str, form: str, **fields: str) -> Response:
    """Opens the page, fills its form in, sends it."""
    page = (await client.get(path, auth=token(who))).text
    return await client.post(f"{path}/{form}", data={**ticket(page, form), **fields}, auth=token(who))


def incidents_on(page: str) -> set[str]:
    return set(re.findall(rf'href="(/inspection/incidents/{office.code}/[0-9a-f-]+)"', page))


async def reported(client: AsyncClient) -> str:
    """The address of a new incident of the office."""
    path = f"/inspection/excellence/{office.code}"
    before = incidents_on((await client.get(path)).text)
    told = await fills_in(client, hall.code, path, "incident", kind="complaint", summary=SUMMARY, person="P-7")
    assert "已受理" in told.text
    (new,) = incidents_on(told.text) - before
    return new


async def test_a_window_publishes_a_commitment_changes_it_and_withdraws_it(client: AsyncClient) -> None:
    path, who = f"/inspection/excellence/{office.code}", office.code
    first = await fills_in(client, who, path, "commitment", person="P-1", item="one-notice", text="一次告知")
    assert (first.status_code, "已受理" in first.text) == (200, True)
    again = await fills_in(client, who, path, "commitment", person="P-1", item="one-notice", text="一次告知")
    assert (again.status_code, "不予受理" in again.text) == (422, True)
    assert 'value="一次告知"' in again.text
    assert 'id="person" name="person" value="P-1"' in again.text
    assert 'id="concerned" name="person" value=""' in again.text
    await fills_in(client, who, path, "commitment", person="P-1", item="one-notice", text="一次告知，代为复印")
    shown = (await client.get(path)).text
    assert "一次告知，代为复印" in shown
    assert "：一次告知<" in shown
    gone = await fills_in(client, who, path, "withdrawal", person="P-1", item="one-notice")
    assert "已撤回" in gone.text
    kept = (await client.get(f"/inspection/api/commitments?organisation={office.code}")).json()["items"]
    assert [entry["value"] for entry in kept[0]["history"]] == ["一次告知", "一次告知，代为复印", None]


async def test_a_form_sent_twice_is_one_submission(client: AsyncClient) -> None:
    path = f"/inspection/excellence/{office.code}"
    page = (await client.get(path, auth=token(hall.code))).text
    form = {**ticket(page, "incident"), "kind": "bad-rating", "summary": "评价器差评"}
    before = len((await client.get("/inspection/api/incidents")).json()["items"])
    for _ in range(2):
        assert "已受理" in (await client.post(f"{path}/incident", data=form, auth=token(hall.code))).text
    assert len((await client.get("/inspection/api/incidents")).json()["items"]) == before + 1


async def test_an_incident_is_answered_by_its_window_and_closed_by_the_committee(client: AsyncClient) -> None:
    path = await reported(client)
    page = (await client.get(path, auth=token(office.code))).text
    assert SUMMARY in page
    assert "/closing" not in page
    answered = await fills_in(client, office.code, path, "answer", answer="已致歉，增设窗口")
    assert "已答复，待办结" in answered.text
    assert "/closing" not in answered.text
    closed = await fills_in(client, committee.code, path, "closing", upheld="yes", note="情况属实")
    assert "查实" in closed.text
    assert "情况属实" in closed.text
    refused = await client.post(f"{path}/closing", data={"upheld": "no"}, auth=token(office.code))
    assert "不得办结本单位的事项" in refused.text


async def test_what_an_incident_is_about_is_read_by_those_concerned_alone(client: AsyncClient) -> None:
    path = await reported(client)
    for who in (office.code, hall.code, committee.code):
        assert SUMMARY in (await client.get(path, auth=token(who))).text
    for stranger in (station.code, township.code):
        answer = await client.get(path, auth=token(stranger))
        assert (answer.status_code, SUMMARY in answer.text) == (403, False)
    nobody = await client.get(path)
    assert (nobody.status_code, nobody.headers["location"][:19]) == (303, "/inspection/sign-in")
    public = [(await client.get(at)).text for at in ("/inspection/excellence", f"/inspection/excellence/{office.code}")]
    listed = (await client.get("/inspection/api/incidents")).text
    assert not any(SUMMARY in text or "P-7" in text for text in (*public, listed))


@pytest.mark.parametrize(
    ("form", "fields", "told"),
    [
        ("commitment", {"person": "张三", "item": "integrity", "text": "不收礼"}, "不填写姓名"),
        ("commitment", {"person": "P-1", "item": "integrity", "text": ""}, "承诺内容应当填写"),
        ("incident", {"kind": "praise", "summary": "很好"}, "请选择类别"),
        ("incident", {"kind": "complaint", "summary": " "}, "情况应当填写"),
    ],
)
async def test_what_cannot_be_read_is_said_in_a_sentence_and_kept(
    client: AsyncClient, form: str, fields: dict[str, str], told: str
) -> None:
    answer = await fills_in(client, office.code, f"/inspection/excellence/{office.code}", form, **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert fields.get("summary", fields.get("text", "")).strip() in answer.text


async def test_a_stranger_sees_no_forms_and_is_refused_when_it_sends_one(client: AsyncClient) -> None:
    path = f"/inspection/excellence/{office.code}"
    assert "/commitment" not in (await client.get(path, auth=token(station.code))).text
    form = {"person": "P-1", "item": "integrity", "text": "不收礼"}
    refused = await client.post(f"{path}/commitment", data=form, auth=token(station.code))
    assert (refused.status_code, "无权代" in refused.text) == (422, True)
    assert (await client.post(f"{path}/commitment", data=form)).status_code == 303
    elsewhere = {"origin": "https://elsewhere.example", "host": "county"}
    assert (await client.post(f"{path}/commitment", data=form, headers=elsewhere)).status_code == 403


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
    window = (await client.get(f"/inspection/excellence/{office.code}")).text
    assert all(score in window for score in ("91.00", "92.00", "93.00", "94.00"))
    (mark,) = (await client.get("/inspection/api/marks?quarter=2018-Q1")).json()["items"]
    assert (mark["organisation"], mark["scores"]["integrity"]) == (office.code, 9400)


INCIDENT = Incident(
    id="1",
    county="150424",
    organisation=office.code,
    incident="1",
    kind=IncidentKind.ACCIDENT,
    summary="",
    person=None,
    reported=date(2018, 3, 5),
    quarter="2018-Q1",
    due=date(2018, 3, 12),
    provisional=False,
)
CLOSED = INCIDENT.having(stage=IncidentStage.CLOSED)


@pytest.mark.parametrize(
    ("incident", "today", "word"),
    [
        (INCIDENT, date(2018, 3, 12), "待答复"),
        (INCIDENT, date(2018, 3, 13), "逾期未答复"),
        (INCIDENT.having(stage=IncidentStage.UNANSWERED), date(2018, 3, 12), "逾期未答复"),
        (INCIDENT.having(stage=IncidentStage.ANSWERED), date(2018, 3, 20), "已答复，待办结"),
        (CLOSED, date(2018, 3, 20), "不予认定"),
        (CLOSED.having(upheld=True), date(2018, 3, 20), "查实"),
    ],
)
async def test_the_state_of_an_incident_in_a_word(incident: Incident, today: date, word: str) -> None:
    assert incident_state(incident, today).word == word


async def test_a_mark_whose_quarter_turned_out_not_to_be_clean_is_to_be_looked_at_again() -> None:
    given: Any = {"id": "1", "county": "150424", "organisation": office.code, "quarter": "2018-Q1", "note": ""}
    mark = ExcellenceMark(**given, scores=SCORES, granted=at("2018-04-09"))
    assert mark_state(mark, [CLOSED]) == State("四优", "good")
    assert mark_state(mark, [CLOSED.having(upheld=True)]).word == "应复核"
    assert mark_state(mark, [CLOSED.having(upheld=True, quarter="2018-Q2")]).word == "四优"
    assert mark_state(mark.having(withdrawn=at("2018-05-09")), []).word == "已撤销"

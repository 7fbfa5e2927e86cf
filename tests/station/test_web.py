"""The local page without a line: forms become submissions in the outbox, refused ones corrected, strangers kept out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response

from services.inspection.patrols.model.checklists import Checklist, ChecklistVersion, checklist_id
from services.inspection.patrols.rules.checklists import checked_wrongly
from services.station.desk import desk
from services.station.outbox.notes import CLOCK, LESSONS, PATROLS
from services.station.outbox.rows import Answer, State
from services.station.page.forms import FORMS, submission
from services.station.page.patrol_form import PATROL
from services.station.page.web import application
from shared.events import Submission
from shared.events.inspection import ChecklistItem, LogInspection
from shared.events.refusals import reason
from shared.pipeline.decisions import State as Known
from shared.roster.organisations import Roster
from tests.station.agents import STATION, Agent
from tests.submitters import A_MONDAY

CASE = "00000000-0000-7000-8000-000000000001"
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
DESK: Mapping[str, Any] = {
    "organisation": {"code": STATION, "name": "测试村"},
    "day": "2018-03-05",
    "working_day": True,
    "due": [
        {
            "plan": "daily-stations",
            "patrol": "station",
            "organisation": STATION,
            "name": "测试村便民服务站",
            "checklist": "station",
            "version": 2,
            "until": "2018-03-05T17:30:00+08:00",
        }
    ],
    "checklists": [
        {
            "checklist": "station",
            "version": 2,
            "name": "村级便民服务站检查表",
            "items": [
                {"item": "open", "name": "按时开门", "weight": 2},
                {"item": "clean", "name": "环境整洁", "weight": 1},
            ],
        }
    ],
    "rectifications": [
        {
            "rectification": f"{CASE}/0",
            "organisation": STATION,
            "item": "灭火器过期",
            "stage": "opened",
            "deadline": "2018-03-08",
            "overdue": False,
        }
    ],
}
ROSTER = {
    "lessons": [{"lesson": "spring", "title": "春季党课", "day": "2018-03-06"}],
    "processes": [{"process": "licence", "name": "办理许可", "limit_days": 5, "responsible": "150424-D02"}],
}
ENTERED: Mapping[str, Mapping[str, str]] = {
    "patrol": {"patrol": "station", "score": "95.5", "item-0": "灭火器过期", "severity-0": "major", "within-0": "3"},
    "green": {"client": "vulnerable", "mode": "agency", "persons": "2"},
    "case-opened": {"process": "licence"},
    "case-completed": {"case": CASE, "visits": "1", "fee": "12.30", "posted": "yes"},
    "attendance": {"lesson": "spring", "attended": "12"},
    "rectification-taken": {"rectification": f"{CASE}/0"},
    "rectification-done": {"rectification": f"{CASE}/0", "note": "已更换"},
}
"""What a person enters in each form."""


@pytest.fixture
async def page(folder_agent: Agent) -> AsyncIterator[AsyncClient]:
    """A browser on this PC."""
    transport = ASGITransport(application(folder_agent.parts, ["village-pc.local"]), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8300") as client:
        yield client


@pytest.fixture
async def folder_agent(folder: Any) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


def hears(agent: Agent) -> None:
    """What the county tells of the day's work."""
    agent.parts.notes.keep(PATROLS, DESK, A_MONDAY)
    agent.parts.notes.keep(LESSONS, ROSTER, A_MONDAY)


async def entered(page: AsyncClient, key: str, id: str = CASE, **more: str) -> Response:
    """The form sent as a browser does."""
    fields = {"id": id, "about": STATION, "at": "2018-03-05T09:30", "corrects": "", "plan": "", **ENTERED[key], **more}
    return await page.post(f"/form/{key}", data=fields)


@pytest.mark.parametrize("key", FORMS)
async def test_each_form_becomes_the_submission_it_stands_for(page: AsyncClient, folder_agent: Agent, key: str) -> None:
    answer = await entered(page, key)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sent/{CASE}?saved=1")
    row = folder_agent.row(CASE)
    assert row.state is State.PENDING
    assert row.type == FORMS[key].type
    assert row.headers["ce-time"] == "2018-03-05T09:30:00+08:00"
    Submission.registry[row.type].model_validate_json(row.body)
    assert "已保存" in (await page.get(answer.headers["location"])).text


@pytest.mark.parametrize("key", FORMS)
async def test_a_refused_one_is_corrected_in_a_form_that_is_filled_in(
    page: AsyncClient, folder_agent: Agent, key: str
) -> None:
    await entered(page, key)
    why = reason("time-ahead", minutes=30)
    folder_agent.outbox.decided([Answer(STATION, CASE, State.REFUSED, [why])], A_MONDAY)
    assert why["zh"] in (await page.get("/sent")).text
    shown = (await page.get(f"/form/{key}?corrects={CASE}")).text
    told = json.loads(folder_agent.row(CASE).body)
    form = FORMS[key]
    again = submission(form, desk(folder_agent.parts.notes, {}), form.values(told), told.get("photos", ()))
    assert json.loads(again.model_dump_json()) == told
    assert all(value in shown for value in form.values(told).values())
    other = "00000000-0000-7000-8000-000000000002"
    await entered(page, key, other, corrects=CASE)
    assert folder_agent.row(other).headers["ce-corrects"] == CASE
    assert "更正</a>" not in (await page.get(f"/sent/{CASE}")).text.replace(f'href="/sent/{other}"', "")


async def test_a_form_sent_twice_is_one_submission_and_cannot_become_another(
    page: AsyncClient, folder_agent: Agent
) -> None:
    assert (await entered(page, "green")).status_code == 303
    assert (await entered(page, "green")).status_code == 303
    again = await entered(page, "green", persons="3")
    assert (again.status_code, "已经保存过" in again.text) == (422, True)
    assert folder_agent.outbox.counts()[State.PENDING] == 1


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        ("green", {"persons": "两"}, "“服务人次”应当填写整数"),
        ("green", {"persons": "0"}, "“服务人次”不符合要求"),
        ("case-completed", {"fee": "1.005"}, "“收费”最多保留两位小数"),
        ("case-completed", {"case": "x"}, "“办件编号”不符合要求"),
        ("patrol", {"score": "101"}, "“得分”不符合要求"),
        ("patrol", {"within-0": ""}, "“问题1”应当填写整改时限"),
        ("green", {"at": "昨天"}, "“发生时间”应当填写年月日和时分"),
    ],
)
async def test_what_does_not_fit_is_said_and_what_was_entered_stays(
    page: AsyncClient, folder_agent: Agent, key: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = await entered(page, key, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert folder_agent.outbox.counts()[State.PENDING] == 0
    assert all(value in answer.text for value in {**ENTERED[key], **wrong}.values())


async def test_a_full_disk_is_said_on_the_form(page: AsyncClient, folder_agent: Agent) -> None:
    (pages,) = folder_agent.outbox.asked("PRAGMA page_count")[0]
    folder_agent.outbox.asked(f"PRAGMA max_page_count = {pages}")
    note = "说" * 1000
    for n in range(40):
        answer = await entered(page, "rectification-done", f"00000000-0000-7000-8000-0000000001{n:02}", note=note)
        if answer.status_code != 303:
            break
    assert answer.status_code == 507
    assert "磁盘空间已满，本次内容没有保存" in answer.text
    assert note in answer.text


async def test_photos_are_on_the_disk_before_the_submission_names_them(page: AsyncClient, folder_agent: Agent) -> None:
    fields = {"id": CASE, "about": STATION, "at": "2018-03-05T09:30", **ENTERED["rectification-done"]}
    answer = await page.post("/form/rectification-done", data=fields, files={"photos": ("a.png", PNG, "image/png")})
    assert answer.status_code == 303
    (digest,) = json.loads(folder_agent.row(CASE).body)["photos"]
    assert (folder_agent.folder.photos / digest).read_bytes() == PNG
    assert folder_agent.parts.pictures.waiting() == 1
    folder_agent.outbox.decided([Answer(STATION, CASE, State.REFUSED, [])], A_MONDAY)
    shown = (await page.get(f"/form/rectification-done?corrects={CASE}")).text
    assert f'name="kept" value="{digest}"' in shown


async def test_what_is_no_picture_is_not_saved_and_neither_is_its_submission(
    page: AsyncClient, folder_agent: Agent
) -> None:
    fields = {"id": CASE, "about": STATION, "at": "2018-03-05T09:30", **ENTERED["rectification-done"]}
    answer = await page.post("/form/rectification-done", data=fields, files={"photos": ("a.png", b"text", "image/png")})
    assert (answer.status_code, "照片须为JPEG或者PNG格式" in answer.text) == (507, True)
    assert folder_agent.outbox.counts()[State.PENDING] == 0


async def test_without_a_checklist_a_plain_score_is_offered(page: AsyncClient) -> None:
    assert "尚未取得检查表，可先用简易登记" in (await page.get("/form/patrol")).text


async def test_the_days_task_opens_its_checklist(page: AsyncClient, folder_agent: Agent) -> None:
    hears(folder_agent)
    home = (await page.get("/")).text
    assert "测试村便民服务站" in home
    assert "3月5日 17:30" in home
    shown = (await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text
    assert "按时开门" in shown
    assert "简易登记" not in shown
    assert "按时开门" in (await page.get("/form/patrol")).text


async def test_a_patrol_by_a_checklist_with_a_photo_is_saved_as_the_county_reads_it(
    page: AsyncClient, folder_agent: Agent
) -> None:
    hears(folder_agent)
    fields = {"id": CASE, "about": STATION, "at": "2018-03-05T09:30", "plan": "daily-stations", "patrol": "station"}
    marks = {"mark-open": "100", "mark-clean": "50"}
    answer = await page.post("/form/patrol", data=fields | marks, files={"photos": ("a.png", PNG, "image/png")})
    assert answer.status_code == 303, answer.text
    told = LogInspection.model_validate_json(folder_agent.row(CASE).body)
    assert (told.plan, told.score, len(told.photos)) == ("daily-stations", 8333, 1)
    assert told.checked
    assert told.checked.marks == {"open": 100, "clean": 50}
    assert "待发送" in (await page.get("/")).text


def test_marks_become_the_score_that_the_county_computes(folder: Any) -> None:
    agent = Agent.enrolled(folder, [])
    hears(agent)
    values = {"plan": "daily-stations", "about": STATION, "patrol": "station", "mark-open": "100", "mark-clean": "50"}
    known = desk(agent.parts.notes, {})
    agent.close()
    told = PATROL.data(known, values, ["a" * 64])
    assert told == {
        "patrol": "station",
        "findings": [],
        "photos": ["a" * 64],
        "plan": "daily-stations",
        "score": 8333,
        "checked": {"checklist": "station", "version": 2, "marks": {"open": 100, "clean": 50}},
    }
    assert PATROL.data(known, {**PATROL.values(told), "about": STATION}, ["a" * 64]) == told


@pytest.mark.parametrize(("open", "clean"), [("100", "100"), ("50", "0"), ("0", "100"), ("100", "50")])
async def test_the_countys_rule_comes_to_the_score_that_the_page_computes(
    page: AsyncClient, folder_agent: Agent, open: str, clean: str
) -> None:
    items = [ChecklistItem(item="open", name="按时开门", weight=15), ChecklistItem(item="clean", name="整洁", weight=1)]
    listed = {**DESK["checklists"][0], "items": [one.model_dump() for one in items]}
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "checklists": [listed]}, A_MONDAY)
    answer = await entered(page, "patrol", plan="daily-stations", **{"mark-open": open, "mark-clean": clean})
    assert answer.status_code == 303, answer.text
    told, county = LogInspection.model_validate_json(folder_agent.row(CASE).body), Known(Roster())
    assert told.checked
    county.copy.load([_published("station", 2, items)])
    assert checked_wrongly(county, "150424", told.checked, told.score, A_MONDAY.date()) is None


def _published(slug: str, version: int, items: list[ChecklistItem]) -> Checklist:
    told = ChecklistVersion(version=version, name=slug, effective_from=date(2018, 1, 1), items=tuple(items))
    return Checklist(id=checklist_id("150424", slug), county="150424", checklist=slug, versions=(told,))


async def test_the_script_is_told_what_the_page_shows(page: AsyncClient, folder_agent: Agent) -> None:
    await entered(page, "green")
    told = (await page.get("/state.json")).json()
    assert told["counts"] == {"pending": 1, "delivered": 0, "accepted": 0, "refused": 0}
    assert told["states"] == {CASE: {"word": "待发送", "level": "warn"}}
    assert told["line"]["word"] == "正在连接"


async def test_a_clock_that_is_off_is_said(page: AsyncClient, folder_agent: Agent) -> None:
    folder_agent.parts.notes.keep(CLOCK, -600.0, datetime.now(UTC))
    assert "本机时钟与县服务器相差10分钟" in (await page.get("/")).text


@pytest.mark.parametrize("path", ["/", "/sent", "/form/patrol", "/nowhere"])
async def test_every_page_has_a_strict_policy_and_nothing_inline(page: AsyncClient, path: str) -> None:
    answer = await page.get(path)
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:8300", 200), ("localhost", 200), ("village-pc.local:8300", 200), ("evil.cn", 403)]
)
async def test_only_its_own_names_open_the_page(page: AsyncClient, host: str, status: int) -> None:
    assert (await page.get("/", headers={"host": host})).status_code == status


@pytest.mark.parametrize("headers", [{"origin": "http://evil.cn"}, {"sec-fetch-site": "cross-site"}])
async def test_a_form_from_elsewhere_is_not_taken(
    page: AsyncClient, folder_agent: Agent, headers: dict[str, str]
) -> None:
    page.headers.update(headers)
    assert (await entered(page, "green")).status_code == 403
    assert folder_agent.outbox.counts()[State.PENDING] == 0

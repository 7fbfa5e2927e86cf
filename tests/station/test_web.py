"""The local page without a line: forms become submissions in the outbox, refused ones corrected, strangers kept out."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response

from services.inspection.patrols.model.checklists import Checklist, ChecklistVersion, checklist_id
from services.inspection.patrols.rules.checklists import checked_wrongly
from services.station.outbox.notes import CLOCK, LESSONS, PATROLS
from services.station.outbox.rows import Answer, State
from services.station.page.forms import FORMS
from services.station.page.web import application
from shared.events import Submission
from shared.events.inspection import ChecklistItem, LogInspection
from shared.events.refusals import reason
from shared.pipeline.decisions import State as Known
from shared.roster.organisations import Roster
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent
from tests.submitters import A_MONDAY, moment

MORNING = moment("2018-03-05", "10:40")
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
    "patrol": {
        "patrol": "station",
        "score": "95.5",
        "findings-0-item": "灭火器过期",
        "findings-0-severity": "major",
        "findings-0-rectify_within": "3",
    },
    "green": {"client": "vulnerable", "mode": "agency", "persons": "2"},
    "case-opened": {"process": "licence"},
    "case-completed": {"case": CASE, "visits": "1", "fee": "12.30", "posted": "yes"},
    "attendance": {"lesson": "spring", "attended": "12"},
    "rectification-taken": {"rectification": f"{CASE}/0"},
    "rectification-done": {"rectification": f"{CASE}/0", "note": "已更换"},
}
"""What a person enters in each form."""


def browser_of(agent: Agent, now: datetime = MORNING) -> AsyncClient:
    """A browser on this PC, whose clock stands."""
    parts = replace(agent.parts, now=lambda: now)
    transport = ASGITransport(application(parts, ["village-pc.local"]), raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://127.0.0.1:8300")


@pytest.fixture
async def page(folder_agent: Agent) -> AsyncIterator[AsyncClient]:
    """One that stands open."""
    async with browser_of(folder_agent) as client:
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


TICKET = "00000000-0000-4000-8000-00000000000a"
SENT = {"ticket": TICKET, "time": "2018-03-05T09:35:00+08:00", "about": STATION, "at": "2018-03-05T09:30"}
"""What the page carries, as it was opened at one time."""


async def entered(page: AsyncClient, key: str, **more: str) -> Response:
    """The form sent as a browser does."""
    return await page.post(f"/form/{key}", data={**SENT, **ENTERED[key], **more})


def saved(answer: Response) -> str:
    """The id of what was saved."""
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.headers["location"]).path.removeprefix("/sent/")


@pytest.mark.parametrize("key", FORMS)
async def test_each_form_becomes_the_submission_it_stands_for(page: AsyncClient, folder_agent: Agent, key: str) -> None:
    answer = await entered(page, key)
    row = folder_agent.row(saved(answer))
    assert row.state is State.PENDING
    assert row.type == FORMS[key].submission.type
    assert row.headers["ce-time"] == "2018-03-05T09:30:00+08:00"
    Submission.registry[row.type].model_validate_json(row.body)
    assert "已保存" in (await page.get(answer.headers["location"])).text


@pytest.mark.parametrize("is_heard", [True, False])
@pytest.mark.parametrize("key", FORMS)
async def test_a_refused_one_is_corrected_in_a_form_that_is_filled_in(
    page: AsyncClient, folder_agent: Agent, key: str, is_heard: bool
) -> None:
    if is_heard:
        hears(folder_agent)
    id = saved(await entered(page, key))
    why = reason("time-ahead", minutes=30)
    folder_agent.outbox.decided([Answer(STATION, id, State.REFUSED, [why])], A_MONDAY)
    assert why["zh"] in (await page.get("/sent")).text
    again = fields_in((await page.get(f"/form/{key}?corrects={id}")).text, f"/form/{key}")
    other = saved(await page.post(f"/form/{key}", data=again))
    first, second = folder_agent.row(id), folder_agent.row(other)
    assert (second.body, second.headers["ce-time"]) == (first.body, first.headers["ce-time"])
    assert second.headers["ce-corrects"] == second.corrects == id
    assert "hidden>更正</a>" in (await page.get(f"/sent/{id}")).text


async def test_a_form_sent_twice_is_one_submission(page: AsyncClient, folder_agent: Agent) -> None:
    assert saved(await entered(page, "green")) == saved(await entered(page, "green"))
    assert folder_agent.outbox.counts()[State.PENDING] == 1


@pytest.mark.parametrize("changed", [{"persons": "3"}, {"at": "2018-03-05T10:20"}, {"about": "150424100203"}])
async def test_sent_again_with_something_changed_it_is_another_submission(
    page: AsyncClient, folder_agent: Agent, changed: dict[str, str]
) -> None:
    first, second = saved(await entered(page, "green")), saved(await entered(page, "green", **changed))
    assert first != second
    assert folder_agent.outbox.counts()[State.PENDING] == 2
    about, at = folder_agent.row(second).headers["ce-subject"], folder_agent.row(second).headers["ce-time"]
    assert about == changed.get("about", STATION)
    assert at.startswith(changed.get("at", "2018-03-05T09:30"))


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        ("green", {"persons": "两"}, "“服务人次”应当填写整数。"),
        ("green", {"persons": "0"}, "“服务人次”应当在1至1,000,000之间。"),
        ("green", {"persons": ""}, "请填写“服务人次”。"),
        ("green", {"mode": ""}, "请选择“服务方式”。"),
        ("case-opened", {"process": "办理许可"}, "“事项”不是事项编号，请从列表中选择或者照抄编号。"),
        ("case-completed", {"fee": "1.005"}, "“收费”最多保留两位小数。"),
        ("case-completed", {"fee": "-1"}, "“收费”应当在0至1,000,000之间。"),
        ("case-completed", {"case": "x"}, "“办件编号”不是报送编号，请从列表中选择或者从报送记录中照抄。"),
        ("attendance", {"lesson": ""}, "请填写“党课”。"),
        ("patrol", {"score": "101"}, "“得分”应当在0至100之间。"),
        ("patrol", {"findings-0-rectify_within": ""}, "请填写问题1的“整改期限”。"),
        ("patrol", {"findings-3-note": "门口有积雪"}, "请填写问题4的“发现的问题”。"),
        ("rectification-done", {"note": "换" * 1012}, "“整改情况”不得超过1000字，现有1012字，请精简。"),
        ("rectification-taken", {"rectification": "灭火器"}, "“整改事项”不是整改编号，请从列表中选择或者照抄编号。"),
        ("green", {"at": "昨天"}, "“发生时间”应当填写年月日和时分，并核对年份。"),
        ("green", {"at": "0026-11-26T14:48"}, "“发生时间”应当填写年月日和时分，并核对年份。"),
        ("green", {"at": "0001-01-01T00:00"}, "“发生时间”应当填写年月日和时分，并核对年份。"),
        ("green", {"at": "2017-12-31T23:59"}, "“发生时间”早于2018年，请核对年份。"),
        ("green", {"at": "9999-12-31T23:59"}, "“发生时间”应当填写年月日和时分，并核对年份。"),
    ],
)
async def test_what_does_not_fit_is_said_at_its_field_and_what_was_entered_stays(
    page: AsyncClient, folder_agent: Agent, key: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = await entered(page, key, **wrong)
    assert answer.status_code == 422
    (name,) = wrong
    at = name.replace("note", "item") if name.startswith("findings-3") else name
    assert f'<li><a href="#{key}-{at}">{sentence}</a></li>' in answer.text
    assert f'<p class="why" id="{key}-{at}-wrong">{sentence}</p>' in answer.text
    (tag,) = [tag for tag in re.findall(r"<[a-z]+ [^>]*>", answer.text) if f'id="{key}-{at}"' in tag]
    assert all(part in tag for part in (' aria-invalid="true"', f'{key}-{at}-wrong"', " autofocus"))
    assert folder_agent.outbox.counts()[State.PENDING] == 0
    again = fields_in(answer.text, f"/form/{key}")
    assert {name: again[name] for name in (*SENT, *ENTERED[key], *wrong)} == {**SENT, **ENTERED[key], **wrong}


async def test_every_error_is_said_at_once(page: AsyncClient) -> None:
    wrong = {"visits": "-", "fee": "1.005", "posted": "", "case": "", "at": ""}
    text = (await entered(page, "case-completed", **wrong)).text
    assert re.findall(r'<li><a href="#case-completed-(\w+)">', text) == ["at", "case", "visits", "fee", "posted"]
    assert ("有5处需要更正" in text, text.count(" autofocus")) == (True, 1)


async def test_how_grave_a_finding_is_reads_as_in_the_county(page: AsyncClient) -> None:
    text = (await page.get("/form/patrol")).text
    assert ('<option value="major">较重</option>' in text, "严重" in text) == (True, False)


async def test_a_full_disk_is_said_on_the_form(page: AsyncClient, folder_agent: Agent) -> None:
    (pages,) = folder_agent.outbox.asked("PRAGMA page_count")[0]
    folder_agent.outbox.asked(f"PRAGMA max_page_count = {pages}")
    note = "说" * 1000
    for n in range(40):
        answer = await entered(page, "rectification-done", note=f"{n}{note}"[:1000])
        if answer.status_code != 303:
            break
    assert answer.status_code == 507
    assert "磁盘空间已满，本次内容没有保存" in answer.text
    assert note[:900] in answer.text
    assert ("没有保存</b>" in answer.text, 'role="alert"' in answer.text) == (True, True)


async def pictured(page: AsyncClient, *files: tuple[str, bytes], **more: str) -> Response:
    """A rectification's form with pictures."""
    sent = [("photos", (name, body, "image/png")) for name, body in files]
    return await page.post(
        "/form/rectification-done", data={**SENT, **ENTERED["rectification-done"], **more}, files=sent
    )


async def test_photos_are_on_the_disk_before_the_submission_names_them(page: AsyncClient, folder_agent: Agent) -> None:
    id = saved(await pictured(page, ("a.png", PNG)))
    (digest,) = json.loads(folder_agent.row(id).body)["photos"]
    assert (folder_agent.folder.photos / digest).read_bytes() == PNG
    assert folder_agent.parts.pictures.waiting() == 1
    folder_agent.outbox.decided([Answer(STATION, id, State.REFUSED, [])], A_MONDAY)
    shown = (await page.get(f"/form/rectification-done?corrects={id}")).text
    assert f'name="photo" value="{digest}" checked' in shown


async def test_what_is_no_picture_is_not_saved_and_neither_is_its_submission(
    page: AsyncClient, folder_agent: Agent
) -> None:
    answer = await pictured(page, ("a.png", b"text"))
    assert answer.status_code == 422
    assert '<a href="#rectification-done-photos">“a.png”不是JPEG或者PNG照片' in answer.text
    assert folder_agent.outbox.counts()[State.PENDING] == 0


async def test_photos_of_a_form_that_does_not_fit_need_not_be_chosen_again(
    page: AsyncClient, folder_agent: Agent
) -> None:
    answer = await pictured(page, ("a.png", PNG), note="换" * 1001)
    again = fields_in(answer.text, "/form/rectification-done")
    id = saved(await page.post("/form/rectification-done", data=again | {"note": "已更换"}))
    assert json.loads(folder_agent.row(id).body)["photos"] == [again["photo"]]


async def test_a_form_in_which_no_photo_was_chosen_is_saved(page: AsyncClient, folder_agent: Agent) -> None:
    """A browser sends one file that has neither name nor content."""
    fields = {**SENT, **ENTERED["rectification-done"]}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    empty = (
        'Content-Disposition: form-data; name="photos"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    body = "".join(f"--edge\r\n{part}\r\n" for part in (*parts, empty)) + "--edge--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=edge"}
    id = saved(await page.post("/form/rectification-done", content=body.encode(), headers=headers))
    assert json.loads(folder_agent.row(id).body)["photos"] == []


async def test_too_many_photos_are_said(page: AsyncClient, folder_agent: Agent) -> None:
    answer = await pictured(page, *((f"{n}.png", PNG + bytes([n])) for n in range(11)))
    assert answer.status_code == 422
    assert "“照片”最多9张，现有11张，请减少后重新提交。" in answer.text
    assert answer.text.count('name="photo"') == 11
    assert "JPEG或者PNG格式，每张不超过5MB，最多9张。" in answer.text


async def test_more_photos_than_are_read_are_said_and_not_called_a_page_that_is_missing(page: AsyncClient) -> None:
    answer = await pictured(page, *((f"{n}.png", PNG) for n in range(260)))
    assert (answer.status_code, "没有找到这一页" in answer.text) == (400, False)
    assert "一次选择的照片过多" in answer.text


async def test_without_a_checklist_a_plain_score_is_offered(page: AsyncClient) -> None:
    assert "尚未取得检查表，可先用简易登记" in (await page.get("/form/patrol")).text


async def test_the_days_task_opens_its_checklist(page: AsyncClient, folder_agent: Agent) -> None:
    hears(folder_agent)
    home = (await page.get("/")).text
    assert "测试村便民服务站" in home
    assert "17:30" in home
    shown = (await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text
    assert "按时开门" in shown
    assert "简易登记" not in shown
    assert "按时开门" in (await page.get("/form/patrol")).text


async def test_a_patrol_by_a_checklist_with_a_photo_is_saved_as_the_county_reads_it(
    page: AsyncClient, folder_agent: Agent
) -> None:
    hears(folder_agent)
    shown = (await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text
    fields = fields_in(shown, "/form/patrol")
    assert "checked-marks-open" not in fields
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    answer = await page.post("/form/patrol", data=fields | marks, files={"photos": ("a.png", PNG, "image/png")})
    sent = LogInspection.model_validate_json(folder_agent.row(saved(answer)).body)
    assert (sent.plan, sent.score, len(sent.photos), sent.findings) == ("daily-stations", 8333, 1, [])
    assert sent.checked
    assert (sent.checked.version, sent.checked.marks) == (2, {"open": 100, "clean": 50})
    left = await page.post("/form/patrol", data=fields | {"checked-marks-open": "100"})
    assert (left.status_code, "请选择“环境整洁”。" in left.text) == (422, True)
    assert fields_in(left.text, "/form/patrol")["checked-marks-open"] == "100"


async def test_what_was_marked_is_not_lost_when_the_days_tasks_have_changed(
    page: AsyncClient, folder_agent: Agent
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "due": []}, A_MONDAY)
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    sent = LogInspection.model_validate_json(
        folder_agent.row(saved(await page.post("/form/patrol", data=fields | marks))).body
    )
    assert (sent.plan, sent.patrol, sent.score) == ("daily-stations", "station", 8333)


NEWER = {
    "due": [{**DESK["due"][0], "version": 3}],
    "checklists": [
        {
            **DESK["checklists"][0],
            "version": 3,
            "items": [*DESK["checklists"][0]["items"], {"item": "warm", "name": "供暖正常", "weight": 1}],
        }
    ],
}


@pytest.mark.parametrize(("later", "version"), [(NEWER, 3), ({"due": [], "checklists": []}, None)])
async def test_a_form_kept_open_until_its_checklist_is_no_longer_known_comes_again_and_says_so(
    page: AsyncClient, folder_agent: Agent, later: dict[str, Any], version: int | None
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    folder_agent.parts.notes.keep(PATROLS, {**DESK, **later}, A_MONDAY)
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50", "findings-0-item": "灭火器过期"}
    answer = await page.post("/form/patrol", data=fields | marks)
    assert (answer.status_code, "检查表已经更新，本次内容没有保存。" in answer.text) == (422, True)
    again = fields_in(answer.text, "/form/patrol")
    assert again["findings-0-item"] == "灭火器过期"
    more = {"checked-marks-warm": "0"} if version else {"score": "90"}
    sent = LogInspection.model_validate_json(
        folder_agent.row(saved(await page.post("/form/patrol", data=again | more))).body
    )
    assert (sent.checked.version if sent.checked else None) == version
    assert sent.checked is None or sent.checked.marks == {"open": 100, "clean": 50, "warm": 0}


@pytest.mark.parametrize(
    "carried", [{"checked-version": "9" * 5000}, {"about": "大厅"}, {"about": "x\r\nce-source: y"}]
)
async def test_what_the_page_carried_unseen_is_not_believed(
    page: AsyncClient, folder_agent: Agent, carried: dict[str, str]
) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    assert (await page.post("/form/patrol", data=fields | marks | carried)).status_code == 422
    assert folder_agent.outbox.counts()[State.PENDING] == 0


async def test_a_correction_is_marked_by_what_is_in_force_now(page: AsyncClient, folder_agent: Agent) -> None:
    hears(folder_agent)
    fields = fields_in((await page.get(f"/form/patrol?plan=daily-stations&about={STATION}")).text, "/form/patrol")
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    id = saved(await page.post("/form/patrol", data=fields | marks))
    folder_agent.outbox.decided([Answer(STATION, id, State.REFUSED, [])], A_MONDAY)
    newer = {**DESK["checklists"][0], "version": 3}
    due = {**DESK["due"][0], "version": 3}
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "due": [due], "checklists": [newer]}, A_MONDAY)
    again = fields_in((await page.get(f"/form/patrol?corrects={id}")).text, "/form/patrol")
    sent = LogInspection.model_validate_json(folder_agent.row(saved(await page.post("/form/patrol", data=again))).body)
    assert sent.checked
    assert (sent.checked.version, sent.checked.marks) == (3, {"open": 100, "clean": 50})


@pytest.mark.parametrize(("open", "clean"), [("100", "100"), ("50", "0"), ("0", "100"), ("100", "50")])
async def test_the_countys_rule_comes_to_the_score_that_the_page_computes(
    page: AsyncClient, folder_agent: Agent, open: str, clean: str
) -> None:
    items = [ChecklistItem(item="open", name="按时开门", weight=15), ChecklistItem(item="clean", name="整洁", weight=1)]
    listed = {**DESK["checklists"][0], "items": [one.model_dump() for one in items]}
    folder_agent.parts.notes.keep(PATROLS, {**DESK, "checklists": [listed]}, A_MONDAY)
    marks = {"checked-marks-open": open, "checked-marks-clean": clean}
    id = saved(await entered(page, "patrol", plan="daily-stations", **marks))
    sent, county = LogInspection.model_validate_json(folder_agent.row(id).body), Known(Roster())
    assert sent.checked
    county.copy.load([_published("station", 2, items)])
    assert checked_wrongly(county, "150424", sent.checked, sent.score, A_MONDAY.date()) is None


def _published(slug: str, version: int, items: list[ChecklistItem]) -> Checklist:
    published = ChecklistVersion(version=version, name=slug, effective_from=date(2018, 1, 1), items=tuple(items))
    return Checklist(id=checklist_id("150424", slug), county="150424", checklist=slug, versions=(published,))


async def test_a_time_to_come_is_said_at_once_unless_it_is_this_pcs_clock_that_was_set_back(
    page: AsyncClient, folder_agent: Agent
) -> None:
    at = (MORNING + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M")
    refused = await entered(page, "green", at=at)
    assert (refused.status_code, "“发生时间”填写为" in refused.text) == (422, True)
    folder_agent.parts.notes.keep(CLOCK, timedelta(days=400).total_seconds(), datetime.now(UTC))
    assert saved(await entered(page, "green", at=at))


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

"""The local page without a line: forms become submissions in the outbox, refused ones corrected, strangers kept out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient

from services.station.outbox.notes import CLOCK
from services.station.outbox.rows import Answer, State
from services.station.page.forms import FORMS
from shared.events import Submission
from shared.events.refusals import reason
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent
from tests.station.local_page import ENTERED, MORNING, SENT, entered, hears, saved
from tests.submitters import A_MONDAY


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
        ("green", {"persons": "0"}, "“服务人次”应当在1至20之间。"),
        ("green", {"persons": ""}, "请填写“服务人次”。"),
        ("green", {"mode": ""}, "请选择“服务方式”。"),
        ("case-opened", {"process": "办理许可"}, "“事项”不是事项编号，请从列表中选择或者照抄编号。"),
        ("case-completed", {"fee": "1.005"}, "“收费”最多保留两位小数。"),
        ("case-completed", {"fee": "-1"}, "“收费”应当在0至1,000,000之间。"),
        ("case-completed", {"case": "x"}, "“办件”不是报送编号，请从列表中选择或者从报送记录中照抄。"),
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

"""The local page says what is so: what was reported, what came back and why, how the line is, what is to be done."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from services.station.cli import main
from services.station.commands.running import PortTaken, listening
from services.station.folder import Folder
from services.station.line.sender import Condition
from services.station.line.troubles import Trouble
from services.station.outbox.notes import LESSONS, PATROLS
from services.station.outbox.rows import Answer, State
from services.station.page.parts import MARKS
from shared.events.refusals import reason
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent, drafts
from tests.station.local_page import CASE, DESK, PNG, ROSTER, browser_of, entered, hears, saved
from tests.submitters import A_MONDAY

NOWHERE = {"correct_at": "", "change_at": "", "withdraw_at": ""}
WHY = reason("time-ahead", minutes=30)


@pytest.fixture
async def agent(folder: Any) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    yield one
    one.close()


@pytest.fixture
async def page(agent: Agent) -> AsyncIterator[AsyncClient]:
    async with browser_of(agent) as client:
        yield client


def refuses(agent: Agent, id: str) -> None:
    """The county does, as it is heard."""
    agent.outbox.decided([Answer(STATION, id, State.REFUSED, [WHY])], A_MONDAY)


async def script_hears(page: AsyncClient, *ids: str) -> Any:
    """What the script is told."""
    return (await page.get(f"/state.json?of={','.join(ids)}")).json()


async def test_the_script_is_told_of_a_refusal_with_its_reason_and_where_to_correct_it(
    page: AsyncClient, agent: Agent
) -> None:
    id = saved(await entered(page, "green"))
    now = await script_hears(page, id, "no such id")
    assert now["counts"] == {"pending": 1, "delivered": 0, "accepted": 0, "refused": 0}
    assert now["records"] == {id: {"word": "待发送", "level": "warn", "reasons": "", **NOWHERE}}
    refuses(agent, id)
    (record,) = (await script_hears(page, id))["records"].values()
    assert (record["reasons"], record["correct_at"]) == (WHY["zh"], f"/form/green?corrects={id}")
    shown = (await page.get(f"/sent/{id}", params={"saved": MARKS.put("1", "saved", id)})).text
    assert ("已保存" in shown, WHY["zh"] in shown) == (False, True)


async def test_a_refusal_that_was_corrected_is_counted_no_more(page: AsyncClient, agent: Agent) -> None:
    id = saved(await entered(page, "green"))
    refuses(agent, id)
    assert (await script_hears(page))["counts"]["refused"] == 1
    again = fields_in((await page.get(f"/form/green?corrects={id}")).text, "/form/green")
    saved(await page.post("/form/green", data=again))
    assert (await script_hears(page))["counts"]["refused"] == 0
    assert "没有符合的记录" in (await page.get("/sent?state=refused")).text


async def test_warnings_come_and_go_with_the_line_and_say_nothing_twice(page: AsyncClient, agent: Agent) -> None:
    hears(agent)
    agent.parts.sender.condition = Condition(trouble=Trouble("no-answer"))
    (warning,) = (await script_hears(page))["remarks"]
    assert warning["word"].count("自动报送") == 1
    agent.parts.sender.condition = Condition(trouble=Trouble("refused"))
    (warning,) = (await script_hears(page))["remarks"]
    assert warning["word"].count("自动报送") == 1
    agent.parts.sender.condition = Condition(connected=True)
    assert (await script_hears(page))["remarks"] == []


async def test_an_empty_list_is_not_an_unknown_one(page: AsyncClient, agent: Agent) -> None:
    assert "尚未取得党课清单" in (await page.get("/form/attendance")).text
    assert "尚未取得整改清单" in (await page.get("/form/rectification-taken")).text
    assert "尚未从县服务器取得任务" in (await page.get("/")).text
    agent.parts.notes.keep(PATROLS, {**DESK, "rectifications": [], "due": []}, A_MONDAY)
    agent.parts.notes.keep(LESSONS, {**ROSTER, "lessons": []}, A_MONDAY)
    assert "目前没有安排党课" in (await page.get("/form/attendance")).text
    assert "没有可选的整改事项" in (await page.get("/form/rectification-taken")).text
    home = (await page.get("/")).text
    assert ("今天没有安排巡查任务。" in home, "没有待整改的问题。" in home, "尚未" in home) == (True, True, False)


async def test_the_first_page_leads_with_tasks_and_what_is_to_be_put_right(page: AsyncClient, agent: Agent) -> None:
    late = {**DESK["rectifications"][0], "deadline": "2018-03-01", "item": "门锁损坏", "rectification": f"{CASE}/1"}
    agent.parts.notes.keep(PATROLS, {**DESK, "rectifications": [*DESK["rectifications"], late]}, A_MONDAY)
    home = (await page.get("/")).text
    places = [home.index(one) for one in ("当日任务", "门锁损坏", "待领办，逾期4天", "灭火器过期", "报送情况")]
    assert places == sorted(places)
    assert "2018年3月8日" in home
    first, second = re.findall(r'href="(/form/rectification-taken\?[^"]*)"', home)
    assert re.search("selected>门锁损坏", (await page.get(first)).text)
    assert re.search("selected>灭火器过期", (await page.get(second)).text)
    assert '<a href="/sent?state=refused">' in home
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50"}
    saved(
        await page.post("/form/patrol", data=fields_in((await page.get("/form/patrol")).text, "/form/patrol") | marks)
    )
    assert ">查看</a>" in (await page.get("/")).text


async def test_a_record_shows_what_was_reported(page: AsyncClient, agent: Agent) -> None:
    hears(agent)
    fields = fields_in((await page.get("/form/patrol")).text, "/form/patrol")
    marks = {"checked-marks-open": "100", "checked-marks-clean": "50", "findings-0-item": "灭火器过期"}
    sent = fields | marks | {"findings-0-note": "压力不足"}
    id = saved(await page.post("/form/patrol", data=sent, files={"photos": ("a.png", PNG, "image/png")}))
    shown = (await page.get(f"/sent/{id}")).text
    said = re.findall(r"<dt>([^<]*)</dt><dd(?: class=\"break\")?>([^<]*)</dd>", shown)
    wanted = {"按时开门": "符合", "环境整洁": "部分符合", "发现的问题": "灭火器过期", "程度": "一般"}
    assert wanted.items() <= dict(said).items()
    assert {"整改期限": "3个工作日", "说明": "压力不足", "得分": "83.33"}.items() <= dict(said).items()
    assert re.search(r'<dt>照片1</dt><dd><span class="state warn" data-picture="[0-9a-f]{64}">待发送</span>', shown)
    agent.parts.notes.keep(PATROLS, {**DESK, "checklists": []}, A_MONDAY)
    assert ("部分符合" in (await page.get(f"/sent/{id}")).text, "问题2" in shown) == (True, False)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("green", {"服务对象": "特殊群体", "服务方式": "代办", "服务人次": "2"}),
        ("case-completed", {"收费": "12.30元", "证照寄送": "邮寄送达"}),
        ("attendance", {"到课人数": "12"}),
        ("rectification-done", {"整改情况": "已更换"}),
    ],
)
async def test_each_form_is_read_again_in_its_own_words(page: AsyncClient, key: str, said: dict[str, str]) -> None:
    shown = (await page.get(f"/sent/{saved(await entered(page, key))}")).text
    found = dict(re.findall(r"<dt>([^<]*)</dt><dd class=\"break\">([^<]*)</dd>", shown))
    assert said.items() <= found.items()


async def test_no_record_is_left_out_and_a_day_is_found(page: AsyncClient, agent: Agent) -> None:
    agent.saves(*drafts(420))
    agent.saves(*drafts(3, A_MONDAY - timedelta(days=30), "150424100203"))
    seen, url = set[str](), "/sent"
    while url:
        text = (await page.get(url)).text
        seen |= set(re.findall(r'<a href="/sent/([0-9a-f-]{36})">', text))
        url = next(iter(re.findall(r'href="([^"]*)">下一页', text)), "").replace("&amp;", "&")
    assert len(seen) == 423
    day = (A_MONDAY - timedelta(days=30)).date().isoformat()
    assert "共3条。" in (await page.get(f"/sent?day={day}")).text
    assert "共423条" in (await page.get("/sent?day=&state=x&page=no")).text


async def test_the_desk_is_asked_for_now_and_a_failure_says_why(agent: Agent) -> None:
    async with browser_of(agent) as page:
        gone = await page.post("/refresh")
        assert (gone.status_code, gone.headers["location"].startswith("/?refreshed=refused~")) == (303, True)
        assert "县服务器拒绝连接" in (await page.get(gone.headers["location"])).text

    async def heard() -> None:
        hears(agent)

    async with browser_of(replace(agent, parts=replace(agent.parts, refresh=heard))) as page:
        home = (await page.get((await page.post("/refresh")).headers["location"])).text
        for linked in ("yes 10:40", "yes", "refused", "refused~0"):
            shown = (await page.get("/", params={"refreshed": linked})).text
            assert ("已从县服务器更新" in shown, "县服务器拒绝连接" in shown) == (False, False)
    assert ("10:40已从县服务器更新。" in home, "测试村便民服务站" in home) == (True, True)


def test_a_port_that_is_taken_is_said_and_nobody_elses_address_is_told(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    Agent.enrolled(folder, ["nats://127.0.0.1:1"]).close()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["--data", str(folder.path), "run", "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert (said.out, f"本机的{port}端口已被其他程序占用" in said.err) == ("", True)
    with pytest.raises(PortTaken, match="没有启动"):
        listening("192.0.2.1", 1)


async def test_the_page_bears_the_name_that_the_county_told_last(agent: Agent) -> None:
    async with browser_of(agent) as page:
        unheard = (await page.get("/")).text
        assert ('<a class="brand" href="/">联办</a>' in unheard, "政务服务联合党委 ·" in unheard) == (True, True)
        hears(agent, roster={**ROSTER, "committee": {"name": "安平县政务服务联合党委", "brand": "安平联办"}})
        heard = (await page.get("/")).text
        assert ('<a class="brand" href="/">安平联办</a>' in heard, "安平县政务服务联合党委 ·" in heard) == (True, True)
